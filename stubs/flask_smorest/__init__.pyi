from collections.abc import Callable
from typing import Any

from apispec import APISpec
from flask import Blueprint as FlaskBlueprint
from flask import Flask

_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

class Api:
    DEFAULT_ERROR_RESPONSE_NAME: str | None
    spec: APISpec
    def __init__(self, app: Flask | None = None, *, spec_kwargs: dict[str, Any] | None = None) -> None: ...
    def init_app(self, app: Flask) -> None: ...
    def register_blueprint(self, blp: FlaskBlueprint) -> None: ...
    def _register_error_handlers(self) -> None: ...

class Blueprint(FlaskBlueprint):
    ARGUMENTS_PARSER: Any
    def arguments(self, schema: Any, *, location: str, arg_name: str) -> _Decorator: ...
    def response(self, status_code: int, schema: Any = None, *, headers: Any = None) -> _Decorator: ...
    def alt_response(
        self,
        status_code: int,
        *,
        schema: Any = None,
        content_type: str | None = None,
        headers: Any = None,
        success: bool = False,
    ) -> _Decorator: ...
    def doc(self, **described: Any) -> _Decorator: ...
