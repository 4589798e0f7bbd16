"""What officers are told of by the bell: one table of kinds, with their words, makers and recipients.

A kind is told once for each person and occurrence. What a person may not open is told to nobody: that
is asked at reading and at delivery, see access/inbox/notifications.py. Source: the manual, 6.12.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.rules.labels import N_
from app.rules.reports.actions import DEFINITIONS
from app.rules.reports.codes import EventKind
from app.rules.reports.notice_kinds import NoticeKind, Whom


class NoticeGroup(StrEnum):
    """Kinds that a person sets alike."""

    DISPOSITIONS = "dispositions"
    REPORTER = "reporter"
    COMMENTS = "comments"
    REQUESTS = "requests"
    STATES = "states"
    DEADLINES = "deadlines"
    ACCOUNT = "account"


class Mailing(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


@dataclass(frozen=True)
class Notice:
    """name: of the kind, in the filter. said: the sentence; with %(id)s where it is about a report.

    content: False for what may be
    read by who cannot open the report any more, since it tells nothing of it (case C14).
    """

    name: str
    said: str
    group: NoticeGroup
    whom: Whom
    content: bool = True


NOTICES: Mapping[NoticeKind, Notice] = {
    NoticeKind.DISPOSITION: Notice(
        N_("Disposisi diterima"),
        N_("Laporan #%(id)s didisposisikan ke instansi Anda."),
        NoticeGroup.DISPOSITIONS,
        Whom.HOLDER,
    ),
    NoticeKind.CHANGED: Notice(
        N_("Disposisi diubah"),
        N_("Disposisi laporan #%(id)s diubah: laporan tidak lagi berada pada instansi Anda."),
        NoticeGroup.DISPOSITIONS,
        Whom.FORMER,
        content=False,
    ),
    NoticeKind.COPY: Notice(
        N_("Salinan diterima"),
        N_("Laporan #%(id)s disalinkan ke instansi Anda."),
        NoticeGroup.DISPOSITIONS,
        Whom.COPIES,
    ),
    NoticeKind.REPLY: Notice(
        N_("Tanggapan pelapor"),
        N_("Pelapor menanggapi laporan #%(id)s."),
        NoticeGroup.REPORTER,
        Whom.HOLDER,
    ),
    NoticeKind.COMMENT: Notice(
        N_("Komentar"),
        N_("Laporan #%(id)s dikomentari."),
        NoticeGroup.COMMENTS,
        Whom.HOLDER_AND_DELEGATOR,
    ),
    NoticeKind.REQUEST: Notice(
        N_("Permintaan diterima"),
        N_("Ada permintaan untuk laporan #%(id)s yang menunggu keputusan instansi Anda."),
        NoticeGroup.REQUESTS,
        Whom.DECIDER,
    ),
    NoticeKind.DECIDED: Notice(
        N_("Permintaan diputuskan"),
        N_("Permintaan instansi Anda untuk laporan #%(id)s sudah diputuskan."),
        NoticeGroup.REQUESTS,
        Whom.ASKER,
    ),
    NoticeKind.VOIDED: Notice(
        N_("Permintaan tidak berlaku"),
        N_("Permintaan instansi Anda untuk laporan #%(id)s tidak berlaku lagi."),
        NoticeGroup.REQUESTS,
        Whom.ASKER,
    ),
    NoticeKind.HOLD: Notice(
        N_("Laporan ditahan"), N_("Laporan #%(id)s ditahan."), NoticeGroup.STATES, Whom.HOLDER
    ),
    NoticeKind.RELEASE: Notice(
        N_("Penahanan dilepas"),
        N_("Penahanan laporan #%(id)s dilepas."),
        NoticeGroup.STATES,
        Whom.HOLDER,
    ),
    NoticeKind.EXTENSION: Notice(
        N_("Waktu diperpanjang"),
        N_("Waktu tindak lanjut laporan #%(id)s diperpanjang."),
        NoticeGroup.DEADLINES,
        Whom.HOLDER,
    ),
    NoticeKind.CLOSING: Notice(
        N_("Laporan ditutup"),
        N_("Laporan #%(id)s ditutup."),
        NoticeGroup.STATES,
        Whom.HOLDER,
    ),
    NoticeKind.CLOSES_TOMORROW: Notice(
        N_("Segera ditutup otomatis"),
        N_("Laporan #%(id)s segera ditutup otomatis bila tidak ada tanggapan pelapor."),
        NoticeGroup.DEADLINES,
        Whom.HOLDER,
    ),
    NoticeKind.REOPENING: Notice(
        N_("Laporan dibuka kembali"),
        N_("Laporan #%(id)s dibuka kembali dan menunggu tindak lanjut instansi Anda."),
        NoticeGroup.STATES,
        Whom.HOLDER,
    ),
    NoticeKind.DEADLINE_NEAR: Notice(
        N_("Tenggat sudah dekat"),
        N_("Tenggat laporan #%(id)s sudah dekat."),
        NoticeGroup.DEADLINES,
        Whom.HOLDER,
    ),
    NoticeKind.DEADLINE_MISSED: Notice(
        N_("Tenggat terlewati"),
        N_("Tenggat laporan #%(id)s sudah lewat."),
        NoticeGroup.DEADLINES,
        Whom.HOLDER,
    ),
    NoticeKind.ACCOUNT: Notice(
        N_("Akun"), N_("Data atau hak akun Anda diubah oleh admin."), NoticeGroup.ACCOUNT, Whom.NAMED
    ),
    NoticeKind.HANDOVER: Notice(
        N_("Serah terima"),
        N_("Laporan terbuka dari instansi yang dinonaktifkan atau digabung diserahkan ke instansi Anda."),
        NoticeGroup.ACCOUNT,
        Whom.NAMED,
    ),
}

REMINDERS = frozenset({NoticeKind.CLOSES_TOMORROW, NoticeKind.DEADLINE_NEAR, NoticeKind.DEADLINE_MISSED})
# What tells nothing of a report, so that it needs no look at the scope when it is read.
WITHOUT_CONTENT = tuple(kind for kind, notice in NOTICES.items() if not notice.content)

# By the event: in this order, so that nobody is told of one event twice. Moves say in their definitions
# what they tell.
MADE_BY: Mapping[EventKind, tuple[NoticeKind, ...]] = {
    **{each.event: each.tells for each in DEFINITIONS.values() if each.tells},
    EventKind.REQUESTED: (NoticeKind.REQUEST,),
    EventKind.REQUEST_ACCEPTED: (NoticeKind.DECIDED,),
    EventKind.REQUEST_REJECTED: (NoticeKind.DECIDED,),
    EventKind.REQUEST_VOIDED: (NoticeKind.VOIDED,),
}


@dataclass(frozen=True)
class Setting:
    """A group in the settings: its name, what is in it, and how it is mailed while nobody chose."""

    name: str
    hint: str
    mailing: Mailing


SETTINGS: Mapping[NoticeGroup, Setting] = {
    NoticeGroup.DISPOSITIONS: Setting(
        N_("Disposisi"), N_("Disposisi diterima, diubah, dan salinan"), Mailing.AT_ONCE
    ),
    NoticeGroup.REPORTER: Setting(
        N_("Tanggapan pelapor"), N_("Tanggapan dan kelengkapan dari pelapor"), Mailing.DAILY
    ),
    NoticeGroup.COMMENTS: Setting(N_("Komentar"), N_("Komentar di antara instansi"), Mailing.NEVER),
    NoticeGroup.REQUESTS: Setting(
        N_("Permintaan"), N_("Permintaan yang diterima, diputuskan, atau tidak berlaku lagi"), Mailing.AT_ONCE
    ),
    NoticeGroup.STATES: Setting(
        N_("Keadaan laporan"), N_("Laporan ditahan, dilepas, ditutup, atau dibuka kembali"), Mailing.NEVER
    ),
    NoticeGroup.DEADLINES: Setting(
        N_("Tenggat"), N_("Tenggat dekat atau terlewati, dan penutupan otomatis"), Mailing.DAILY
    ),
    NoticeGroup.ACCOUNT: Setting(
        N_("Akun dan instansi"), N_("Perubahan akun dan serah terima"), Mailing.DAILY
    ),
}

MAILINGS: Mapping[Mailing, str] = {
    Mailing.AT_ONCE: N_("Langsung"),
    Mailing.DAILY: N_("Ringkasan harian"),
    Mailing.NEVER: N_("Tidak"),
}
