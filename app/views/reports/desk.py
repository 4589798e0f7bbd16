"""LAPORAN: the worklists Kelola, Salinan and Selesai (manual 6.3 to 6.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access

from app.access.actor import Actor
from app.access.reports.former import former_holdings
from app.access.scope import COUNT_CAP, PAGE_SIZE, ScopePosition, counts, worklist
from app.rules.accounts.roles import Resource, Verb
from app.rules.labels import N_
from app.rules.reports.tabs import DEADLINE_TABS, ROOT_TABS, Order, Reach, Tab
from app.rules.text import key_of
from app.search.find import SearchOrder as Sorted
from app.search.find import SearchPlace
from app.views.reports.cards import cards
from app.views.reports.search import after_of, results
from app.views.web import context
from app.views.web.downloads import files_of, tables_of
from app.views.web.language.i18n import word
from app.views.web.language.translator import gettext as _

SLUGS: Mapping[str, Tab] = {
    "belum-terverifikasi": Tab.UNVERIFIED,
    "ditunda": Tab.DELAYED,
    "belum-ditindaklanjuti": Tab.WAITING,
    "sedang-diproses": Tab.PROGRESS,
    "permintaan": Tab.REQUESTS,
}
FINISHED: Mapping[str, Tab] = {"ditutup": Tab.CLOSED, "diarsipkan": Tab.ARCHIVED}
REACHES: Mapping[str, Reach] = {"sendiri": Reach.OWN, "bawahan": Reach.BELOW}
ORDERS: Mapping[str, Order] = {"tenggat": Order.DEADLINE, "terbaru": Order.NEWEST}

EMPTY: Mapping[Tab, str] = {
    Tab.UNVERIFIED: N_("Tidak ada laporan yang menunggu verifikasi."),
    Tab.DELAYED: N_("Tidak ada laporan yang menunggu kelengkapan dari pelapor."),
    Tab.WAITING: N_("Tidak ada laporan yang menunggu tindak lanjut pertama."),
    Tab.PROGRESS: N_("Tidak ada laporan yang sedang diproses."),
    Tab.REQUESTS: N_("Tidak ada permintaan yang menunggu keputusan."),
    Tab.COPIES: N_("Belum ada laporan yang disalinkan."),
    Tab.CLOSED: N_("Belum ada laporan yang ditutup."),
    Tab.ARCHIVED: N_("Belum ada laporan yang diarsipkan."),
}
EMPTY_ADVICE = N_("Coba \u201cTermasuk instansi di bawahnya\u201d untuk melihat laporan unit Anda.")


@dataclass(frozen=True)
class TabLink:
    """One sub-tab with its capped count ("99+"); `count` is empty where none is shown."""

    label: str
    url: str
    count: str
    current: bool


@dataclass(frozen=True)
class Choice:
    label: str
    url: str
    current: bool


def cap(number: int) -> str:
    return f"{COUNT_CAP - 1}+" if number >= COUNT_CAP else str(number)


@dataclass(frozen=True)
class Ordering:
    """How a tab is asked for: whose reports, in which order, and the words looked for in it.

    args: the same for an address.
    """

    reach: Reach
    order: Order
    reach_slug: str
    order_slug: str
    words: str

    @property
    def args(self) -> dict[str, str]:
        args = {"cakupan": self.reach_slug, "urut": self.order_slug}
        return {**args, "q": self.words} if self.words else args


def order_asked(tab: Tab) -> Ordering:
    """What the address asks of a tab. Aborts with 400 for what cannot be meant."""
    reach_slug = request.args.get("cakupan", "sendiri")
    order_slug = request.args.get("urut", "tenggat" if tab in DEADLINE_TABS else "terbaru")
    if reach_slug not in REACHES or order_slug not in ORDERS:
        abort(400)
    # In the finished tabs the key itself runs from the newest.
    order = ORDERS[order_slug] if tab in DEADLINE_TABS else Order.DEADLINE
    words = request.args.get("q", "").strip()
    return Ordering(REACHES[reach_slug], order, reach_slug, order_slug, words)


class Desk(BaseView):
    route_base = "/laporan"
    default_view = "manage"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {
        "manage": "read",
        "tab": "read",
        "copies": "read",
        "former": "read",
        "finished": "read",
    }

    @expose("/kelola/")
    @has_access
    def manage(self) -> ResponseReturnValue:
        """Kelola opens at the first tab that this officer works in."""
        return redirect(url_for("Desk.tab", slug=kelola_slugs(context.actor())[0]))

    @expose("/kelola/<slug>/")
    @has_access
    def tab(self, slug: str) -> ResponseReturnValue:
        slugs = kelola_slugs(context.actor())
        if slug not in slugs:
            abort(404)
        return self._worklist(SLUGS[slug], {s: SLUGS[s] for s in slugs}, "Desk.tab", slug)

    @expose("/salinan/")
    @has_access
    def copies(self) -> ResponseReturnValue:
        return self._worklist(Tab.COPIES, {}, "Desk.copies", "")

    @expose("/pernah-ditangani/")
    @has_access
    def former(self) -> ResponseReturnValue:
        """What the agency held once and does not see any more: that it was, and where it went."""
        raw = request.args.get("setelah")
        before = key_of(raw) if raw else None
        if raw and before is None:
            abort(400)
        found = former_holdings(context.reading(), context.actor(), before=before, limit=PAGE_SIZE + 1)
        shown = found[:PAGE_SIZE]
        return self.render_template(
            "lapor/reports/former.html",
            title=_("Pernah ditangani"),
            heading=_("Salinan"),
            tabs=_copy_tabs(former=True),
            holdings=shown,
            files=tables_of("ListExports.take", listing="pernah-ditangani"),
            next_url=url_for("Desk.former", setelah=shown[-1].id) if len(found) > PAGE_SIZE else None,
            first_url=url_for("Desk.former") if before else None,
        )

    @expose("/selesai/")
    @has_access
    def finished(self) -> ResponseReturnValue:
        kind = request.args.get("jenis", "ditutup")
        if kind not in FINISHED:
            abort(400)
        return self._worklist(FINISHED[kind], FINISHED, "Desk.finished", kind)

    def _worklist(
        self, tab: Tab, siblings: Mapping[str, Tab], endpoint: str, slug: str
    ) -> ResponseReturnValue:
        actor, session = context.actor(), context.reading()
        ordering = order_asked(tab)
        reach, order, words = ordering.reach, ordering.order, ordering.words
        order_slug = ordering.order_slug
        after = after_of(request.args.get("setelah"))
        found, lines, following = None, [], ""
        if words:
            place = SearchPlace(tab, reach)
            by_deadline = tab in DEADLINE_TABS and order is Order.DEADLINE
            how = Sorted.DEADLINE if by_deadline else Sorted.NEWEST
            found = results(words, limit=PAGE_SIZE, place=place, order=how, after=after)
            following = found.next
        else:
            position = ScopePosition(after.key, after.report_id) if after else None
            lines = worklist(
                session, actor, tab, reach=reach, order=order, after=position, limit=PAGE_SIZE + 1
            )
            if len(lines) > PAGE_SIZE:
                lines = lines[:PAGE_SIZE]
                following = f"{lines[-1].position.sort_key}.{lines[-1].report_id}"

        def link(**changes: str) -> str:
            args: dict[str, Any] = {**ordering.args, **changes}
            if endpoint == "Desk.tab":
                args.setdefault("slug", slug)
            elif endpoint == "Desk.finished":
                args.setdefault("jenis", slug)
            return url_for(endpoint, **args)

        counted = counts(session, actor, [t for t in siblings.values() if t in DEADLINE_TABS], reach)
        name = "slug" if endpoint == "Desk.tab" else "jenis"
        return self.render_template(
            "lapor/reports/worklist.html",
            title=word(tab),
            heading={"Desk.tab": _("Kelola Laporan"), "Desk.copies": _("Salinan")}.get(
                endpoint, _("Selesai")
            ),
            tabs=[
                TabLink(word(t), link(**{name: s}), cap(counted[t]) if t in counted else "", t is tab)
                for s, t in siblings.items()
            ]
            or _copy_tabs(),
            reaches=[Choice(word(r), link(cakupan=s), r is reach) for s, r in REACHES.items()],
            orders=[Choice(word(o), link(urut=s), s == order_slug) for s, o in ORDERS.items()]
            if tab in DEADLINE_TABS
            else [],
            cards=cards(session, actor, lines, context.now()),
            empty=EMPTY[tab],
            advice=EMPTY_ADVICE if reach is Reach.OWN and not lines else "",
            results=found,
            files=files_of(slug or "salinan", **ordering.args),
            query=words,
            kept=[
                (key, value)
                for key, value in request.args.items()
                if key in ("cakupan", "urut", "jenis") and value
            ],
            all_url=link(q=""),
            next_url=link(setelah=following) if following else None,
            first_url=link() if after else None,
        )


def _copy_tabs(*, former: bool = False) -> list[TabLink]:
    return [
        TabLink(word(Tab.COPIES), url_for("Desk.copies"), "", not former),
        TabLink(_("Pernah ditangani"), url_for("Desk.former"), "", former),
    ]


def kelola_slugs(actor: Actor) -> list[str]:
    """The sub-tabs of Kelola for this officer; the first two are the central desk's alone."""
    desk = actor.at_root and actor.may(Resource.VERIFICATION, Verb.READ)
    return [slug for slug, tab in SLUGS.items() if desk or tab not in ROOT_TABS]
