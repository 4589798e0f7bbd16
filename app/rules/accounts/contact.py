"""E-mail and web addresses, telephone numbers and usernames as people type them, brought into one form."""

from __future__ import annotations

import re

import phonenumbers

from app.rules import text
from app.rules.errors import Invalid
from app.rules.labels import N_

EMAIL_MAX = 254
USERNAME_MIN, USERNAME_MAX = 3, 64
E164_MAX = 16  # "+" and 15 digits
REGION = "ID"  # a number without a country is Indonesian

EMAIL = re.compile(r"[\w.+%'-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
# Without "@": a username that is somebody else's e-mail would shut them out of their account.
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]*", re.ASCII)
# http and https alone: any other scheme could run a script where the address becomes a link.
WEBSITE = re.compile(r"https?://[^\s<>\"'/]+\.[^\s<>\"']+", re.ASCII)
# Plain digits and the marks between them: the library also reads other digits, letters and extensions.
PHONE = re.compile(r"\+?[0-9\s().\-]+", re.ASCII)
# Between an office's numbers, and what one of them is written with.
PHONES_APART = re.compile(r"[,;/]")
PHONE_WRITTEN = re.compile(r"\+?[0-9\s().\-]+(\s*ext\.?\s*[0-9]+)?", re.ASCII | re.IGNORECASE)
NUMBER_MAX = 20  # digits, with those of an extension
LONG_ENOUGH = frozenset(
    {phonenumbers.ValidationResult.IS_POSSIBLE, phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY}
)

# An account without an e-mail: the column wants one, and no letter ever goes there (RFC 2606).
NO_MAIL = "tanpa-email.invalid"

NO_EMAIL = N_("Tulis alamat email yang lengkap, misalnya nama@instansi.go.id.")
NO_PHONE = N_("Tulis nomor telepon yang lengkap, misalnya 081311122233 atau +6281311122233.")
NO_PHONES = N_("Tulis nomor telepon dengan kode wilayahnya, dipisah koma, misalnya (061) 6613317, 6624132.")
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
    """The number in E.164 form, "" if there is none; 0813… and 62813… are Indonesian. Raises Invalid.

    Its length must fit its country; prefixes are not looked up: operators get new ones.
    """
    typed = text.clean(value, field, limit=text.SHORT_MAX, required=False, lines=False)
    if not typed:
        return ""
    try:
        number = phonenumbers.parse(typed if PHONE.fullmatch(typed) else "", REGION)
    except phonenumbers.NumberParseException as error:
        raise Invalid({field: NO_PHONE}) from error
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise Invalid({field: NO_PHONE})
    kept = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if len(kept) > E164_MAX:
        raise Invalid({field: NO_PHONE})
    return str(kept)


def username(value: object, field: str) -> str:
    """The name in lower case, without what could be taken for an e-mail address."""
    name = text.clean(value, field, limit=text.SHORT_MAX, lines=False).lower()
    if not (USERNAME_MIN <= len(name) <= USERNAME_MAX and USERNAME.fullmatch(name)):
        raise Invalid({field: NO_USERNAME})
    return name


def phones(value: object, field: str) -> str:
    """An office's numbers as it writes them: "(061) 6613317, 6624132". Raises Invalid at `field`.

    Each must be as long as an Indonesian number may be, with its area code, without it, or a short one;
    a number of another country begins with "+".
    """
    written = text.clean(value, field, limit=text.SHORT_MAX, required=False, lines=False)
    parts = PHONES_APART.split(written) if written else []
    if not all(_reachable(part.strip()) for part in parts):
        raise Invalid({field: NO_PHONES})
    return written


def _reachable(part: str) -> bool:
    if not PHONE_WRITTEN.fullmatch(part):
        return False
    try:
        number = phonenumbers.parse(part, "ID")
    except phonenumbers.NumberParseException:
        return False
    if sum(char.isdigit() for char in part) > NUMBER_MAX:
        return False
    return phonenumbers.is_possible_number_with_reason(number) in LONG_ENOUGH or bool(
        phonenumbers.is_possible_short_number_for_region(number, "ID")
    )


def account_name(typed: str) -> str:
    """What somebody signs in with, as accounts have it: a telephone number in E.164 form, all else as it is."""
    if "@" in typed or not any(char.isdecimal() for char in typed):
        return typed
    try:
        return phone(typed, "username") or typed
    except Invalid:
        return typed


def is_reachable(address: str) -> bool:
    """Whether a letter can go to an account's address."""
    return bool(address) and not address.endswith(f"@{NO_MAIL}")
