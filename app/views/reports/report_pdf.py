"""One report as PDF: for officers as their page shows it, for its reporter as Laporan Saya does (case H6).

No paper names an officer: it leaves the house.
"""

from __future__ import annotations

from flask import Response
from flask_appbuilder import BaseView, expose, has_access
from flask_babel import gettext as _

from app.access.citizens.own_reports import own_report
from app.access.public_text import read_by, reads_original
from app.access.reports.cards import report_facts
from app.access.reports.history import history
from app.access.standing import chains
from app.exports import stored_exports
from app.exports.pdf import Paper, PdfEntry, report_pdf
from app.extensions import transaction
from app.rules.accounts.roles import Resource
from app.rules.errors import NotFound
from app.rules.figures.exports import ExportForm
from app.rules.text import key_of
from app.services.calendars import calendars_of
from app.views.reports.cards import card_from, state_chips
from app.views.reports.reporter_history import to_reporter
from app.views.reports.timeline import timeline
from app.views.web import context
from app.views.web.language.i18n import exact, language


class ReportPdf(BaseView):
    route_base = "/laporan"
    default_view = "show"
    class_permission_name = Resource.REPORTS.value
    method_permission_name = {"show": "read"}

    @expose("/<report_id>/pdf/")
    @has_access
    def show(self, report_id: str) -> Response:
        session, actor, now = context.reading(), context.actor(), context.now()
        facts = report_facts(session, actor, key_of(report_id))
        report = facts.report
        calendars_of(session, {report.holder_id})
        chain = chains(session, [report.id])[report.id]
        version = read_by(actor, report, chain, facts.basis)
        original = reads_original(version, report, facts.basis)
        card = card_from(session, actor, facts, chain, (), version, now)
        before = version(report.original_text) if original else ""
        paper = Paper(
            title=f"#{card.id} {card.title}",
            facts=[
                (_("Pelapor"), card.reporter),
                (_("Sumber"), card.source),
                (_("Diterima"), exact(card.received_at)),
                (_("Status"), ", ".join(chip.text for chip in card.states)),
                (_("Instansi"), card.holder),
                (_("Kategori"), card.category),
                (_("Wilayah"), card.area),
                (_("Tipe Laporan"), _kind(anonymous=card.is_anonymous, secret=card.is_secret)),
            ],
            texts=[
                (_("Isi laporan"), card.text),
                (_("Teks asli pelapor"), before if before != card.text else ""),
            ],
            history=_("Riwayat"),
            entries=[
                PdfEntry(
                    exact(each.at),
                    each.who,
                    _marked(each.what, each.detail, secret=each.secret),
                    [each.text, *each.notes.values()],
                )
                for each in timeline(session, report, version, original=original)
            ],
            foot=_foot(),
            language=language(),
            made=now,
        )
        return _sent(paper, report.id, "report")


class OwnReportPdf(BaseView):
    route_base = "/laporan-saya"
    default_view = "show"
    class_permission_name = Resource.OWN_REPORTS.value
    method_permission_name = {"show": "read"}

    @expose("/<report_id>/pdf/")
    @has_access
    def show(self, report_id: str) -> Response:
        context.act_as_citizen()
        session, now, key = context.reading(), context.now(), key_of(report_id)
        if key is None:
            raise NotFound
        facts = own_report(session, context.actor(), key)
        report = facts.report
        edited = report.text if report.text != report.original_text else ""
        paper = Paper(
            title=f"#{report.id} {report.title or _('Laporan tanpa judul')}",
            facts=[
                (_("Diterima"), exact(report.received_at)),
                (_("Status"), ", ".join(chip.text for chip in state_chips(report, facts.archive_reason))),
                (_("Instansi"), facts.holder),
                (_("Kategori"), facts.category),
                (_("Wilayah"), facts.area),
                (_("Tipe Laporan"), _kind(anonymous=report.is_anonymous, secret=report.is_secret)),
            ],
            texts=[(_("Isi laporan"), report.original_text), (_("Teks setelah disunting admin"), edited)],
            history=_("Riwayat"),
            entries=[
                PdfEntry(
                    exact(line.at),
                    line.who,
                    _marked(line.what, line.detail, secret=line.secret),
                    [line.text, *line.notes],
                )
                for line in to_reporter(history(session, report.id))
            ],
            foot=_foot(),
            language=language(),
            made=now,
        )
        return _sent(paper, report.id, "own_report", noted=False)


def _kind(*, anonymous: bool, secret: bool) -> str:
    return ", ".join(word for word, so in ((_("Anonim"), anonymous), (_("Rahasia"), secret)) if so)


def _marked(what: str, detail: str, *, secret: bool) -> str:
    words = f"{what}: {detail}" if detail else what
    return f"{words} ({_('Rahasia')})" if secret else words


def _foot() -> str:
    return _("LAPOR! · dicetak %(time)s", time=exact(context.now()))


def _sent(paper: Paper, key: int, what: str, *, noted: bool = True) -> Response:
    """noted: with the report's number. Beside a reporter's account it would tell the readers of the audit
    log who filed an anonymous report."""
    content, actor = report_pdf(paper), context.actor()
    with transaction(actor) as session:
        stored_exports.note_taken(
            session, actor, what, ExportForm.PDF, 1, context.now(), key if noted else None
        )
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="laporan-{key}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
