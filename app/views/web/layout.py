"""The pages around the desk: the front page, health, the header, and what every answer carries."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose
from flask_login import current_user

from app.access.inbox.badges import NONE, Badges, badges, has_bell
from app.rules.accounts.roles import Resource, Verb
from app.rules.labels import N_
from app.rules.local_paths import local_path
from app.views.web import context
from app.views.web.api_paths import is_api
from app.views.web.assets import asset
from app.views.web.language.i18n import CHOSEN, language
from app.views.web.language.translator import gettext as _

# The hash is that of the empty <style> which plotly puts into its charts.
POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; "
    "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
# The same for everybody, whoever asks.
KEPT_BY_ALL = frozenset({"static", "PublicReports.areas"})
# Where cookies travel over https alone, the whole site does: for a year, on this host.
HSTS = "max-age=31536000"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self)",
}


@dataclass(frozen=True)
class NavItem:
    """An entry of the main menu; it shows only to those who may open it.

    also: further endpoints, or whole views by name, whose pages lie under this entry.
    """

    label: str
    endpoint: str
    needs: tuple[Resource, Verb]
    also: tuple[str, ...] = ()


OWN = N_("LAPORAN SAYA")
NAVIGATION: tuple[tuple[str, tuple[NavItem, ...]], ...] = (
    (
        OWN,
        (
            NavItem(
                N_("Laporan Saya"),
                "OwnReports.list",
                (Resource.OWN_REPORTS, Verb.READ),
                ("OwnReports",),
            ),
            NavItem(N_("Buat Laporan"), "PublicFiling.file", (Resource.OWN_REPORTS, Verb.ACT)),
        ),
    ),
    (
        N_("LAPORAN"),
        (
            NavItem(
                N_("Kelola"),
                "Desk.manage",
                (Resource.REPORTS, Verb.READ),
                (
                    "Desk.tab",
                    "ReportPage",
                    "PublicVersion",
                    "Verification",
                    "Handling",
                    "Deciding",
                    "Correcting",
                    "Requests",
                ),
            ),
            NavItem(N_("Salinan"), "Desk.copies", (Resource.REPORTS, Verb.READ), ("Desk.former",)),
            NavItem(N_("Selesai"), "Desk.finished", (Resource.REPORTS, Verb.READ)),
            NavItem(N_("Buat Laporan"), "Recording.new", (Resource.REPORTS, Verb.ACT)),
            NavItem(N_("Komentar Publik"), "Moderation.list", (Resource.REPORTS, Verb.ACT)),
        ),
    ),
    (
        N_("MONITOR"),
        (
            NavItem(N_("Pencarian"), "Search.show", (Resource.REPORTS, Verb.READ), ("Search",)),
            NavItem(
                N_("Statistik"), "Statistics.show", (Resource.STATISTICS, Verb.READ), ("FigureList", "Recaps")
            ),
            NavItem(N_("Pemantauan"), "Monitoring.show", (Resource.STATISTICS, Verb.READ), ("Digests",)),
            NavItem(N_("Berkas Saya"), "Exports.list", (Resource.STATISTICS, Verb.READ), ("Exports",)),
        ),
    ),
    (
        N_("PENGATURAN"),
        (
            NavItem(
                N_("Manajemen Pengguna"),
                "UserView.list",
                (Resource.USERS, Verb.READ),
                ("UserView", "UserCare", "Promotion"),
            ),
            NavItem(
                N_("Manajemen Instansi"),
                "AgencyView.list",
                (Resource.AGENCIES, Verb.READ),
                ("AgencyView", "HandOver", "Moving"),
            ),
            NavItem(
                N_("Perubahan Struktur"),
                "Reorganisations.list",
                (Resource.AGENCIES, Verb.READ),
                ("Reorganisations",),
            ),
            NavItem(N_("Keamanan Masuk"), "Demands.show", (Resource.SETTINGS, Verb.WRITE)),
            NavItem(N_("Peran & Izin"), "Roles.list", (Resource.ROLES, Verb.READ), ("Roles",)),
            NavItem(N_("Hari Libur"), "DayOffView.list", (Resource.SETTINGS, Verb.READ), ("DayOffView",)),
            NavItem(
                N_("Data Acuan"),
                "CategoryView.list",
                (Resource.SETTINGS, Verb.READ),
                ("CategoryView", "ReasonView", "TargetView", "SynonymView"),
            ),
            NavItem(N_("Mitra API"), "ApiClients.list", (Resource.SETTINGS, Verb.READ), ("ApiClients",)),
            NavItem(
                N_("Impor Laporan Ringkas"),
                "SheetImports.list",
                (Resource.SETTINGS, Verb.WRITE),
                ("SheetImports",),
            ),
            NavItem(N_("Pengaturan Sistem"), "SystemSettings.edit", (Resource.SETTINGS, Verb.WRITE)),
            NavItem(N_("Catatan Audit"), "AuditLog.list", (Resource.AUDIT, Verb.READ), ("AuditLog",)),
            NavItem(
                N_("Kesehatan Sistem"), "Health.show", (Resource.SETTINGS, Verb.READ), ("Health", "Mailbox")
            ),
        ),
    ),
)


# What everybody finds in the header, in the manual's words (section 5).
PUBLIC_MENU: tuple[tuple[str, str, str], ...] = (
    (N_("TENTANG LAPOR!"), "FrontPage.about", ""),
    (N_("LAPORAN"), "PublicReports.list", "PublicReports"),
    (N_("STATISTIK"), "PublicStatistics.show", "PublicStatistics"),
)


@dataclass(frozen=True)
class MenuLink:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Menu:
    """One heading of the header with its open pages; `url` is the first of them."""

    label: str
    url: str
    current: bool
    links: tuple[MenuLink, ...]


def lies_under(endpoint: str) -> None:
    """Mark the menu entry of `endpoint` for this page, whatever its own endpoint says."""
    g.lies_under = endpoint


def navigation() -> list[Menu]:
    """The main menu as this account sees it. An officer's own reports are in the account's menu instead:
    they are no part of the work."""
    actor, menus = context.account(), []
    here = {g.get("lies_under")} if "lies_under" in g else {request.endpoint, request.blueprint}
    for heading, items in NAVIGATION:
        if heading == OWN and actor.agency_id is not None:
            continue
        links = tuple(
            MenuLink(
                _(item.label),
                _address(item.endpoint, request.script_root),
                not here.isdisjoint((item.endpoint, *item.also)),
            )
            for item in items
            if actor.may(*item.needs)
        )
        if links:
            menus.append(Menu(_(heading), links[0].url, any(link.current for link in links), links))
    return menus


@lru_cache(maxsize=256)
def _address(endpoint: str, _script_root: str) -> str:
    """url_for(), for an address that depends on nothing but where the site is mounted."""
    return url_for(endpoint)


def public_menu() -> list[MenuLink]:
    """The header's entries for everybody; officers have their own instead."""
    here = (request.endpoint, request.blueprint)
    return [
        MenuLink(_(label), url_for(endpoint), endpoint == here[0] or (whole != "" and whole == here[1]))
        for label, endpoint, whole in PUBLIC_MENU
    ]


def panel_url() -> str:
    """Where "Panel Admin" leads: the first page that this account may open, or its own account's."""
    menus = navigation()
    return menus[0].url if menus else url_for("Account.show")


def header_badges() -> Badges | None:
    """The dots of bell and envelope; None for who has neither. Asked for when the header is written."""
    actor = context.account()
    if "acting" in g or not has_bell(actor):
        return None
    try:
        return badges(context.reading(), actor)
    except Exception as error:  # noqa: BLE001 - a dot is no reason to withhold a page, least of all that of an error
        current_app.logger.warning("badges not counted: %s", type(error).__name__)
        return NONE


class Language(BaseView):
    """Indonesian or English, and back to the page one was on."""

    route_base = "/bahasa"
    default_view = "choose"

    @expose("/<locale>")
    def choose(self, locale: str) -> ResponseReturnValue:
        if locale not in current_app.config["LANGUAGES"]:
            abort(404)
        session[CHOSEN] = locale
        return redirect(local_path(request.args.get("next", "")) or url_for("FrontPage.index"))


def init_app(app: Flask) -> None:
    def csp_nonce() -> str:
        if "csp_nonce" not in g:
            g.csp_nonce = secrets.token_urlsafe(16)
        return str(g.csp_nonce)

    app.jinja_env.globals.update(csp_nonce=csp_nonce, asset=asset)

    @app.context_processor
    def header() -> dict[str, Any]:
        # Whoever holds a secret link is nobody else on its page, even at a browser that is signed in.
        signed_in = current_user.is_authenticated and "acting" not in g
        return {
            "actor": context.account() if signed_in else None,
            "navigation": navigation() if signed_in else [],
            "public_menu": [] if signed_in and context.account().agency_id else public_menu(),
            "panel_url": panel_url,
            "header_badges": header_badges,
            "now": context.now(),
            "here": request.full_path.rstrip("?") if request.method == "GET" else "",
            "language": language(),
        }

    @app.after_request
    def protect(response: Response) -> Response:
        # A form that ends at an app says so: browsers hold the way back from it to the policy as well.
        policy = POLICY.format(nonce=csp_nonce()) + g.get("form_target", "")
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if current_app.config["SESSION_COOKIE_SECURE"]:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        if not is_api() and current_user.is_authenticated and request.endpoint not in KEPT_BY_ALL:
            # Pages of a signed-in account are nobody else's, not even from a shared machine's cache.
            response.headers["Cache-Control"] = "no-store"
        return response
