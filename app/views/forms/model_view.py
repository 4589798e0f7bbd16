"""The only base of Flask-AppBuilder's model views in this application.

What the stock ModelView lets through is shut here: its filters are shared between threads, its actions
and its writes go past the base filters, its lists take any order, page size and page. A view says which
rows an account manages (`base_filters`), shows them, and hands what a form says to a service.
"""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, g, has_request_context, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import ModelView, expose, has_access
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from app.extensions import transaction
from app.rules.accounts.roles import Verb
from app.rules.errors import Invalid
from app.rules.labels import N_
from app.views.forms.agency_fields import AgencyField
from app.views.forms.model_checks import refuse_unsafe
from app.views.forms.model_data import COUNT_CAP
from app.views.forms.move_form import RefusableForm
from app.views.web import context, listing
from app.views.web.downloads import DownloadLinks, list_file, tables_of

BULK_MAX = 100
SHEET_BATCH = 500
MORE_THAN = N_("lebih dari %(number)s")


class ManageForm(RefusableForm):
    """Base of the forms. What a service refuses is shown at its field, or on top without one."""

    def settle(self, session: Session) -> bool:
        """Turn what was typed into agencies; False when the reader has to look again."""
        clear = True
        for each in self:
            if isinstance(each, AgencyField):
                clear &= each.settle(session)
        return clear

    def prepare(self, row: Any | None) -> None:
        """Fill in the choices for `row`, None for a new one, and drop what may not be changed."""


class ConfirmForm(ManageForm):
    """Asks for a yes."""


@dataclass(frozen=True)
class ListColumn:
    """A column of the list; `url` orders by it, `direction` is the present order."""

    name: str
    label: str
    url: str
    direction: str


@dataclass(frozen=True)
class RowLink:
    """dialog: its page is a form, which a script lays over this one."""

    label: str
    url: str
    dialog: bool = False


@dataclass(frozen=True)
class ListRow:
    key: Any
    cells: Mapping[str, str]
    links: Sequence[RowLink]


@dataclass(frozen=True)
class SearchBox:
    name: str
    label: str
    value: str


@dataclass(frozen=True)
class ListTable:
    """A page of a list: `count` in words, URLs "" where there is no page."""

    columns: Sequence[ListColumn]
    rows: Sequence[ListRow]
    count: str
    previous: str
    next: str
    search: Sequence[SearchBox]
    searched: bool


@dataclass(frozen=True)
class Page:
    """The rows of a page, and whether there are any before and after it."""

    rows: Sequence[Any]
    earlier: bool
    later: bool


class ScopedModelView(ModelView, ABC):
    """A list with its pages, narrowed to what the acting account manages.

    A subclass gives base_filters, list_columns, search_columns and order_columns, its forms, and the
    methods that present rows and call services.
    """

    add_form: type[ManageForm] = ManageForm
    edit_form: type[ManageForm] = ManageForm
    search_form = FlaskForm  # generated forms would list the whole of each related table
    exclude_route_methods: frozenset[str] = frozenset({"download"})
    method_permission_name: Mapping[str, str] = {
        "list": Verb.READ.value,
        "show": Verb.READ.value,
        "sheet": Verb.READ.value,
        "add": Verb.WRITE.value,
        "edit": Verb.WRITE.value,
        "delete": Verb.WRITE.value,
        "action": Verb.READ.value,
        "action_post": Verb.READ.value,
    }
    list_template = "lapor/forms/fab_list.html"
    show_template = "lapor/forms/fab_show.html"
    add_template = edit_template = "lapor/forms/fab_form.html"
    delete_template = "lapor/forms/fab_confirm.html"
    delete_title: str | LazyString = ""
    add_label, edit_label, delete_label, show_label = _l("TAMBAH"), _l("UBAH"), _l("HAPUS"), _l("DETAIL")
    create_label, save_label = _l("BUAT"), _l("SIMPAN")
    empty_message = _l("Tidak ada data yang cocok.")
    # The headings of its file; where there are none, those of the page.
    sheet_headings: Sequence[str] = ()
    unsearched = False  # nothing in it is a text
    row_menu = False  # of several things to do with a row, all but the first stand in a menu
    delete_question = ""

    def __init__(self) -> None:
        refuse_unsafe(self)
        # Flask-AppBuilder writes into these: each view gets its own.
        self.label_columns = dict(self.label_columns or {})
        self.method_permission_name = dict(self.method_permission_name)
        super().__init__()
        if self.unsearched:  # Flask-AppBuilder has taken every column instead
            self.search_columns = []
            self._filters = self.datamodel.get_filters(self.search_columns)
        if not self.actions:
            self.exclude_route_methods |= {"action", "action_post"}

    # Filters: one set for each request, or one account would see what another searched for.

    @property
    def _filters(self) -> Any:
        prototype = self.__dict__.get("_filters_prototype")
        if prototype is None or not has_request_context():
            return prototype
        mine = g.setdefault("fab_filters", {})
        if id(self) not in mine:
            mine[id(self)] = copy.copy(prototype)
            mine[id(self)].clear_filters()
        return mine[id(self)]

    @_filters.setter
    def _filters(self, value: Any) -> None:
        self.__dict__["_filters_prototype"] = value

    def update_redirect(self) -> None:
        """Keep no history in the cookie: the addresses hold what was searched for."""

    def get_redirect(self) -> str:
        return url_for(f"{self.endpoint}.list")

    # What a subclass says.

    @abstractmethod
    def present(self, session: Session, rows: Sequence[Any]) -> list[Mapping[str, str]]:
        """The cells of the list's rows, in words; whatever it reads, it reads for all rows at once."""

    def sheet_rows(self, session: Session, rows: Sequence[Any]) -> Sequence[Sequence[object]]:
        """The cells of a file's rows, one for each heading: those of the page, where nothing else is said."""
        return [[cells[name] for name in self.list_columns] for cells in self.present(session, rows)]

    @abstractmethod
    def facts(self, session: Session, row: Any) -> Sequence[tuple[str, str]]:
        """Label and value of what the page of one row shows."""

    @abstractmethod
    def name_of(self, row: Any) -> str:
        """What a row is called in titles and messages."""

    def key_of_row(self, row: Any) -> Any:
        return self.datamodel.get_pk_value(row)

    def initial(self, row: Any | None) -> Mapping[str, Any]:
        """What a form shows before anybody has typed: of `row`, or for a new one."""
        return {}

    def may_edit(self, row: Any) -> bool:
        return True

    def may_delete(self, row: Any) -> bool:
        return True

    def is_in_use(self, row: Any) -> bool:
        """Whether there is anything left to take out of use."""
        return bool(row.active)

    def before_delete(self, session: Session, row: Any) -> Mapping[str, Any]:
        """What the question says beside: `refusal` why it cannot be, `instead` what else there is to do."""
        return {}

    @abstractmethod
    def create(self, session: Session, form: Any) -> str:
        """Call the service that enters a row; returns what to say then."""

    @abstractmethod
    def change(self, session: Session, key: Any, form: Any) -> str:
        """Call the service that changes the row of `key`; returns what to say then."""

    @abstractmethod
    def remove(self, session: Session, key: Any) -> str:
        """Call the service that takes the row of `key` out of use; returns what to say then."""

    # The pages.

    def row(self, pk: str) -> Any:
        """The row of a key from an address; 404 for a hidden one as for none."""
        rows = self.datamodel.find([pk], self._base_filters)
        return rows[0] if rows else abort(404)

    @expose("/")
    @has_access
    def list(self) -> ResponseReturnValue:
        asked = self._asked()
        return self.render_template(
            self.list_template,
            title=self.list_title,
            view=self,
            table=self._table(asked, self._page(asked)),
            files=self._files(),
        )

    @expose("/unduh.<any(csv,xlsx):form>")
    @has_access
    def sheet(self, form: str) -> ResponseReturnValue:
        """Every row of the list as it is searched and sorted, not its page alone."""
        asked = self._asked()
        filters = self._filters.get_joined_filters(self._base_filters)
        order, direction = (asked.order, asked.direction) if asked.order else self.base_order
        shown = [str(self.label_columns[name]) for name in self.list_columns]
        name = self.route_base.rsplit("/", 1)[-1]
        return list_file(
            name,
            form,
            str(self.list_title),
            [_(heading) for heading in self.sheet_headings] or shown,
            self._sheet_lines(filters, order, direction),
            name,
        )

    def _sheet_lines(self, filters: Any, order: str, direction: str) -> Iterator[Sequence[object]]:
        cursor: Any = None
        while True:
            rows = self.datamodel.page(
                filters, order, direction, cursor=cursor, backwards=False, size=SHEET_BATCH
            )
            yield from self.sheet_rows(context.reading(), rows)
            if len(rows) < SHEET_BATCH:
                return
            cursor = rows[-1]

    def _files(self) -> DownloadLinks:
        kept = {
            name: values
            for name, values in request.args.lists()
            if name.startswith(("_flt_", "_oc_", "_od_"))
        }
        return tables_of(f"{self.endpoint}.sheet", **kept)

    def _asked(self) -> listing.ListArguments:
        asked = listing.read(
            type(self).__name__,
            request.args,
            order_columns=self.order_columns,
            filter_counts={name: len(found) for name, found in self._filters.get_search_filters().items()},
            size=self.page_size,
        )
        for column, number, value in asked.filters:
            self._filters.add_filter_index(column, number, value)
        return asked

    @expose("/<pk>/")
    @has_access
    def show(self, pk: str) -> ResponseReturnValue:
        row = self.row(pk)
        return self.render_template(
            self.show_template,
            title=self.name_of(row),
            view=self,
            facts=self.facts(context.reading(), row),
            links=self._links(row, shown=True),
        )

    @expose("/tambah", methods=["GET", "POST"])
    @has_access
    def add(self) -> ResponseReturnValue:
        form = self.add_form(data=self.initial(None))
        form.prepare(None)
        said = self._submit(form, lambda session: self.create(session, form))
        if said is not None:
            return self._done(said)
        return self._form_page(self.add_template, self.add_title, self.create_label, form)

    @expose("/<pk>/ubah", methods=["GET", "POST"])
    @has_access
    def edit(self, pk: str) -> ResponseReturnValue:
        row = self.row(pk)
        if not self.may_edit(row):
            abort(403)
        key = self.key_of_row(row)
        form = self.edit_form(data=self.initial(row))
        form.prepare(row)
        said = self._submit(form, lambda session: self.change(session, key, form))
        if said is not None:
            return self._done(said)
        return self._form_page(self.edit_template, self.edit_title, self.save_label, form)

    @expose("/<pk>/hapus", methods=["GET", "POST"])
    @has_access
    def delete(self, pk: str) -> ResponseReturnValue:
        """GET asks whether it is meant, and changes nothing."""
        row = self.row(pk)
        if not self.may_delete(row):
            abort(403)
        key, name, form = self.key_of_row(row), self.name_of(row), ConfirmForm()
        said = self._submit(form, lambda session: self.remove(session, key))
        if said is not None:
            return self._done(said)
        return self._form_page(
            self.delete_template,
            self.delete_title,
            self.delete_label,
            form,
            question=_(self.delete_question, name=name),
            **self.before_delete(context.reading(), row) if request.method == "GET" else {},
        )

    @expose("/aksi/<name>/<pk>", methods=["POST"])
    @has_access
    def action(self, name: str, pk: str) -> ResponseReturnValue:
        return self._act(name, [pk], single=True)

    @expose("/aksi", methods=["POST"])
    @has_access
    def action_post(self) -> ResponseReturnValue:
        return self._act(request.form.get("action", ""), request.form.getlist("rowid"), single=False)

    def _act(self, name: str, pks: Sequence[str], *, single: bool) -> ResponseReturnValue:
        """Run an action on rows that this account manages: all of them, or none."""
        found = self.actions.get(name)
        if found is None or not (found.single if single else found.multiple):
            abort(404)
        wanted = self.get_action_permission_name(name)
        if not self.appbuilder.sm.has_access(wanted, self.class_permission_name):
            abort(403)
        if not pks or len(pks) > BULK_MAX:
            abort(400)
        rows = self.datamodel.find(pks, self._base_filters)
        if rows is None:
            abort(404)
        answer: ResponseReturnValue = found.func(rows[0] if single else rows)
        return answer

    # How they are made.

    def _submit(self, form: Any, do: Callable[[Session], str]) -> str | None:
        """What to say after a form that was sent and taken; None to show it (again)."""
        if request.method != "POST":
            return None
        valid = form.validate()  # first: it forgets what settling found wrong
        if not form.settle(context.reading()) or not valid:
            return None
        try:
            with transaction(context.actor()) as session:
                return do(session)
        except Invalid as refused:
            form.take(refused)
            return None

    def _done(self, said: str) -> ResponseReturnValue:
        flash(said, "success")
        return redirect(self.get_redirect(), 303)

    def _form_page(
        self, template: str, title: str | LazyString, button: str | LazyString, form: Any, **more: Any
    ) -> ResponseReturnValue:
        page = self.render_template(template, title=title, button=button, view=self, form=form, **more)
        return page, 422 if request.method == "POST" else 200

    def _page(self, asked: listing.ListArguments) -> Page:
        """The rows that are asked for; one more than a page tells whether it goes on."""
        filters = self._filters.get_joined_filters(self._base_filters)
        order, direction = (asked.order, asked.direction) if asked.order else self.base_order
        key, backwards = (asked.before, True) if asked.before is not None else (asked.after, False)
        # A row that is gone or hidden by now: the list is shown from its beginning.
        found = self.datamodel.find([str(key)], self._base_filters) if key is not None else None
        cursor = found[0] if found else None

        def read(*, back: bool, at: Any) -> Sequence[Any]:
            rows: Sequence[Any] = self.datamodel.page(
                filters, order, direction, cursor=at, backwards=back, size=asked.size + 1
            )
            return rows

        rows = read(back=backwards and cursor is not None, at=cursor)
        more = len(rows) > asked.size
        if backwards and more:
            return Page(rows[1:], earlier=True, later=True)
        if backwards and cursor is not None:
            cursor, rows = None, read(back=False, at=None)
            more = len(rows) > asked.size
        return Page(rows[: asked.size], earlier=cursor is not None, later=more)

    def _table(self, asked: listing.ListArguments, page: Page) -> ListTable:
        rows = page.rows
        cells = self.present(context.reading(), rows)
        count = self.datamodel.query_count(
            self.datamodel.session.query(self.datamodel.obj),
            self._filters.get_joined_filters(self._base_filters),
        )
        values = {(column, number): value for column, number, value in asked.filters}
        return ListTable(
            columns=[self._column(asked, name) for name in self.list_columns],
            rows=[
                ListRow(self.key_of_row(row), shown, self._links(row))
                for row, shown in zip(rows, cells, strict=True)
            ],
            count=(
                _(MORE_THAN, number=format_decimal(COUNT_CAP)) if count > COUNT_CAP else format_decimal(count)
            ),
            previous=self._url(before=self.key_of_row(rows[0])) if page.earlier and rows else "",
            next=self._url(after=self.key_of_row(rows[-1])) if page.later else "",
            search=[
                SearchBox(f"_flt_0_{name}", str(self.label_columns[name]), values.get((name, 0), ""))
                for name in self.search_columns
            ],
            searched=bool(asked.filters),
        )

    def _column(self, asked: listing.ListArguments, name: str) -> ListColumn:
        label = str(self.label_columns[name])
        if name not in self.order_columns:
            return ListColumn(name, label, "", "")
        present = asked.direction if asked.order == name else ""
        return ListColumn(name, label, self._url(oc=name, od="desc" if present == "asc" else "asc"), present)

    def _url(self, **changed: str | int) -> str:
        """The address of this list as it is asked for, with other arguments for page and order."""
        view = type(self).__name__
        names = {
            "after": f"after_{view}",
            "before": f"before_{view}",
            "oc": f"_oc_{view}",
            "od": f"_od_{view}",
        }
        args: dict[str, Any] = request.args.to_dict(flat=False)
        for name in ("after", "before"):
            args.pop(names[name], None)
        args.update({names[name]: value for name, value in changed.items()})
        return url_for(f"{self.endpoint}.list") + "?" + urlencode(args, doseq=True)

    def _links(self, row: Any, *, shown: bool = False) -> Sequence[RowLink]:
        """What this account may do with a row."""
        offers = (
            ("show", self.show_label, not shown),
            ("edit", self.edit_label, self.may_edit(row)),
            ("delete", self.delete_label, self.is_in_use(row) and self.may_delete(row)),
        )
        return [
            RowLink(
                str(label),
                url_for(f"{self.endpoint}.{method}", pk=self.key_of_row(row)),
                dialog=method != "show",
            )
            for method, label, offered in offers
            if offered and method not in self.exclude_route_methods and self.may(method)
        ]

    def may(self, method: str) -> bool:
        """Whether this account may use a method of this view."""
        wanted = f"can_{self.get_method_permission(method)}"
        return bool(self.appbuilder.sm.has_access(wanted, self.class_permission_name))
