class RevocationEndpoint:
    CLIENT_AUTH_METHODS: tuple[str, ...]
    ENDPOINT_NAME: str
