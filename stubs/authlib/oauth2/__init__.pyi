from typing import Any

class OAuth2Error(Exception):
    error: str
    description: str
    status_code: int
    redirect_uri: str | None
    state: str | None
    def __call__(self, uri: str | None = None) -> tuple[int, Any, list[tuple[str, str]]]: ...
