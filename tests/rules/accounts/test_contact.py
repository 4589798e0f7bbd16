"""Addresses, numbers and usernames as people type them."""

from __future__ import annotations

import pytest

from app.rules.accounts import contact
from app.rules.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("nama@instansi.go.id", "nama@instansi.go.id"),
        ("  Nama@Instansi.GO.ID ", "nama@instansi.go.id"),
        ("john_doe+lapor@lapor.go.id", "john_doe+lapor@lapor.go.id"),
    ],
)
def test_an_email_is_kept_in_lower_case(typed: str, kept: str) -> None:
    assert contact.email(typed, "email") == kept


@pytest.mark.parametrize(
    "typed",
    ["nama", "nama@", "@instansi.go.id", "nama@instansi", "a b@c.id", "a@b@c.id", "a@b..id", "nama@instansi.go.id,b@c.id",
     "nama@instansi.go.id\nbcc: x@y.id", "n\u0430ma@instansi.go.id", "<a@b.id>", "a\0@b.id", "x" * 250 + "@b.id"],
)  # fmt: skip
def test_what_is_no_email_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        contact.email(typed, "email")
    assert list(refused.value.errors) == ["email"]


def test_an_email_may_be_left_out_where_it_is_not_required() -> None:
    assert contact.email(" ", "email", required=False) == ""
    with pytest.raises(Invalid):
        contact.email(" ", "email")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("081311122233", "+6281311122233"),
        ("6281311122233", "+6281311122233"),
        ("+62 813-1112-2233", "+6281311122233"),
        ("(0813) 111.222.33", "+6281311122233"),
        ("0811-1122-233", "+628111122233"),
        ("(061) 6613317", "+62616613317"),
        ("+6581234567", "+6581234567"),
        ("", ""),
    ],
)
def test_a_number_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert contact.phone(typed, "phone") == kept


@pytest.mark.parametrize(
    "typed",
    [
        "0813",
        "0813a1112223",
        "0" * 20,
        "++62813111222",
        "+658123456",
        "08131112223344556",
        "0813 1112 2233 ext 5",
        "0813-CALL-NOW",
        "٠٨١٣١١١٢٢٢٣",
        "08131112\0",
        "+",
    ],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        contact.phone(typed, "phone")


@pytest.mark.parametrize(
    ("typed", "kept"), [("john_doe", "john_doe"), (" Siti.A-1 ", "siti.a-1"), ("abc", "abc")]
)
def test_a_username_is_kept_in_lower_case(typed: str, kept: str) -> None:
    assert contact.username(typed, "username") == kept


@pytest.mark.parametrize(
    "typed", ["ab", "a" * 65, "a@b.id", "siti aminah", "_siti", "sitі", "a/b", "a\0bc", ""]
)
def test_a_username_is_never_an_address_or_a_path(typed: str) -> None:
    with pytest.raises(Invalid):
        contact.username(typed, "username")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("instansi.go.id", "https://instansi.go.id"),
        ("http://instansi.go.id/pengaduan?x=1", "http://instansi.go.id/pengaduan?x=1"),
        ("", ""),
    ],
)
def test_a_website_has_its_scheme(typed: str, kept: str) -> None:
    assert contact.website(typed, "website") == kept


@pytest.mark.parametrize(
    "typed",
    ["javascript://x.id/%0aalert(1)", "data://x.y", "ftp://x.id", "https://", "instansi", "https://a b.id", 'x.id"onclick=', "<x.id>",
     "https:///x.id"],
)  # fmt: skip
def test_a_website_is_nothing_that_could_run(typed: str) -> None:
    with pytest.raises(Invalid):
        contact.website(typed, "website")


def test_a_script_without_its_slashes_becomes_a_harmless_address() -> None:
    assert contact.website("javascript:alert.x", "website") == "https://javascript:alert.x"


@pytest.mark.parametrize(
    "typed",
    ["", "(061) 6613317, 6624132", "021-500567; 110", "+65 6123 4567", "021 1234567 ext. 12", "110"],
)
def test_an_office_has_its_numbers_as_it_writes_them(typed: str) -> None:
    assert contact.phones(typed, "phones") == typed


@pytest.mark.parametrize(
    "typed",
    ["tanya resepsionis", "021 1234567,", "()", "1", "+999 1", "021 12345678901 ext 123456789", "0" * 21],
)
def test_what_is_no_number_of_an_office_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        contact.phones(typed, "phones")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0812 3456 7890", "+6281234567890"),
        ("0812@contoh.example.com", "0812@contoh.example.com"),
        ("petugas", "petugas"),
        ("petugas1", "petugas1"),
        ("", ""),
    ],
)
def test_somebody_signs_in_with_a_number_as_they_type_it(typed: str, kept: str) -> None:
    assert contact.account_name(typed) == kept


def test_a_letter_goes_to_no_address_that_was_made_up() -> None:
    assert contact.is_reachable("nama@contoh.example.com")
    assert not contact.is_reachable("")
    assert not contact.is_reachable(f"nama@{contact.NO_MAIL}")
