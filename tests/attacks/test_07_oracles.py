"""No form tells without limit whether an account has an address, a username or a telephone.

The walk covers every form field in which one of them is typed: a new one is added to FIELDS with what keeps it
quiet, or the test fails.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from flask import Flask

import app as package
from app.services.system import attempt_counts
from tests.support.accounts import said
from tests.support.http import Person
from tests.support.mail import letters_to
from tests.support.manage import USERS, SignIn, account_form, account_row, user_id
from tests.support.world import PASSWORD

VIEWS = Path(package.__file__).parent / "views"
NAMES = frozenset({"email", "username", "phone", "address", "q"})
TAKEN, FREE = "b1@contoh.example.com", "tidak-ada@contoh.example.com"

# "module.Form.field": what keeps it quiet.
FIELDS: Mapping[str, str] = {
    "own_account.EmailForm.email": "test_ones_own_new_email_tells_nothing",
    "own_account.PhoneForm.phone": "no two accounts must differ in it; a name is told after the code alone",
    "users.AccountForm.username": "test_a_manager_is_told_so_a_few_times",
    "users.AccountForm.email": "test_a_manager_is_told_so_a_few_times",
    "users.AccountForm.phone": "no two accounts must differ in it",
    "sign_in.SignInForm.username": "one answer for every name, counted: services/accounts/sign_in.py",
    "mailed_links.AskForm.username": "one answer for every name, counted",
    "joining.JoinForm.address": "one answer; the letter tells its owner",
    "secret_link.AgainForm.address": "one answer, counted: no letter leaves for what does not fit",
    "filing.FilingForm.address": "a code goes to it, whoever has it",
    "agencies.AgencyForm.email": "of an agency, no account's",
    "agencies.AgencyForm.phone": "of an agency, no account's",
    "agencies.AgencyForm.address": "where an agency is",
    "promoting.PromotionForm.q": "a search of its own rules and limits: services/accounts/promoting.py",
}


def typed_fields() -> set[str]:
    found = set()
    for path in VIEWS.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.ClassDef):
                continue
            for line in node.body:
                if isinstance(line, ast.Assign) and "Field(" in ast.unparse(line.value):
                    found |= {
                        f"{path.stem}.{node.name}.{target.id}"
                        for target in line.targets
                        if isinstance(target, ast.Name) and target.id in NAMES
                    }
    return found


def test_every_field_in_which_a_name_is_typed_is_walked() -> None:
    fields = {name for name in typed_fields() if not name.startswith(("search", "messages", "recording"))}
    assert fields == set(FIELDS), (
        "say in FIELDS what keeps a new field from telling whether an account exists"
    )


def test_ones_own_new_email_tells_nothing(app: Flask, sign_in: SignIn) -> None:
    own = sign_in("a1")
    told = []
    for address in (TAKEN, FREE):
        answer = own.send("/akun/email/", {"email": address, "current": PASSWORD})
        told.append((answer.status_code, answer.location, said(own.get("/akun/")).replace(address, "X")))
    assert told[0] == told[1]


def test_the_owner_of_a_taken_address_is_told(app: Flask, sign_in: SignIn) -> None:
    assert sign_in("a1").send("/akun/email/", {"email": TAKEN, "current": PASSWORD}).status_code == 303
    (letter,) = letters_to(app, TAKEN)
    assert letter["Subject"] == "Alamat email ini sudah dipakai"


def test_ones_own_new_email_is_counted_by_person_and_by_place(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(person: Person, number: int) -> int:
        form = {"email": f"orang{number}@contoh.example.com", "current": PASSWORD}
        return person.send("/akun/email/", form).status_code

    own = sign_in("a1")
    for number in range(attempt_counts.OWN_EMAIL.number):
        assert asked(own, number) == 303
    assert asked(own, 99) == 422
    # Many accounts from one place are one place.
    limit = attempt_counts.AttemptLimit(
        attempt_counts.OWN_EMAIL_PLACE.name,
        attempt_counts.OWN_EMAIL.number + 2,
        attempt_counts.OWN_EMAIL_PLACE.time,
    )
    monkeypatch.setattr(attempt_counts, "OWN_EMAIL_PLACE", limit)
    other = sign_in("a1b")
    assert asked(other, 1) == 303 or asked(other, 2) == 429
    assert asked(other, 3) == 429


Guess = Callable[[str], dict[str, object]]


@pytest.mark.parametrize("field", ["email", "username"])
def test_a_manager_is_told_so_a_few_times(app: Flask, sign_in: SignIn, field: str) -> None:
    taken = {"email": TAKEN, "username": "akun-b1"}[field]
    guesser = sign_in("a")
    for number in range(attempt_counts.TAKEN_PERSON.number):
        # Each with something that would be refused at any rate: nothing is entered by guessing.
        form = {
            **account_form(username=f"baru{number}", email=f"baru{number}@contoh.example.com"),
            field: taken,
        }
        answer = guesser.post(f"{USERS}tambah", form)
        assert answer.status_code == 422
        assert "sudah dipakai" in said(answer)
    answers = []
    for name in (taken, {"email": FREE, "username": "tidak-ada"}[field]):
        form = {**account_form(username="baru", email="baru@contoh.example.com"), field: name}
        answer = guesser.post(f"{USERS}tambah", form)
        assert answer.status_code == 422
        assert "Terlalu banyak percobaan dengan username atau email yang sudah dipakai" in said(answer)
        assert f'value="{name}"' in answer.get_data(as_text=True)  # nothing typed is lost
        answers.append(answer.get_data(as_text=True).count("field--wrong"))
    assert answers == [0, 0]
    # UBAH asks the same.
    key = user_id(app, "a1")
    before = account_row(app, key)
    form = account_form(name="Petugas A1", username="akun-b1", agency=before["agency_id"])
    answer = guesser.post(f"{USERS}{key}/ubah", form)
    assert answer.status_code == 422
    assert "Terlalu banyak percobaan" in said(answer)
    # What asks no name is not held up, and neither is anybody else.
    form = account_form(name="Nama Baru", username="akun-a1", agency=before["agency_id"])
    assert guesser.post(f"{USERS}{key}/ubah", form).status_code == 303
    assert sign_in("b").post(f"{USERS}tambah", account_form()).status_code == 303


def test_many_managers_at_one_place_are_one_place(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = attempt_counts.AttemptLimit(attempt_counts.TAKEN_PLACE.name, 4, attempt_counts.TAKEN_PLACE.time)
    monkeypatch.setattr(attempt_counts, "TAKEN_PLACE", limit)
    for name in ("a", "b"):
        for _ in range(2):
            assert "sudah dipakai" in said(
                sign_in(name).post(f"{USERS}tambah", account_form(email="pusat@contoh.example.com"))
            )
    answer = sign_in("pusat").post(f"{USERS}tambah", account_form())
    assert answer.status_code == 422
    assert "Terlalu banyak percobaan" in said(answer)
