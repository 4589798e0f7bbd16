"""Who sits where, what a person's data must be, and what a password must be."""

from __future__ import annotations

from datetime import date

import pytest

from app.rules.accounts import passwords, people
from app.rules.accounts.people import fits
from app.rules.accounts.roles import GRANTS, Role
from app.rules.errors import Invalid

TODAY = date(2026, 8, 14)


@pytest.mark.parametrize(
    ("role", "root", "below"),
    [
        (Role.OFFICER, False, True),
        (Role.COORDINATOR, False, True),
        (Role.CENTRAL, True, False),
        (Role.SUPERVISOR, True, False),
        (Role.STATISTICIAN, True, True),
        (Role.REPORTER, False, False),
    ],
)
def test_each_role_has_its_place(role: Role, root: bool, below: bool) -> None:
    assert (fits(role, at_root=True), fits(role, at_root=False)) == (root, below)


def test_every_role_has_a_line_in_both_tables() -> None:
    assert set(people.PLACES) == set(GRANTS) == set(Role)


@pytest.mark.parametrize(
    ("giver", "offered"),
    [
        (Role.OFFICER, [Role.OFFICER]),
        (Role.COORDINATOR, [Role.OFFICER, Role.COORDINATOR]),
        (
            Role.CENTRAL,
            [Role.OFFICER, Role.COORDINATOR, Role.CENTRAL, Role.SUPERVISOR, Role.STATISTICIAN],
        ),
        (Role.SUPERVISOR, [Role.STATISTICIAN]),
        (Role.STATISTICIAN, []),
        (Role.REPORTER, []),
    ],
)
def test_who_gives_which_role(giver: Role, offered: list[Role]) -> None:
    assert people.offered(frozenset({giver.value})) == offered


@pytest.mark.parametrize("day", [None, date(1900, 1, 1), TODAY])
def test_a_birth_date_lies_between_1900_and_today(day: date | None) -> None:
    assert people.birth_date(day, TODAY) == day
    for wrong in (date(1899, 12, 31), date(2026, 8, 15)):
        with pytest.raises(Invalid):
            people.birth_date(wrong, TODAY)


@pytest.mark.parametrize("typed", ["", "  ", "ab", " a  b "[:4], "a "])
def test_a_search_among_citizens_needs_three_characters(typed: str) -> None:
    with pytest.raises(Invalid):
        people.sought(typed)
    assert people.sought(" a  b ") == people.PersonSought(people.SoughtBy.NAME, "a b")


@pytest.mark.parametrize(
    ("typed", "by", "words"),
    [
        ("Budi Santoso", people.SoughtBy.NAME, "Budi Santoso"),
        ("Budi 2", people.SoughtBy.NAME, "Budi 2"),
        (" Budi@Contoh.example.com", people.SoughtBy.EMAIL, "budi@contoh.example.com"),
        ("0812-0000-0071", people.SoughtBy.PHONE, "+6281200000071"),
        ("62 812 0000 0071", people.SoughtBy.PHONE, "+6281200000071"),
    ],
)
def test_what_is_typed_is_an_address_or_a_name(typed: str, by: people.SoughtBy, words: str) -> None:
    assert people.sought(typed) == people.PersonSought(by, words)


@pytest.mark.parametrize("typed", ["budi@", "@contoh", "budi@contoh", "0812", "+62812"])
def test_a_part_of_an_address_looks_for_nobody(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        people.sought(typed)
    assert list(refused.value.errors) == ["q"]


def test_addresses_are_masked() -> None:
    assert people.masked_email("budi@dinas.contoh.id") == "b•••@d•••.id"
    assert people.masked_email("abc@tanpa-email.invalid") == ""
    assert people.masked_email("") == people.masked_phone("") == ""
    assert people.masked_phone("+6281200000071") == "•••071"


def test_what_changed_is_named_field_by_field() -> None:
    before = {"phone": "+62811", "name": "Siti", "email": "a@x.id"}
    assert people.changed(before, {**before, "phone": "+62812", "email": "b@x.id"}) == ["phone", "email"]
    assert people.changed(before, dict(before)) == []


GOOD = ("kuda lepas dekat jembatan", "Tx9#vLq2!mRw", "payung-biru-tua-hanyut", "🦊 rubah kecil lompat")


@pytest.mark.parametrize("password", GOOD)
def test_a_long_password_is_taken_whatever_letters_it_has(password: str) -> None:
    assert passwords.check(password) == password


@pytest.mark.parametrize(
    "password",
    ["", "pendek", "a" * 11, "a" * 12, "123456789012", "password1234", "qwertyuiop12", "indonesia2026",
     "katasandi123", "lapor12345678", "Pemerintah123", "a" * 1_001, "kuda lepas\0dekat jembatan",
     "kuda lepas\ndekat jembatan"],
)  # fmt: skip
def test_what_is_short_or_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        passwords.check(password)
    assert list(refused.value.errors) == ["password"]


def test_what_others_know_of_somebody_is_no_password() -> None:
    about = ("Siti Aminah Rahmawati", "siti_aminah", "siti.rahmawati@contoh.example.com")
    for password in ("sitiaminahrahmawati", "siti.rahmawati1", "Rahmawati-1986"):
        with pytest.raises(Invalid):
            passwords.check(password, about)


def test_it_is_written_twice() -> None:
    assert passwords.twice(GOOD[0], GOOD[0]) == GOOD[0]
    with pytest.raises(Invalid) as refused:
        passwords.twice(GOOD[0], GOOD[1])
    assert list(refused.value.errors) == ["again"]
