from typing import Any

class _Grant:
    TOKEN_ENDPOINT_AUTH_METHODS: tuple[str, ...]
    request: Any

class AuthorizationCodeGrant(_Grant): ...
class ClientCredentialsGrant(_Grant): ...

class RefreshTokenGrant(_Grant):
    INCLUDE_NEW_REFRESH_TOKEN: bool
