from typing import Any

from authlib.oauth2 import OAuth2Error

class ClientMixin: ...

class InvalidRequestError(OAuth2Error):
    def __init__(self, description: str | None = None) -> None: ...

class OAuth2Request:
    client: Any
    user: Any
    scope: str
    payload: Any
