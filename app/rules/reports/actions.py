"""One definition for each action: all that is said of it beside its row of the workflow table.

MOVES (workflow.py) says when a move may be made and what the report is afterwards. DEFINITIONS says the
rest: the event that it writes, the buttons and dialogs by which officers and reporters come to it, what a
request for it carries, what it counts as in the statistics and what the bell tells of it. Forms, API,
cards, history, notifications and exports read it from here; a test holds the two tables together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.rules.accounts.roles import Permission, Resource, Verb
from app.rules.labels import N_
from app.rules.reports.codes import EventKind
from app.rules.reports.notice_kinds import NoticeKind
from app.rules.reports.workflow import MOVES, Action, Carry, DayKind, Verdict

HANDLE: Permission = (Resource.REPORTS, Verb.ACT)
DESK: Permission = (Resource.VERIFICATION, Verb.ACT)


@dataclass(frozen=True)
class RequestField:
    """What a kind of request carries beside its reason. Its name in forms and in the API is the carry's.

    key: its name in an event's data. label: of the field, and before the value where a request is told.
    brief: how the history says it, with %(value)s; "" for the value alone.
    """

    carry: Carry
    key: str
    label: str
    brief: str = ""

    @property
    def name(self) -> str:
        return self.carry.value


@dataclass(frozen=True)
class AgencyOfRequest(RequestField):
    """An agency to which the report shall go. decided: the label where the decider picks it, who may pick
    another one than the asker."""

    decided: str = ""


@dataclass(frozen=True)
class DaysOfRequest(RequestField):
    """A number of days, from `least` to `most`."""

    least: int = 1
    most: int = 1
    days: DayKind = DayKind.WORKING


@dataclass(frozen=True)
class Words:
    """The dialog of a move, or of asking for it, in the manual's words (6.5 to 6.7).

    menu: the button; question: the dialog's title; reason: the label of the field; confirm: what pressing
    YA means; done: what is said afterwards, with %(id)s; close: the way out. A part between two stars is
    set in bold where it is shown.
    """

    menu: str
    question: str
    reason: str
    confirm: str
    done: str
    close: str = N_("TIDAK")


@dataclass(frozen=True)
class DeskButton:
    """A button by which officers come to a move, or to asking for it.

    endpoint: of the page that it opens. row: in the row under the card, not under Lainnya. words: on the
    button, "" for the action's own. slug: the part of the address that names the action, where one page
    serves many. counts: the report's column that is shown beside the words. over_page: a script may show
    the page over the one that the reader is on. recorder: for those alone whose agency typed the report in.
    """

    verdict: Verdict
    endpoint: str
    row: bool = False
    words: str = ""
    slug: str = ""
    counts: str = ""
    over_page: bool = True
    recorder: bool = False


@dataclass(frozen=True)
class OwnAct:
    """What reporters do with their own report, in their words (manual, 3.4).

    slug: the part of the address; menu: the button on the report; title: the page; label: of its field;
    button: what sends it; done: what is said afterwards; files: whether they may be sent along; waiting:
    what the report's page says while the request is open; once: not again while it is open.
    """

    slug: str
    action: Action
    verdict: Verdict
    menu: str
    title: str
    label: str
    done: str
    button: str = N_("KIRIM")
    hint: str = ""
    files: bool = False
    waiting: str = ""
    once: bool = False


class Work(StrEnum):
    """What an officer's deed counts as in the statistics of handling; the value is the measure's name."""

    FOLLOW_UP = "follow_ups"
    DISPATCH = "dispatched"
    ASKING = "asked"
    OTHER = "other_acts"


@dataclass(frozen=True)
class Definition:
    """event: what it writes into the history; nothing else writes that one. work: None with the reason in
    `uncounted`. tells: what the bell tells, the first first, so that nobody is told of one event twice.
    needs: the account's permission. making, asking: the words of the dialog that asks for a reason.
    requested_to: "Laporan ini sedang diminta untuk …" (manual 6.6). fields: what asking for it carries
    beside a reason; making it carries the same. no_door: why officers have no button for it.
    """

    action: Action
    event: EventKind
    work: Work | None = None
    uncounted: str = ""
    tells: tuple[NoticeKind, ...] = ()
    needs: Permission = HANDLE
    doors: tuple[DeskButton, ...] = ()
    no_door: str = ""
    own: OwnAct | None = None
    slug: str = ""
    making: Words | None = None
    asking: Words | None = None
    requested_to: str = ""
    fields: tuple[RequestField, ...] = ()


def _door(endpoint: str, **more: object) -> DeskButton:
    return DeskButton(Verdict.ALLOWED, endpoint, **more)  # type: ignore[arg-type]


def _reasoned(
    action: Action,
    event: EventKind,
    slug: str,
    making: Words,
    asking: Words,
    *,
    doors: tuple[DeskButton, ...] = (),
    **more: object,
) -> Definition:
    """A move whose dialog asks for a reason, and for its fields if it has some: made, or asked for."""
    return Definition(
        action,
        event,
        work=Work.OTHER,
        doors=(
            *doors,
            DeskButton(Verdict.ALLOWED, "Deciding.make", words=making.menu, slug=slug),
            DeskButton(Verdict.ASK, "Deciding.ask", words=asking.menu, slug=slug),
        ),
        slug=slug,
        making=making,
        asking=asking,
        **more,  # type: ignore[arg-type]
    )


_HOLD, _RELEASE, _CLOSE = N_("Alasan tahan:"), N_("Alasan lepas tahan:"), N_("Alasan tutup:")
_REOPEN, _RESTORE = N_("Alasan buka:"), N_("Alasan buka arsip:")
_EXTEND = N_("Alasan perpanjangan:")
_BY_REPORTER = "the reporter's deed, also where an officer types it in"

# In the order of the buttons: the first is the one that is most likely meant.
_DEFINED: tuple[Definition, ...] = (
    Definition(
        Action.VERIFY,
        EventKind.VERIFIED,
        work=Work.DISPATCH,
        tells=(NoticeKind.DISPOSITION, NoticeKind.COPY),
        needs=DESK,
        doors=(_door("Verification.verify", row=True, over_page=False),),
    ),
    Definition(
        Action.FOLLOW_UP,
        EventKind.FOLLOWED_UP,
        work=Work.FOLLOW_UP,
        doors=(_door("Handling.follow_up", row=True, counts="follow_up_count"),),
    ),
    Definition(
        Action.COMMENT,
        EventKind.COMMENTED,
        uncounted="talk",
        tells=(NoticeKind.COMMENT,),
        doors=(_door("Handling.comment", row=True, counts="comment_count"),),
    ),
    Definition(
        Action.FORWARD,
        EventKind.FORWARDED,
        work=Work.DISPATCH,
        tells=(NoticeKind.DISPOSITION, NoticeKind.COPY),
        doors=(_door("Handling.forward", row=True),),
    ),
    Definition(
        Action.HAND_BACK,
        EventKind.HANDED_BACK,
        work=Work.OTHER,
        tells=(NoticeKind.DISPOSITION, NoticeKind.CHANGED),
        doors=(DeskButton(Verdict.ASK, "Handling.hand_back", row=True),),
        no_door="a delegator decides on the request, or uses Ubah Disposisi",
        asking=Words(
            Action.HAND_BACK.label,
            Action.HAND_BACK.label,
            N_("Alasan (tidak wajib)"),
            N_("Klik Ya jika Anda yakin laporan ini bukan wewenang Anda!"),
            N_("Permintaan bukan wewenang untuk laporan #%(id)s terkirim dan menunggu keputusan."),
            close=N_("TUTUP"),
        ),
        requested_to=N_("Laporan ini sedang diminta untuk dialihkan karena bukan wewenang"),
        fields=(
            AgencyOfRequest(
                Carry.SUGGESTION,
                "agency",
                N_("Saran Instansi"),
                N_("saran: %(value)s"),
                decided=N_("Dialihkan ke Instansi:"),
            ),
        ),
    ),
    Definition(
        Action.COMPLETE,
        EventKind.COMPLETED,
        uncounted=_BY_REPORTER,
        tells=(NoticeKind.REPLY,),
        doors=(_door("Recording.complete", words=N_("Catat Kelengkapan")),),
        own=OwnAct(
            "lengkapi",
            Action.COMPLETE,
            Verdict.ALLOWED,
            N_("Lengkapi"),
            N_("Lengkapi laporan Anda"),
            N_("Keterangan tambahan"),
            N_("Terima kasih. Laporan Anda diperiksa lagi."),
            files=True,
        ),
    ),
    Definition(
        Action.REPLY,
        EventKind.REPLIED,
        uncounted=_BY_REPORTER,
        tells=(NoticeKind.REPLY,),
        doors=(_door("Recording.reply", words=N_("Catat Tanggapan Pelapor")),),
        own=OwnAct(
            "tanggapan",
            Action.REPLY,
            Verdict.ALLOWED,
            N_("Beri tanggapan"),
            N_("Tanggapi tindak lanjut instansi"),
            N_("Tanggapan Anda"),
            N_("Tanggapan Anda terkirim. Instansi membacanya."),
            hint=N_("Dengan tanggapan Anda, laporan tidak ditutup otomatis."),
            files=True,
        ),
    ),
    Definition(
        Action.ASK_DETAILS,
        EventKind.DETAILS_ASKED,
        work=Work.OTHER,
        needs=DESK,
        doors=(_door("Verification.ask_details"),),
    ),
    _reasoned(
        Action.HOLD,
        EventKind.HELD,
        "tahan",
        Words(
            N_("Tahan Laporan"),
            N_("Apakah Anda yakin ingin menahan laporan ini?"),
            _HOLD,
            N_(
                "Klik Ya jika Anda ingin **menahan** laporan ini! Penutupan otomatis dihentikan selama ditahan."
            ),
            N_("Laporan #%(id)s ditahan."),
        ),
        Words(
            N_("Permintaan Tahan Laporan"),
            N_("Apakah Anda yakin ingin meminta tahan laporan ini?"),
            _HOLD,
            N_("Klik Ya jika Anda ingin meminta **tahan** laporan ini!"),
            N_("Permintaan tahan laporan #%(id)s terkirim dan menunggu keputusan."),
        ),
        requested_to=N_("Laporan ini sedang diminta untuk ditahan"),
        tells=(NoticeKind.HOLD,),
    ),
    _reasoned(
        Action.RELEASE,
        EventKind.RELEASED,
        "lepas-tahan",
        Words(
            N_("Lepas Tahan Laporan"),
            N_("Apakah Anda yakin ingin melepas tahan laporan ini?"),
            _RELEASE,
            N_("Klik Ya jika Anda ingin **melepas tahan** laporan ini!"),
            N_("Penahanan laporan #%(id)s dilepas."),
        ),
        Words(
            N_("Permintaan Lepas Tahan Laporan"),
            N_("Apakah Anda yakin ingin meminta lepas tahan laporan ini?"),
            _RELEASE,
            N_("Klik Ya jika Anda ingin meminta **lepas tahan** laporan ini!"),
            N_("Permintaan lepas tahan laporan #%(id)s terkirim dan menunggu keputusan."),
        ),
        requested_to=N_("Laporan ini sedang diminta untuk dilepas tahannya"),
        tells=(NoticeKind.RELEASE,),
    ),
    _reasoned(
        Action.EXTEND,
        EventKind.EXTENDED,
        "perpanjangan-waktu",
        Words(
            N_("Perpanjang Waktu"),
            N_("Apakah Anda yakin ingin memperpanjang waktu tindak lanjut laporan ini?"),
            _EXTEND,
            N_("Klik Ya jika Anda ingin **memperpanjang waktu** laporan ini! Tenggat tindak lanjut mundur."),
            N_("Waktu tindak lanjut laporan #%(id)s diperpanjang."),
        ),
        Words(
            N_("Permintaan Perpanjangan Waktu"),
            N_("Apakah Anda yakin ingin meminta perpanjangan waktu laporan ini?"),
            _EXTEND,
            N_("Klik Ya jika Anda ingin meminta **perpanjangan waktu** laporan ini!"),
            N_("Permintaan perpanjangan waktu laporan #%(id)s terkirim dan menunggu keputusan."),
        ),
        requested_to=N_("Laporan ini sedang diminta untuk diperpanjang waktunya"),
        tells=(NoticeKind.EXTENSION,),
        fields=(DaysOfRequest(Carry.DAYS, "days", N_("Lama perpanjangan"), least=1, most=10),),
    ),
    _reasoned(
        Action.REOPEN,
        EventKind.REOPENED,
        "buka",
        Words(
            N_("Buka Laporan"),
            N_("Apakah Anda yakin ingin membuka kembali laporan ini?"),
            _REOPEN,
            N_("Klik Ya jika Anda ingin **membuka kembali** laporan ini!"),
            N_("Laporan #%(id)s dibuka kembali dan menunggu tindak lanjut."),
        ),
        Words(
            N_("Permintaan Buka Laporan"),
            N_("Apakah Anda yakin ingin meminta buka laporan ini?"),
            _REOPEN,
            N_("Klik Ya jika Anda ingin meminta **buka** laporan ini!"),
            N_("Permintaan buka laporan #%(id)s terkirim dan menunggu keputusan."),
        ),
        # On a closed report an answer that is recorded asks for reopening.
        doors=(
            DeskButton(Verdict.ASK, "Recording.reply", words=N_("Catat Tanggapan Pelapor"), recorder=True),
        ),
        requested_to=N_("Laporan ini sedang diminta untuk dibuka kembali"),
        tells=(NoticeKind.REOPENING,),
        own=OwnAct(
            "buka",
            Action.REOPEN,
            Verdict.ASK,
            N_("Minta dibuka kembali"),
            N_("Minta laporan dibuka kembali"),
            N_("Mengapa laporan perlu dibuka kembali?"),
            N_("Permintaan Anda terkirim dan menunggu keputusan instansi."),
            files=True,
            waiting=N_("Permintaan Anda untuk membuka kembali laporan menunggu keputusan instansi."),
        ),
    ),
    _reasoned(
        Action.RESTORE,
        EventKind.RESTORED,
        "buka-arsip",
        Words(
            N_("Buka Arsip"),
            N_("Apakah Anda yakin ingin membuka arsip laporan ini?"),
            _RESTORE,
            N_(
                "Klik Ya jika Anda ingin **membuka arsip** laporan ini! Laporan kembali ke Belum Terverifikasi."
            ),
            N_("Laporan #%(id)s kembali ke Belum Terverifikasi."),
        ),
        Words(
            N_("Permintaan Buka Arsip"),
            N_("Apakah Anda yakin ingin meminta buka arsip laporan ini?"),
            _RESTORE,
            N_("Klik Ya jika Anda ingin meminta **buka arsip** laporan ini!"),
            N_("Permintaan buka arsip laporan #%(id)s terkirim dan menunggu keputusan."),
        ),
        requested_to=N_("Laporan ini sedang diminta untuk dibuka arsipnya"),
        own=OwnAct(
            "buka-arsip",
            Action.RESTORE,
            Verdict.ASK,
            N_("Minta arsip dibuka"),
            N_("Minta arsip dibuka"),
            N_("Mengapa laporan perlu diperiksa lagi?"),
            N_("Permintaan Anda terkirim dan menunggu keputusan admin pusat."),
            waiting=N_("Permintaan Anda untuk membuka arsip menunggu keputusan admin pusat."),
            once=True,
        ),
    ),
    _reasoned(
        Action.CLOSE,
        EventKind.CLOSED,
        "tutup",
        Words(
            N_("Tutup Laporan"),
            N_("Apakah Anda yakin ingin menutup laporan ini?"),
            _CLOSE,
            N_("Klik Ya jika Anda ingin **menutup** laporan ini! Alasan Anda ditunjukkan kepada pelapor."),
            N_("Laporan #%(id)s ditutup."),
        ),
        Words(
            N_("Permintaan Tutup Laporan"),
            N_("Apakah Anda yakin ingin meminta tutup laporan ini?"),
            _CLOSE,
            N_("Klik Ya jika Anda ingin meminta **tutup** laporan ini!"),
            N_("Permintaan tutup laporan #%(id)s terkirim dan menunggu keputusan."),
        ),
        requested_to=N_("Laporan ini sedang diminta untuk ditutup"),
        tells=(NoticeKind.CLOSING,),
        own=OwnAct(
            "tutup",
            Action.CLOSE,
            Verdict.ALLOWED,
            N_("Tutup laporan"),
            N_("Tutup laporan Anda"),
            N_("Mengapa laporan ditutup?"),
            N_("Laporan Anda ditutup."),
            N_("TUTUP LAPORAN"),
            N_("Tutup laporan bila masalahnya sudah selesai."),
        ),
    ),
    Definition(
        Action.ARCHIVE,
        EventKind.ARCHIVED,
        work=Work.OTHER,
        needs=DESK,
        doors=(_door("Verification.archive"),),
        own=OwnAct(
            "tarik",
            Action.ARCHIVE,
            Verdict.ALLOWED,
            N_("Tarik laporan"),
            N_("Tarik laporan Anda"),
            N_("Mengapa laporan ditarik?"),
            N_("Laporan Anda ditarik dan diarsipkan."),
            N_("TARIK LAPORAN"),
            N_("Laporan yang ditarik tidak diteruskan ke instansi."),
        ),
    ),
    Definition(
        Action.REDIRECT,
        EventKind.REDIRECTED,
        work=Work.DISPATCH,
        tells=(NoticeKind.DISPOSITION, NoticeKind.CHANGED, NoticeKind.COPY),
        doors=(_door("Correcting.redirect"),),
    ),
    Definition(
        Action.CORRECT,
        EventKind.CORRECTED,
        work=Work.OTHER,
        doors=(_door("Correcting.correct", over_page=False),),
    ),
    Definition(
        Action.AUTO_CLOSE,
        EventKind.AUTO_CLOSED,
        uncounted="nobody's deed: a clock ran out",
        tells=(NoticeKind.CLOSING,),
        no_door="the system's",
    ),
)

DEFINITIONS: Mapping[Action, Definition] = {each.action: each for each in _DEFINED}
ACTION_OF: Mapping[EventKind, Action] = {each.event: each.action for each in _DEFINED}
BY_SLUG: Mapping[str, Definition] = {each.slug: each for each in _DEFINED if each.slug}
# What a request can carry beside its reason, whatever it asks for.
REQUEST_FIELDS: tuple[RequestField, ...] = tuple(field for each in _DEFINED for field in each.fields)
# By the part of the address that names it, in the order of the buttons.
OWN_ACTS: Mapping[str, OwnAct] = {each.own.slug: each.own for each in _DEFINED if each.own}
RATE = "nilai"
# Moves that carry a reason, and nothing else that a request for them would not carry: made from a dialog.
REASONED: tuple[Action, ...] = tuple(
    move.action
    for move in MOVES
    if Carry.REASON in move.carries
    and set(move.carries) == {Carry.REASON, *(field.carry for field in DEFINITIONS[move.action].fields)}
)

# What to say where a move lacks what it must carry.
MISSING: Mapping[Carry, str] = {
    Carry.TITLE: N_("Isi judul laporan."),
    Carry.AGENCY: N_("Pilih instansi tujuan."),
    Carry.CATEGORY: N_("Pilih kategori."),
    Carry.CLASSIFICATION: N_("Pilih klasifikasi."),
    Carry.TEXT: N_("Kolom ini wajib diisi."),
    Carry.TEXT_OR_FILE: N_("Isi teks atau sertakan lampiran."),
    Carry.REASON: N_("Isi alasannya."),
    Carry.REASON_CODE: N_("Pilih alasannya."),
    Carry.SUGGESTION: N_("Pilih saran instansi."),
    Carry.DAYS: N_("Pilih lama perpanjangan."),
    Carry.CHANGES: N_("Tidak ada yang diubah."),
}
DAYS_OUT_OF_RANGE = N_("Isi %(least)s sampai %(most)s hari.")

# What officers do to reports beside the moves; an accepted request is counted as its move.
WORK_OF: Mapping[EventKind, Work] = {
    **{each.event: each.work for each in _DEFINED if each.work},
    EventKind.REQUESTED: Work.ASKING,
    EventKind.REQUEST_REJECTED: Work.OTHER,
}
UNCOUNTED: Mapping[EventKind, str] = {
    **{each.event: each.uncounted for each in _DEFINED if each.uncounted},
    EventKind.RECEIVED: "the reporter's deed, also where an officer types it in",
    EventKind.REQUEST_ACCEPTED: "counted as the move that it makes",
    EventKind.REQUEST_WITHDRAWN: "takes back what was counted when it was asked",
    EventKind.REQUEST_VOIDED: "nobody's deed: another move made it pointless",
    EventKind.REORGANISED: "not done to a report, but to an agency",
}
