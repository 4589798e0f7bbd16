from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from flask import Flask
from flask_appbuilder.security.sqla.manager import SecurityManager

_Method = TypeVar("_Method", bound=Callable[..., Any])

def expose(url: str = "/", methods: Sequence[str] = ("GET",)) -> Callable[[_Method], _Method]: ...
def has_access(f: _Method) -> _Method: ...

class AppBuilder:
    sm: SecurityManager
    baseviews: list[BaseView]
    def __init__(
        self,
        app: Flask | None = None,
        session: Any = None,
        *,
        security_manager_class: type[SecurityManager] | None = None,
        indexview: type[BaseView] | None = None,
        update_perms: bool = True,
    ) -> None: ...
    def add_view_no_menu(
        self,
        baseview: type[BaseView] | BaseView,
        endpoint: str | None = None,
        static_folder: str | None = None,
    ) -> BaseView: ...
    def add_permissions(self, update_perms: bool = False) -> None: ...

class BaseView:
    appbuilder: AppBuilder
    endpoint: str
    route_base: str
    default_view: str
    class_permission_name: str
    method_permission_name: Mapping[str, str]
    exclude_route_methods: frozenset[str]
    def __init__(self) -> None: ...
    def render_template(self, template: str, **context: Any) -> str: ...
    def update_redirect(self) -> None: ...
    def get_redirect(self) -> str: ...
    def get_method_permission(self, method_name: str) -> str: ...

class ModelView(BaseView):
    datamodel: Any
    label_columns: Mapping[str, Any]
    list_columns: Sequence[str]
    search_columns: Sequence[str]
    order_columns: Sequence[str]
    base_filters: Sequence[Sequence[Any]]
    base_order: tuple[str, str]
    page_size: int
    actions: dict[str, Any]
    list_title: Any
    show_title: Any
    add_title: Any
    edit_title: Any
    _base_filters: Any
    def get_action_permission_name(self, name: str) -> str: ...
