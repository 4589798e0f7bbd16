"""E-mail and web addresses, telephone numbers and usernames as people type them, brought into one form."""

from __future__ import annotations

import re

from app.rules import text
from app.rules.errors import Invalid
from app.rules.labels import N_

EMAIL_MAX = 254
USERNAME_MIN, USERNAME_MAX = 3, 64
DIGITS_MIN, DIGITS_MAX = 8, 15  # E.164 ends at 15
COUNTRY = "62"

EMAIL = re.compile(r"[\w.+%'-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
# Without "@": a username that is somebody else's e-mail would shut them out of their account.
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]*", re.ASCII)
# http and https alone: any other scheme could run a script where the address becomes a link.
WEBSITE = re.compile(r"https?://[^\s<>\"'/]+\.[^\s<>\"']+", re.ASCII)
PHONE_MARKS = re.compile(r"[\s().\-]")

NO_EMAIL = N_("Tulis alamat email yang lengkap, misalnya nama@instansi.go.id.")
NO_PHONE = N_("Tulis nomor telepon dengan 8 sampai 15 angka, misalnya 081311122233.")
NO_WEBSITE = N_("Tulis alamat situs yang lengkap, misalnya https://instansi.go.id.")
NO_USERNAME = N_("Gunakan 3 sampai 64 huruf kecil, angka, titik, garis bawah, atau tanda hubung.")


def email(value: object, field: str, *, required: bool = True) -> str:
    """The address in lower case. Raises Invalid at `field`."""
    address = text.clean(value, field, limit=EMAIL_MAX, required=required, lines=False).lower()
    if address and not EMAIL.fullmatch(address):
        raise Invalid({field: NO_EMAIL})
    return address


def website(value: object, field: str) -> str:
    """The address with its scheme, "" if there is none; https is added where it is missing."""
    address = text.clean(value, field, limit=text.SHORT_MAX, required=False, lines=False)
    if address and "://" not in address:
        address = f"https://{address}"
    if address and not (len(address) <= text.SHORT_MAX and WEBSITE.fullmatch(address)):
        raise Invalid({field: NO_WEBSITE})
    return address


def phone(value: object, field: str) -> str:
    """The number in E.164 form, "" if there is none; 0813… and 62813… are Indonesian."""
    number = PHONE_MARKS.sub("", text.clean(value, field, limit=text.SHORT_MAX, required=False, lines=False))
    if not number:
        return ""
    digits = number.removeprefix("+")
    if not number.startswith("+") and digits.startswith("0"):
        digits = COUNTRY + digits.removeprefix("0")
    if not (digits.isascii() and digits.isdecimal() and DIGITS_MIN <= len(digits) <= DIGITS_MAX):
        raise Invalid({field: NO_PHONE})
    return f"+{digits}"


def username(value: object, field: str) -> str:
    """The name in lower case, without what could be taken for an e-mail address."""
    name = text.clean(value, field, limit=text.SHORT_MAX, lines=False).lower()
    if not (USERNAME_MIN <= len(name) <= USERNAME_MAX and USERNAME.fullmatch(name)):
        raise Invalid({field: NO_USERNAME})
    return name


def account_name(typed: str) -> str:
    """What somebody signs in with, as accounts have it: a telephone number in E.164 form, all else as it is."""
    if "@" in typed or not any(char.isdecimal() for char in typed):
        return typed
    try:
        return phone(typed, "username") or typed
    except Invalid:
        return typed
