"""What a password must be: long, and nothing that a guesser tries first. No rules about kinds of letters."""

from __future__ import annotations

import re
from collections.abc import Collection

from zxcvbn import zxcvbn

from app.rules.errors import Invalid
from app.rules.labels import N_, Filled

LEAST, MOST = 12, 1_000  # characters
SCORE_LEAST = 3  # of 4: safe against a thief of the hashes who guesses for days
JUDGED = 72  # characters that are looked at: judging takes ever longer, and these decide
PARTS = re.compile(r"[\W_]+")
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
    known = [form for word in about for form in _forms(word) if form]
    judged = zxcvbn(password[:JUDGED], user_inputs=[*known, *LOCAL_WORDS])
    if judged["score"] < SCORE_LEAST:
        raise Invalid({field: GUESSABLE})
    return password


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
