"""One report as its reporter reads it, and what they do with it: the same by account and by secret link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from wtforms import RadioField, TextAreaField

from app.access.attachments.files import get_file, name_of
from app.access.citizens.own_reports import OwnFacts, asked_by_reporter, last_closing, own_report, rating_of
from app.access.reports.history import history
from app.access.standing import chains, situation, standing
from app.models import Report
from app.rules.citizens.forms import STAR_WORDS, STARS
from app.rules.errors import Forbidden, Invalid
from app.rules.labels import N_
from app.rules.reports.actions import DEFINITIONS, OWN_ACTS, RATE, OwnAct
from app.rules.reports.workflow import ENDED_STATES, Action, Clock, State, possible
from app.rules.text import REPORT_TEXT_MAX, key_of
from app.services.citizens import rating, reporter_actions
from app.services.reports.locked_report import Form
from app.services.system import limits
from app.views.attachments.files import File, sent
from app.views.attachments.upload_fields import FilesField
from app.views.forms.move_form import Attempt, MoveForm, attempt
from app.views.reports.cards import state_chips
from app.views.reports.reporter_history import Told, to_reporter
from app.views.web import context
from app.views.web.language.marked_words import translated
from app.views.web.limiting import within_limit

RATED = N_("Terima kasih atas penilaian Anda.")
RATED_UNSOLVED = N_("Terima kasih. Permintaan untuk membuka kembali laporan terkirim.")


@dataclass(frozen=True)
class OwnReportPlace:
    """Where the pages of one report lie. page: its own; act and file: by slug and by key."""

    report_id: int
    page: str
    act: Callable[[str], str]
    file: Callable[[int], str]
    home: str = ""
    renew: str = ""  # where a secret link is made anew, and turned off
    end: str = ""


@dataclass(frozen=True)
class OwnReportButton:
    label: str
    url: str
    first: bool


class ActForm(MoveForm):
    text_or_file = TextAreaField()
    files = FilesField(_l("Lampiran"))


class RateForm(MoveForm):
    solved = RadioField(_l("Apakah masalah Anda sudah terselesaikan?"), validate_choice=False)
    stars = RadioField(_l("Penilaian Anda"), validate_choice=False)
    text_or_file = TextAreaField(_l("Catatan (tidak wajib)"))

    def offer(self) -> None:
        self.solved.choices = [("ya", _("Sudah")), ("belum", _("Belum"))]
        self.stars.choices = [(str(n), f"{n} — {_(STAR_WORDS[n])}") for n in STARS]


def show(place: OwnReportPlace, *, link: str = "") -> str:
    """The report's page; `link`: the secret address, shown once it was made."""
    session, actor, now = context.reading(), context.actor(), context.now()
    facts = own_report(session, actor, place.report_id)
    report = facts.report
    lines = to_reporter(history(session, report.id))
    buttons = _buttons(session, report, place)
    asked = asked_by_reporter(session, report.id)
    closing = last_closing(session, report.id) if report.state is State.CLOSED else None
    given = rating_of(session, report.id, closing) if closing is not None else None
    return render_template(
        "lapor/citizens/own_report.html",
        report=report,
        facts=facts,
        chips=state_chips(report, facts.archive_reason),
        deadline=_deadline(facts),
        lines=lines,
        files=_files(lines, place),
        buttons=buttons,
        waiting=[_(words) for action in asked if (words := _waiting(action))],
        rate_url=place.act(RATE) if closing is not None and given is None else "",
        given=given,
        place=place,
        link=link,
        new="terkirim" in request.args,
        now=now,
        stands_still=bool(context.account().agency_id) and _nobody_acts(session, report),
    )


def _nobody_acts(session: Session, report: Report) -> bool:
    """Whether the agency that has the report, and all above it, have no officer but whoever filed it."""
    return report.state not in ENDED_STATES and chains(session, [report.id])[report.id][-1].acted_by is None


def _waiting(action: Action) -> str:
    """What the page says while the reporter's request for `action` is open."""
    own = DEFINITIONS[action].own
    return own.waiting if own else ""


def _buttons(session: Session, report: Report, place: OwnReportPlace) -> list[OwnReportButton]:
    offered = _offered(session, report)
    return [
        OwnReportButton(_(a.menu), place.act(slug), n == 0) for n, (slug, a) in enumerate(offered.items())
    ]


def _offered(session: Session, report: Report) -> Mapping[str, OwnAct]:
    """What the reader may do now, by slug."""
    chain = chains(session, [report.id])[report.id]
    mine = standing(context.actor(), report, chain)
    may = possible(situation(report, chain), mine.whos)
    asked = asked_by_reporter(session, report.id)
    return {
        slug: act
        for slug, act in OWN_ACTS.items()
        if may.get(act.action) is act.verdict
        # What was asked for once waits; only an answer to a closed report may still be added to.
        and not (act.once and act.action in asked)
    }


def _deadline(facts: OwnFacts) -> tuple[str, Any] | None:
    """What happens by itself, and when."""
    report = facts.report
    words = {
        Clock.AUTO_CLOSE: _("Tanpa tanggapan Anda, laporan ditutup otomatis setelah"),
        Clock.DETAILS: _("Bila tidak dilengkapi, laporan diarsipkan setelah"),
        Clock.VERIFICATION: _("Diperiksa oleh admin pusat paling lambat"),
        Clock.FOLLOW_UP: _("Ditindaklanjuti oleh instansi paling lambat"),
    }
    if report.clock_kind not in words or report.clock_due_at is None:
        return None
    return words[Clock(report.clock_kind)], report.clock_due_at


def _files(lines: list[Told], place: OwnReportPlace) -> dict[int, list[File]]:
    return {
        number: [File.of(file, place.file(file.id)) for file in line.files]
        for number, line in enumerate(lines)
    }


def file(place: OwnReportPlace, file_id: str) -> ResponseReturnValue:
    file = get_file(context.reading(), context.actor(), place.report_id, key_of(file_id))
    return sent(file, name_of(file, to_reporter=True))


def act(place: OwnReportPlace, slug: str) -> ResponseReturnValue:
    """The form of one act: shown, shown again with what was refused, or done."""
    session = context.reading()
    report = own_report(session, context.actor(), place.report_id).report
    if slug == RATE:
        return _rate(place, report)
    chosen = OWN_ACTS.get(slug) or abort(404)
    form = ActForm()
    form.text_or_file.label.text = _(chosen.label)
    tried = Attempt(200)
    if request.method == "GET":
        form.prepare(report.version)
    elif not within_limit(limits.ACTS_ON_REPORT, report.id):
        form.form_errors.append(translated(limits.TooMany.message))
        tried = Attempt(429)
    elif form.settle(session, report.id):
        tried = attempt(form, report.id, lambda s, sealed: _do(s, sealed, chosen, form))
    else:
        tried = Attempt(422)
    if tried.done:
        flash(_(chosen.done), "success")
        return redirect(place.page, 303)
    session = context.reading()
    report = own_report(session, context.actor(), place.report_id).report
    if slug not in _offered(session, report):
        raise Forbidden
    page = render_template(
        "lapor/citizens/own_act.html",
        act=chosen,
        form=form,
        report=report,
        place=place,
        events=tried.events,
        limit=REPORT_TEXT_MAX,
    )
    return page, tried.status


def _do(session: Session, sealed: Form, chosen: OwnAct, form: ActForm) -> object:
    """Raises Invalid at the one field that there is, whatever the service calls it."""
    try:
        return reporter_actions.act(
            session,
            context.actor(),
            sealed,
            chosen.action,
            form.text_or_file.data or "",
            context.now(),
            files=form.files.names,
        )
    except Invalid as refused:
        raise Invalid(
            {name if name == "files" else "text_or_file": said for name, said in refused.errors.items()}
        ) from refused


def _rate(place: OwnReportPlace, report: Report) -> ResponseReturnValue:
    form, tried = RateForm(), Attempt(200)
    form.offer()
    if request.method == "GET":
        form.prepare(report.version)
    else:
        tried = attempt(form, report.id, lambda session, sealed: _keep_rating(session, sealed, form))
    if tried.done:
        flash(_(RATED if form.solved.data == "ya" else RATED_UNSOLVED), "success")
        return redirect(place.page, 303)
    if report.state is not State.CLOSED:
        raise Forbidden
    return render_template(
        "lapor/citizens/own_rate.html", form=form, report=report, place=place, limit=REPORT_TEXT_MAX
    ), tried.status


def _keep_rating(session: Session, sealed: Form, form: RateForm) -> object:
    return rating.rate(
        session,
        context.actor(),
        sealed,
        key_of(form.stars.data),
        {"ya": True, "belum": False}.get(form.solved.data or ""),
        form.text_or_file.data or "",
        context.now(),
    )
