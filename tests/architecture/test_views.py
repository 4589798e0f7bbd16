"""Walks every view and every address: what is new and undeclared fails here, with what to do."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder import BaseView, ModelView, action
from flask_appbuilder.const import PERMISSION_PREFIX
from flask_appbuilder.models.sqla.filters import FilterEqual
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.security import views as stock

import app as package
from app.models import Agency, Model
from app.rules.accounts.roles import Resource, Verb
from app.views.agencies.agencies import AgencyView
from app.views.forms.model_checks import SECRET_COLUMNS, UnsafeView
from app.views.forms.model_data import ActorFilter, ScopedInterface, UnscopedAccess
from app.views.forms.model_view import ScopedModelView
from app.views.gate import PUBLIC_ENDPOINTS, asks_for_token, guarded
from tests.architecture.test_routes import SHUT
from tests.support.manage import SignIn

SOURCES = Path(package.__file__).parent
# Flask-AppBuilder registers these by itself; the gate answers them with 404.
VERBS = {PERMISSION_PREFIX + verb.value for verb in Verb}


@pytest.fixture
def views(app: Flask) -> list[Any]:
    return list(app.appbuilder.baseviews)  # type: ignore[attr-defined]


def test_every_view_on_a_model_is_a_scoped_one(views: list[Any]) -> None:
    with_models = [view for view in views if getattr(view, "datamodel", None) is not None]
    assert {type(view).__name__ for view in with_models} >= {"AgencyView", "UserView"}
    for view in with_models:
        name = type(view).__name__
        assert isinstance(view, ScopedModelView), f"{name} shows a model: derive it from ScopedModelView"
        filters = [entry[1] for entry in view.base_filters]
        assert any(issubclass(found, ActorFilter) for found in filters), (
            f"{name} has no ActorFilter in base_filters: say which rows an account manages"
        )
        assert issubclass(view.datamodel.obj, Model) or view.datamodel.obj.__tablename__ == "ab_user"
        for attribute in ("list_columns", "search_columns", "order_columns"):
            assert attribute in vars(type(view)), f"{name} must give {attribute} itself"
            assert not SECRET_COLUMNS.intersection(getattr(view, attribute))
        assert not view.related_views, f"{name}: related views do not inherit the base filters"
        assert "download" in view.exclude_route_methods


def test_every_view_asks_for_a_permission_of_the_matrix(views: list[Any], app: Flask) -> None:
    for view in views:
        name = type(view).__name__
        functions = [
            (endpoint, found)
            for endpoint, found in app.view_functions.items()
            if endpoint.split(".")[0] == view.endpoint and guarded(found)
        ]
        for endpoint, _found in functions:
            assert view.class_permission_name in set(Resource), (
                f"{name}.class_permission_name must be a resource of rules/accounts/roles.py, not its own name"
            )
            method = endpoint.split(".")[1]
            wanted = PERMISSION_PREFIX + view.get_method_permission(method)
            assert wanted in VERBS, (
                f"{name}.method_permission_name must fold {method} into read, write or act"
            )
        if functions:
            assert set(view.base_permissions) <= VERBS, f"{name} asks for {view.base_permissions}"


def test_every_address_is_public_or_guarded(app: Flask) -> None:
    unknown = []
    for rule in app.url_map.iter_rules():
        found = app.view_functions[rule.endpoint]
        if rule.endpoint in PUBLIC_ENDPOINTS or rule.endpoint in SHUT:
            assert not guarded(found), f"{rule.endpoint} is public and asks for a permission: decide"
        elif not guarded(found) and not asks_for_token(found):
            unknown.append(
                f"{rule.endpoint} ({rule.rule}): put @has_access below @expose, with the view's "
                "class_permission_name and method_permission_name; or, if anybody may open it, name it "
                "in gate.PUBLIC_ENDPOINTS"
            )
    assert unknown == []


def test_what_is_public_or_shut_is_there(app: Flask, sign_in: SignIn) -> None:
    """A list that names what is gone would let its next owner in unseen."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints >= PUBLIC_ENDPOINTS
    assert endpoints >= set(SHUT)
    for address in SHUT.values():
        assert sign_in("pusat").get(address).status_code == 404
        assert sign_in(None).get(address).status_code == 404


def test_what_is_guarded_lets_no_visitor_in(app: Flask, sign_in: SignIn) -> None:
    visitor = sign_in(None)
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PUBLIC_ENDPOINTS or rule.endpoint in SHUT:
            continue
        asked = asks_for_token(app.view_functions[rule.endpoint])
        address = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)  # the first of a few names
        address = re.sub(r"<[^>]*>", "1", address)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = visitor.get(address) if method == "GET" else visitor.post(address)
            if asked:
                assert answer.status_code == 401, (method, address)
                continue
            assert answer.status_code == 302, (method, address)
            assert answer.headers["Location"].startswith("/login/"), (method, address)


def test_no_stock_security_view_is_registered(views: list[Any]) -> None:
    classes = {
        found for _, found in inspect.getmembers(stock, inspect.isclass) if issubclass(found, BaseView)
    }
    classes.discard(BaseView)
    for view in views:
        assert type(view) not in classes, f"{type(view).__name__} is Flask-AppBuilder's: write our own"
        assert not isinstance(view, ModelView) or isinstance(view, ScopedModelView)
    apis = [type(view).__name__ for view in views if type(view).__name__.endswith("Api")]
    assert apis == [], "an API would answer with a session cookie and without a token"


def sources() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(SOURCES.rglob("*.py"))]


def test_actions_stand_in_scoped_views_alone(views: list[Any]) -> None:
    for view in views:
        for name, found in inspect.getmembers(type(view), inspect.isfunction):
            if hasattr(found, "_action"):
                assert isinstance(view, ScopedModelView), (
                    f"{type(view).__name__}.{name}: an @action fetches rows past the filters, unless its "
                    "view is a ScopedModelView"
                )
    assert hasattr(action("x", "x")(lambda self, rows: None), "_action"), "Flask-AppBuilder marks them so"


@pytest.mark.parametrize(
    ("names", "only", "instead"),
    [
        (
            {"ModelView", "MasterDetailView", "CompactCRUDMixin", "MultipleView"},
            {"model_view.py"},
            "ScopedModelView",
        ),
        ({"SQLAInterface"}, {"model_data.py"}, "ScopedInterface"),
        ({"ModelRestApi", "BaseApi"}, set(), "a view of our own: its token is not asked for by default"),
        ({"AJAXSelectField", "QuerySelectField"}, set(), "a SelectField whose choices come from app/access"),
    ],
)
def test_the_frameworks_open_parts_are_named_nowhere_else(
    names: set[str], only: set[str], instead: str
) -> None:
    found = []
    for path, tree in sources():
        for node in ast.walk(tree):
            imported = isinstance(node, ast.ImportFrom) and (node.module or "").startswith("flask_appbuilder")
            if imported and {alias.name for alias in node.names} & names and path.name not in only:
                found.append(f"{path.relative_to(SOURCES)}:{node.lineno}: use {instead}")
    assert found == []


def broken(**attributes: Any) -> type[ScopedModelView]:
    return type("BrokenView", (AgencyView,), attributes)


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"base_filters": None}, "base_filters"),
        ({"base_filters": [["id", FilterEqual, 1]]}, "base_filters"),
        ({"datamodel": SQLAInterface(Agency)}, "ScopedInterface"),
        ({"search_columns": None}, "search_columns must be given"),
        ({"search_columns": []}, "search_columns must be given"),
        ({"order_columns": None}, "order_columns must be given"),
        ({"base_order": None}, "base_order must be given"),
        ({"order_columns": ["password"]}, "password"),
        ({"list_columns": ["name", "groups"]}, "groups"),
        ({"order_columns": ["parent.name"]}, "no column"),
        ({"search_columns": ["parent"]}, "no text"),
        ({"search_columns": ["zone"]}, "no text"),
        ({"search_columns": ["id"]}, "no text"),
        ({"list_columns": ["name", "website"]}, "label_columns lacks website"),
        ({"class_permission_name": "AgencyView"}, "class_permission_name"),
        ({"class_permission_name": None}, "class_permission_name"),
        ({"method_permission_name": {"list": "read"}}, "must fold"),
        ({"related_views": [AgencyView]}, "related_views"),
        ({"mark": action("mark", "Tandai")(lambda self, rows: None)}, "must fold mark"),
        ({"exclude_route_methods": frozenset()}, "must fold download"),
    ],
)
def test_an_unsafe_view_is_never_made(app: Flask, attributes: dict[str, Any], said: str) -> None:
    with app.app_context():
        assert broken()() is not None  # the same view without the fault
        with pytest.raises(UnsafeView, match=said):
            broken(**attributes)()


def test_the_interface_neither_writes_nor_reads_unscoped(app: Flask) -> None:
    """Whatever of Flask-AppBuilder's own code is reached by mistake raises instead of leaking."""
    with app.app_context():
        data = ScopedInterface(Agency)
        row = data.session.get(Agency, 1)
        for call in (
            lambda: data.get(1),
            lambda: data.get_related_obj("parent", 1),
            lambda: data.add(row),
            lambda: data.edit(row),
            lambda: data.delete(row),
            lambda: data.delete_all([row]),
        ):
            with pytest.raises(UnscopedAccess):
                call()


# Flask-AppBuilder's own interface is made of queries; ours narrows them.
QUERIES = {"model_data.py"}


def test_views_build_no_queries() -> None:
    """A view that selects is a second place where it is decided who sees what."""
    found = []
    for path in (SOURCES / "views").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sqlalchemy":
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names if alias.name.split(".")[0] == "sqlalchemy"]
            # The session is only handed on.
            found += [(path.name, name) for name in names if name != "sqlalchemy.orm.Session"]
    assert {name for name, _ in found} <= QUERIES, f"move the query into app/access or a service: {found}"
