"""What a text message to 1708 asks for. Read here, answered in services/channels/sms.py.

`LAPOR <isi>`, or an agency's keyword and the text, files a report; `ANONIM` and `RAHASIA`, one or both
between them, keep the reporter unknown and the report from the public. The reporter's commands name the
tracking number: `STATUS 26`, `BALAS 26 <isi>`, `TUTUP 26 <alasan>`, `BUKA 26 <alasan>`. `BERHENTI` ends
the messages to this phone, `MULAI` begins them again; help answers everything else. Source: the
working rules for SMS 1708.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Command(StrEnum):
    FILE = "file"
    STATUS = "status"
    REPLY = "reply"
    CLOSE = "close"
    REOPEN = "reopen"
    STOP = "stop"
    START = "start"
    HELP = "help"


class Answer(StrEnum):
    """What a message is answered with; the words are WORDS_OF_ANSWERS."""

    FILED = "filed"
    STATUS = "status"
    REPLIED = "replied"
    COMPLETED = "completed"
    CLOSED = "closed"
    REOPEN_ASKED = "reopen_asked"
    STOPPED = "stopped"
    STARTED = "started"
    HELP = "help"
    NO_KEYWORD = "no_keyword"
    TOO_LONG = "too_long"
    NOT_YOURS = "not_yours"
    NOT_NOW = "not_now"
    TOO_MANY = "too_many"
    NONE = "none"


# Short, plain, and of letters that every telephone has: a text message is 160 of them. %(id)s: the
# report's number, %(state)s: its state, %(agency)s: who handles it, %(limit)s: how long a report may be.
WORDS_OF_ANSWERS: Mapping[Answer, str] = {
    Answer.FILED: "Laporan tercatat dengan nomor #%(id)s, diverifikasi dalam 3 hari kerja. "
    "Cek: STATUS %(id)s.",
    Answer.STATUS: "Laporan #%(id)s: %(state)s. Ditangani %(agency)s.",
    Answer.REPLIED: "Tanggapan Anda untuk laporan #%(id)s sudah diteruskan.",
    Answer.COMPLETED: "Terima kasih. Laporan #%(id)s akan diverifikasi lagi.",
    Answer.CLOSED: "Laporan #%(id)s ditutup atas permintaan Anda. Terima kasih.",
    Answer.REOPEN_ASKED: "Permintaan membuka laporan #%(id)s sudah diteruskan.",
    Answer.STOPPED: "Anda tidak lagi menerima SMS dari LAPOR!. Kirim MULAI untuk menerimanya lagi.",
    Answer.STARTED: "Anda menerima lagi SMS dari LAPOR!. Kirim BERHENTI untuk menghentikannya.",
    Answer.HELP: "Kirim: LAPOR isi. Agar nama tidak tampil: LAPOR ANONIM isi. Tidak untuk publik: "
    "LAPOR RAHASIA isi. STATUS/TUTUP nomor; BALAS/BUKA nomor isi; BERHENTI.",
    Answer.NO_KEYWORD: "Laporan belum dicatat: kata pertama tidak dikenal. "
    "Awali dengan kata LAPOR, misalnya: LAPOR jalan berlubang di ...",
    Answer.TOO_LONG: "Pesan belum dicatat karena terlalu panjang. Paling banyak %(limit)s huruf.",
    Answer.NOT_YOURS: "Nomor laporan #%(id)s tidak ditemukan untuk nomor telepon ini.",
    Answer.NOT_NOW: "Laporan #%(id)s sedang %(state)s, sehingga permintaan itu tidak dapat dilakukan.",
    Answer.TOO_MANY: "Terlalu banyak pesan dari nomor ini. Coba lagi satu jam lagi.",
}
# What the receipt says besides: how the report is treated. TREATED_FIRST goes to a telephone's first report.
TREATED_FIRST = "Nomor HP tidak tampil. Agar nama juga tidak: LAPOR ANONIM isi."
TREATED: Mapping[tuple[bool, bool], str] = {  # anonymous, secret
    (False, False): "Nomor HP Anda tidak ditampilkan.",
    (True, False): "Anonim: nama dan nomor HP Anda tidak ditampilkan.",
    (False, True): "Rahasia: tidak ditampilkan kepada publik.",
    (True, True): "Anonim dan Rahasia: nama tidak tampil, laporan tidak untuk publik.",
}
HOURLY = 20  # messages of one telephone: a machine that answers ours must not go on for ever


# As people write them; the first one of each is told in the help.
WORDS: Mapping[str, Command] = {
    "LAPOR": Command.FILE,
    "LAPORKAN": Command.FILE,
    "STATUS": Command.STATUS,
    "CEK": Command.STATUS,
    "BALAS": Command.REPLY,
    "JAWAB": Command.REPLY,
    "TUTUP": Command.CLOSE,
    "SELESAI": Command.CLOSE,
    "BUKA": Command.REOPEN,
    "BERHENTI": Command.STOP,
    "STOP": Command.STOP,
    "MULAI": Command.START,
    "BANTUAN": Command.HELP,
    "HELP": Command.HELP,
    "INFO": Command.HELP,
}
NUMBERED = frozenset({Command.STATUS, Command.REPLY, Command.CLOSE, Command.REOPEN})
WORDED = frozenset(
    {Command.FILE, Command.REPLY, Command.REOPEN}
)  # asking for these without a word asks for help
ALONE = frozenset({Command.STOP, Command.START, Command.HELP})
NUMBER = re.compile(r"#?\s*(\d{1,18})(?!\d)[\s.,:;-]*", re.ASCII)
# How a report is asked to be treated, behind its first word, in any order: (anonymous, secret).
MARKS: Mapping[str, tuple[bool, bool]] = {
    "ANONIM": (True, False),
    "ANONYM": (True, False),
    "RAHASIA": (False, True),
}
# "rahasia umum bahwa …" is how a sentence begins. Whatever else follows, the report is protected.
NO_MARK = re.compile(
    r"RAHASIA\s+(?:UMUM|NEGARA|DAGANG|PERUSAHAAN|BANK|JABATAN|MEDIS|DAPUR|ALAM)\b", re.IGNORECASE
)
MARK = re.compile(r"(?:(?:DAN|&|\+|/)\s*)?([^\W\d_]+)[\s.,:;/&+-]*", re.IGNORECASE)
FIRST = re.compile(r"#?([^\W_]+)[\s#.,:;-]*")


@dataclass(frozen=True)
class SmsCommand:
    """keyword: the first word where it is no command: an agency's, or the beginning of anything.
    is_anonymous, is_secret: how a report that is filed shall be treated."""

    command: Command
    text: str = ""
    report_id: int | None = None
    keyword: str = ""
    is_anonymous: bool = False
    is_secret: bool = False


def read(body: str) -> SmsCommand:
    """What `body` asks for: HELP for whatever is no command; FILE with a keyword where it may be an agency's.

    Whether an agency has that keyword is the service's to find out.
    """
    words = body.strip()
    first = FIRST.match(words)
    if first is None:
        return SmsCommand(Command.HELP)
    word, rest = first[1].upper(), words[first.end() :].strip()
    command = WORDS.get(word)
    if command in ALONE and rest:
        command = None  # "Stop pungutan di sekolah kami" is the beginning of a complaint
    if command is None:
        return _filing(rest, word)
    if command in NUMBERED:
        number = NUMBER.match(rest)
        if number is None:
            return SmsCommand(Command.HELP)
        rest = rest[number.end() :].strip()
        if command in WORDED and not rest:
            return SmsCommand(Command.HELP)
        return SmsCommand(command, text=rest, report_id=int(number[1]))
    return _filing(rest) if command is Command.FILE else SmsCommand(command, text=rest)


def receipt(*, is_anonymous: bool, is_secret: bool, first: bool) -> str:
    """The words that a report was taken with, before its number is filled in.

    first: whether it is the telephone's first one; then they also tell how to stay unknown.
    """
    treated = TREATED[(is_anonymous, is_secret)]
    if first and not (is_anonymous or is_secret):
        treated = TREATED_FIRST
    return f"{WORDS_OF_ANSWERS[Answer.FILED]} {treated}"


def _filing(rest: str, keyword: str = "") -> SmsCommand:
    """A report whose text may begin with MARKS; HELP without a text behind them."""
    is_anonymous = is_secret = False
    while (mark := MARK.match(rest)) and mark[1].upper() in MARKS and not NO_MARK.match(rest):
        anonymous, secret = MARKS[mark[1].upper()]
        is_anonymous, is_secret = is_anonymous or anonymous, is_secret or secret
        rest = rest[mark.end() :]
    if not rest:
        return SmsCommand(Command.HELP)
    return SmsCommand(
        Command.FILE, text=rest, keyword=keyword, is_anonymous=is_anonymous, is_secret=is_secret
    )
