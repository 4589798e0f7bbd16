"""What everybody else will read of a report, beside its text: for whoever verifies, corrects or answers it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from app.access.public_text import WHOLE, Version, public_version
from app.access.reports.cards import report_facts
from app.access.standing import chains, standing
from app.extensions import transaction
from app.models import Report
from app.rules.accounts.roles import Resource
from app.rules.errors import Forbidden, Invalid
from app.rules.labels import N_
from app.rules.reports.full_readers import may_choose, reads_whole
from app.rules.reports.masking import DatumKind, DatumPlace, MaskingChoice
from app.rules.text import key_of, storable
from app.services.citizens import public_choices
from app.views.reports.timeline import TimelineEntry, timeline
from app.views.web import context
from app.views.web.language.marked_words import translated

HIDE, SHOW, TYPED = "samarkan", "tampilkan", "samarkan_kata"
CHOSEN = N_("Versi publik laporan #%(id)s diperbarui.")
KIND_WORDS: Mapping[DatumKind, str] = {
    DatumKind.NIK: N_("NIK"),
    DatumKind.KK: N_("nomor KK"),
    DatumKind.PHONE: N_("nomor telepon"),
    DatumKind.EMAIL: N_("alamat email"),
    DatumKind.ACCOUNT: N_("nomor rekening"),
    DatumKind.BPJS: N_("nomor BPJS"),
    DatumKind.NPWP: N_("NPWP"),
    DatumKind.PASSPORT: N_("nomor paspor"),
    DatumKind.PLATE: N_("pelat kendaraan"),
    DatumKind.BIRTH: N_("tanggal lahir"),
    DatumKind.HANDLE: N_("nama akun"),
    DatumKind.NAME: N_("nama orang"),
    DatumKind.NUMBER: N_("nomor lain"),
    DatumKind.CHOSEN: N_("dipilih petugas"),
}


@dataclass(frozen=True)
class VersionPart:
    """A piece of a text. hidden: masked; doubtful: somebody should look at it; neither: as it was written."""

    text: str
    hidden: bool = False
    doubtful: bool = False


@dataclass(frozen=True)
class Spot:
    """Marked words, once however often they stand in the texts. kind: in words."""

    words: str
    kind: str
    hidden: bool
    doubtful: bool


@dataclass(frozen=True)
class Reading:
    """One text as everybody reads it, with what is marked in it. label: which text."""

    label: str
    parts: Sequence[VersionPart]


@dataclass(frozen=True)
class Panel:
    """readings: the texts; spots: what is marked in them; shown: words that somebody decided to show.

    typed, refused: the words that were written into the field, and why they were not taken.
    """

    report_id: int
    readings: Sequence[Reading]
    spots: Sequence[Spot]
    shown: Sequence[str]
    is_public: bool
    typed: str = ""
    refused: str = ""


def panel(
    report: Report,
    texts: Iterable[tuple[str, str]],
    further: Iterable[tuple[str, str]] = (),
    *,
    typed: str = "",
    refused: str = "",
) -> Panel:
    """texts: (label, text), each shown; further: those that are shown only if something is marked in them."""
    version = public_version(report)
    spots: dict[tuple[str, bool], Spot] = {}
    readings = [Reading(label, _parts(text, version, spots)) for label, text in texts if text]
    for label, text in further:
        parts = _parts(text, version, spots)
        if len(parts) > 1 or any(part.hidden or part.doubtful for part in parts):
            readings.append(Reading(label, parts))
    shown = [choice.text for choice in version.choices if not choice.hidden]
    return Panel(
        report.id, readings, list(spots.values()), shown, not report.is_secret, typed=typed, refused=refused
    )


def spots_of(report: Report, text: str) -> list[Spot]:
    """What is marked in one text about the report."""
    spots: dict[tuple[str, bool], Spot] = {}
    _parts(text, public_version(report), spots)
    return list(spots.values())


def _parts(text: str, version: Version, spots: dict[tuple[str, bool], Spot]) -> list[VersionPart]:
    hidden, asked = version.marks(text)
    # A place that is hidden in doubt is both; what is asked about within a hidden one is seen with it.
    open_doubts = [each for each in asked if not any(_overlap(each, place) for place in hidden)]
    parts, at = [], 0
    for place in sorted([*hidden, *open_doubts], key=lambda each: each.start):
        is_hidden = place in hidden
        is_asked = not is_hidden or any(_overlap(place, each) for each in asked)
        words = text[place.start : place.end]
        if text[at : place.start]:
            parts.append(VersionPart(text[at : place.start]))
        parts.append(VersionPart(words, hidden=is_hidden, doubtful=is_asked))
        spots.setdefault((words, is_hidden), Spot(words, _(KIND_WORDS[place.kind]), is_hidden, is_asked))
        at = place.end
    if text[at:]:
        parts.append(VersionPart(text[at:]))
    return parts


def _overlap(one: DatumPlace, other: DatumPlace) -> bool:
    return one.start < other.end and other.start < one.end


def wanted(form: MultiDict[str, str]) -> list[MaskingChoice]:
    """What a form asks to hide or show: by a button beside a marked place, or by words in the field."""
    found = [MaskingChoice(storable(words), hidden=True) for words in form.getlist(HIDE)]
    found += [MaskingChoice(storable(words), hidden=False) for words in form.getlist(SHOW)]
    typed = storable(form.get(TYPED, "")).strip()
    # Words that stand in the field are never dropped, by whatever button the form was sent.
    return [*found, MaskingChoice(typed, hidden=True)] if typed else found


def take(report_id: int, choices: Sequence[MaskingChoice], typed: Collection[str] = ()) -> str:
    """Make these choices; why they are refused, or ""."""
    actor = context.actor()
    try:
        with transaction(actor) as session:
            public_choices.choose(session, actor, report_id, choices, context.now(), typed=typed)
    except Invalid as refused:
        return " ".join(translated(said) for said in refused.errors.values())
    return ""


class PublicVersion(BaseView):
    route_base = "/laporan"
    default_view = "show"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"show": "act"}

    @expose("/<report_id>/versi-publik/", methods=["GET", "POST"])
    @has_access
    def show(self, report_id: str) -> ResponseReturnValue:
        """The public version of every text of a report, for who reads it whole and may choose."""
        session, actor, form = context.reading(), context.actor(), FlaskForm()
        report = report_facts(session, actor, key_of(report_id)).report
        whos = standing(actor, report, chains(session, [report.id])[report.id]).whos
        if not (reads_whole(whos) and may_choose(whos)):
            raise Forbidden
        refused = ""
        if form.validate_on_submit():
            refused = take(report.id, wanted(request.form))
            if not refused:
                flash(_(CHOSEN, id=report.id), "success")
                return redirect(f"{url_for('ReportPage.show', report_id=report.id)}#versi-publik", 303)
        page = self.render_template(
            "lapor/reports/public_version.html",
            form=form,
            panel=panel(
                report,
                texts_of(report, timeline(session, report, WHOLE, original=False)),
                typed=request.form.get(TYPED, "") if refused else "",
                refused=refused,
            ),
        )
        return page, 422 if form.is_submitted() else 200


def texts_of(report: Report, entries: Sequence[TimelineEntry]) -> list[tuple[str, str]]:
    """(which, text) of a report as it is kept and of what was written about it since. entries: with whole texts."""
    own = [(_("Judul"), report.title), (_("Isi"), report.text), (_("Lokasi"), report.location)]
    files = [(_("Lampiran"), file.name) for each in entries for file in each.files]
    said = [(each.what, text) for each in entries for text in (each.text, *each.notes.values())]
    return [(which, text) for which, text in (*own, *said, *files) if text]
