"""Pengaturan Sistem: few, bounded, at once effective, written down."""

from __future__ import annotations

import pytest
from flask import Flask

from app.access.system.settings import chosen
from app.extensions import db, present_settings, transaction
from app.models import AuditEntry, SystemSetting
from app.rules.system.settings import RUNTIME
from app.views.attachments.upload_fields import limits
from tests.support.manage import SignIn, Writes
from tests.support.world import World

URL = "/pengaturan/sistem/"
GOOD = {"attachment_max_mb": "7", "attachments_max_count": "3", "first_password": "mail"}


def present(app: Flask) -> dict[str, object]:
    with app.app_context():
        settings = present_settings(db.session())
        return {name: getattr(settings, name) for name in RUNTIME}


def test_what_is_set_holds_at_once_and_is_written_down(app: Flask, sign_in: SignIn) -> None:
    pusat, before = sign_in("pusat"), present(app)
    page = pusat.get(URL).get_data(as_text=True)
    assert f'value="{before["attachment_max_mb"]}"' in page
    assert pusat.post(URL, GOOD).status_code == 303
    assert present(app) == {"attachment_max_mb": 7, "attachments_max_count": 3, "first_password": "mail"}
    with app.app_context():
        assert limits() == (7 * 1024 * 1024, 3)
        entry = db.session.query(AuditEntry).one()
        assert (entry.action, entry.data["before"]) == ("setting.changed", before)
    assert pusat.post(URL, GOOD).status_code == 303  # nothing new: nothing is noted
    with app.app_context():
        assert db.session.query(AuditEntry).count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"attachment_max_mb": "0"}, "attachment_max_mb"),
        ({"attachment_max_mb": "51"}, "attachment_max_mb"),
        ({"attachment_max_mb": "1e1"}, "attachment_max_mb"),
        ({"attachment_max_mb": ""}, "attachment_max_mb"),
        ({"attachments_max_count": "-1"}, "attachments_max_count"),
        ({"attachments_max_count": "٣"}, "attachments_max_count"),
        ({"attachment_max_mb": "50", "attachments_max_count": "2"}, "attachments_max_count"),
        ({"first_password": "none"}, "first_password"),
        ({"first_password": ""}, "first_password"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    app: Flask, sign_in: SignIn, change: dict[str, str], field: str
) -> None:
    before = present(app)
    answer = sign_in("pusat").post(URL, {**GOOD, **change})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.get_data(as_text=True)
    assert present(app) == before


def test_nobody_else_sets_anything_and_no_other_setting_can_be_set(
    app: Flask, sign_in: SignIn, world: World
) -> None:
    before = present(app)
    people = [sign_in(name) for name in ("a", "supervisor", "warga")]
    with Writes(app) as writes:
        for person in people:
            assert person.get(URL).status_code == 403
            assert person.post(URL, GOOD).status_code == 403
    assert writes.found == []
    assert sign_in("pusat").post(URL, {**GOOD, "secret_key": "x", "production": "0"}).status_code == 303
    with app.app_context():
        assert set(chosen(db.session())) <= RUNTIME.keys()
        with transaction() as session:  # what another version wrote, or a hand in the database
            session.merge(SystemSetting(name="secret_key", value="x"))
            session.merge(SystemSetting(name="attachment_max_mb", value="9999"))
    assert present(app)["attachment_max_mb"] == before["attachment_max_mb"]
