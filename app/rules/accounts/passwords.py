"""What a password must be: long, and nothing that a guesser tries first. No rules about kinds of letters."""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Iterator

from zxcvbn import zxcvbn
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from app.rules.errors import Invalid
from app.rules.labels import N_, Filled

LEAST, MOST = 12, 1_000  # characters
SCORE_LEAST = 3  # of 4: safe against a thief of the hashes who guesses for days
JUDGED = 72  # characters that are looked at: judging takes ever longer, and these decide
PARTS = re.compile(r"[\W_]+")
# The passwords that were found most often in stolen lists, the commonest first; the library ships them.
BREACHED = frozenset(word.casefold() for word in FREQUENCY_LISTS["passwords"])
PART_LEAST = 3  # characters of a breached password that counts as a part of a longer one
EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")
ADDED = string.digits + string.punctuation + " "
# What people here write first; the library's own lists are English.
LOCAL_WORDS = (
    "lapor", "indonesia", "nusantara", "pancasila", "merdeka", "garuda", "rahasia", "sandi", "katasandi",
    "kata", "pejabat", "penghubung", "admin", "instansi", "pemerintah", "dinas", "kantor", "kabupaten",
    "provinsi", "jakarta", "bandung", "surabaya", "medan", "bismillah", "alhamdulillah", "sayang", "cinta",
    "keluarga", "januari", "februari", "maret", "april", "juni", "juli", "agustus", "september", "oktober",
    "november", "desember", "selamat", "datang", "semangat", "masuk",
)  # fmt: skip

SHORT = N_("Kata sandi terlalu pendek: gunakan paling sedikit %(least)s karakter.")
LONG = N_("Kata sandi terlalu panjang: paling banyak %(most)s karakter.")
GUESSABLE = N_(
    "Kata sandi ini mudah ditebak. Gunakan yang lebih panjang, misalnya empat kata yang tidak berhubungan."
)
KNOWN = N_(
    "Kata sandi ini mudah ditebak: bagiannya ada dalam daftar kata sandi yang pernah bocor. Pilih yang lain, misalnya empat kata yang tidak berhubungan."
)
DIFFERENT = N_("Kedua kata sandi tidak sama. Tulis lagi keduanya.")
UNCHANGED = N_("Kata sandi baru harus lain dari yang sekarang.")
STORABLE = N_("Kata sandi berisi karakter yang tidak dapat dipakai. Pilih yang lain.")


def check(password: str, about: Collection[str] = (), field: str = "password") -> str:
    """`password`, if it is fit. `about`: words that others know of its owner. Raises Invalid at `field`."""
    if len(password) < LEAST:
        raise Invalid({field: Filled(SHORT, least=LEAST)})
    if len(password) > MOST:
        raise Invalid({field: Filled(LONG, most=MOST)})
    if "\0" in password or not password.isprintable():
        raise Invalid({field: STORABLE})
    if breached(password):
        raise Invalid({field: KNOWN})
    known = [form for word in about for form in _forms(word) if form]
    judged = zxcvbn(password[:JUDGED], user_inputs=[*known, *LOCAL_WORDS])
    if judged["score"] < SCORE_LEAST:
        raise Invalid({field: GUESSABLE})
    return password


def breached(password: str) -> bool:
    """Whether it is one of the commonest stolen passwords, however capitalised, with digits or marks added
    before or after it, or two of them one after the other."""
    whole = password.casefold()[:JUDGED]
    joined = "".join(PARTS.split(whole))
    if any(form in BREACHED for text in (whole, joined) for form in _within(text)):
        return True
    return any(
        form[:cut] in BREACHED and form[cut:] in BREACHED
        for form in {whole, joined, EDGES.sub("", whole), EDGES.sub("", joined)}
        for cut in range(PART_LEAST, len(form) - PART_LEAST + 1)
    )


def _within(text: str) -> Iterator[str]:
    """`text` without some of the digits and marks at its beginning and its end."""
    before = len(text) - len(text.lstrip(ADDED))
    after = len(text) - len(text.rstrip(ADDED))
    for start in range(before + 1):
        for end in range(max(start, len(text) - after), len(text) + 1):
            yield text[start:end]


def twice(password: str, again: str, about: Collection[str] = ()) -> str:
    """`password`, if it is fit and was written twice alike. Raises Invalid at "password" or "again"."""
    check(password, about)
    if again != password:
        raise Invalid({"again": DIFFERENT})
    return password


def _forms(word: str) -> list[str]:
    """A name, username or e-mail as a guesser would try it: whole, before its @, in parts, and run together."""
    parts = PARTS.split(word)
    return [word, word.partition("@")[0], *parts, "".join(parts)]
