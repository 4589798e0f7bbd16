"""Whoever becomes an officer keeps what they filed as a citizen, and has no office towards it.

JADIKAN ADMIN once took a citizen's own reports away (403), and an officer could handle what they had
filed themselves. The walks go over every act of a reporter, every address of the desk and every
operation of the API.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from app.access.figures.statistics import listed
from app.access.inbox import notifications
from app.access.reports.former import former_holdings
from app.access.scope import counts, reports_of, worklist
from app.access.standing import chains, standing
from app.extensions import db, transaction
from app.models import Event, FollowUp, Notification, Report, Reporter
from app.rules.accounts.roles import Resource, Role
from app.rules.channels.api import ClientKind, Scope
from app.rules.channels.sms import Answer
from app.rules.errors import NotFound
from app.rules.inbox.notifications import NoticeGroup
from app.rules.reports.actions import OWN_ACTS
from app.rules.reports.tabs import Order, Reach, Tab
from app.rules.reports.workflow import Action, Who
from app.search.find import SearchOrder as Sorting
from app.search.find import find, understood
from app.services.channels import sms
from app.services.channels.sms import Incoming
from app.services.inbox.digests import late_of
from app.services.reports import handling
from app.services.reports.locked_report import Form
from tests.support.accounts import change
from tests.support.api import Program, give_token, make_client
from tests.support.api_routes import OPERATIONS
from tests.support.citizen import send_report
from tests.support.hats import HATS, OFFICES, give_office, wear
from tests.support.http import Person
from tests.support.manage import USERS, account_form, account_row, user_id
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
ABSENT = 987_654
NOT_THE_DESKS = (Resource.OWN_REPORTS.value,)


@pytest.fixture
def scene(app: Flask, world: World) -> Play:
    return Play(world, datetime.now(UTC) - timedelta(days=5))


def put_off(play: Play) -> int:
    number = play.file()
    play.ask_details(number)
    return number


def closed(play: Play) -> int:
    number = play.in_progress("a")
    play.close_own(number)
    return number


def archived(play: Play) -> int:
    number = play.file()
    play.archive(number)
    return number


# A report on which each act of a reporter has its place. A new act is given one here.
SCENES: Mapping[str, Callable[[Play], int]] = {
    "lengkapi": put_off,
    "tanggapan": lambda play: play.in_progress("a"),
    "buka": closed,
    "buka-arsip": archived,
    "tutup": lambda play: play.in_progress("a"),
    "tarik": lambda play: play.file(),
}


def test_every_act_of_a_reporter_is_walked() -> None:
    assert set(SCENES) == set(OWN_ACTS)


@pytest.mark.parametrize("hat", HATS)
def test_every_own_page_and_act_is_there_whatever_one_is_besides(
    app: Flask, scene: Play, sign_in: SignIn, hat: str
) -> None:
    with app.app_context():
        numbers = {slug: make(scene) for slug, make in SCENES.items()}
        rated, with_file = closed(scene), scene.in_progress("a")
        file = scene.answer_with_file(with_file, by="a")
        strangers = scene.verified("a", by="warga2")
    wear(app, hat)
    person = sign_in("warga")
    assert person.get("/laporan-saya/").get_data(as_text=True).count("<article") == len(numbers) + 2
    for page in ("", "pdf/", f"lampiran/{file}"):
        assert person.get(f"/laporan-saya/{with_file}/{page}").status_code == 200, page
        assert person.get(f"/laporan-saya/{strangers}/{page}").status_code == 404, page
    assert person.send("/laporan-saya/kabar/", {}).status_code == 303
    for slug, number in numbers.items():
        page = f"/laporan-saya/{number}/{slug}/"
        assert person.send(page, {"text_or_file": "Keterangan saya."}).status_code == 303, slug
        with app.app_context():
            last = db.session.scalars(
                select(Event).where(Event.report_id == number).order_by(Event.seq.desc()).limit(1)
            ).one()
            assert last.agency_id is None, "no office stands beside what a reporter does"
    stars = {"solved": "ya", "stars": "4", "text_or_file": ""}
    assert person.send(f"/laporan-saya/{rated}/nilai/", stars).status_code == 303
    assert send_report(person).status_code == 303
    assert person.get("/laporan-saya/").get_data(as_text=True).count("<article") == len(numbers) + 3
    if hat in OFFICES:  # and Panel Admin leads to the work from here too
        page = person.get("/laporan-saya/").get_data(as_text=True)
        assert 'href="/laporan-saya/">Panel Admin' not in page
    # The way there stands in the menu of the account.
    assert 'href="/laporan-saya/"' in person.get("/akun/").get_data(as_text=True)


@pytest.mark.parametrize("hat", HATS)
def test_apps_keep_their_ways_to_own_reports(app: Flask, scene: Play, hat: str) -> None:
    with app.app_context():
        progress, done = scene.in_progress("a"), closed(scene)
        file = scene.answer_with_file(progress, by="a")
    token = give_token(app, make_client(app, ClientKind.ANDROID)[0], "warga")
    wear(app, hat)
    if hat == "removed":  # whose sessions and tokens ended with the office
        token = give_token(app, make_client(app, ClientKind.ANDROID)[0], "warga")
    program = Program(app, token)
    mine = {name: each for name, each in OPERATIONS.items() if each.scopes and _is_citizens(each.scopes)}
    assert {"list_own_reports", "file_report", "act_on_own_report", "rate_own_report"} <= set(mine)
    for name, operation in mine.items():
        number = done if name == "rate_own_report" else progress
        path = operation.path.format(progress=number, own_file=file)
        answer = (
            program.get(path) if operation.method == "GET" else program.post(path, dict(operation.body or {}))
        )
        assert answer.status_code in (200, 201), (name, answer.json)
    sent = program.call(
        "POST",
        f"/files?report={progress}",
        data={"files": (io.BytesIO(b"denah"), "denah.txt")},
        content_type="multipart/form-data",
    )
    refused = sent.status_code == 422 and "denah.txt" in str(sent.json)
    assert refused, "a citizen's kinds of files, not an officer's"


def _is_citizens(scopes: tuple[Scope, ...]) -> bool:
    return (
        Scope.DESK_ACT not in scopes
        and Scope.DESK_READ not in scopes
        and scopes[0]
        in (
            Scope.FILE,
            Scope.OWN_READ,
            Scope.OWN_ACT,
        )
    )


def _desk_rules(app: Flask) -> list[Rule]:
    """Every address of the desk that names a report."""
    found = []
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        owner = getattr(view, "__self__", None) or getattr(
            getattr(view, "__wrapped__", None), "__self__", None
        )
        blueprint = rule.endpoint.split(".")[0]
        names = [name for name in rule.arguments if name in ("report_id", "number")]
        if not names or blueprint in (
            "OwnReports",
            "OwnReportPdf",
            "PublicReports",
            "Remarks",
            "api",
            "Open311",
            "Mailbox",  # numbers of letters
        ):
            continue
        assert owner is None or owner.class_permission_name not in NOT_THE_DESKS, rule
        found.append(rule)
    return found


@pytest.mark.parametrize("hat", OFFICES)
def test_to_every_address_of_the_desk_the_own_report_is_absent(
    app: Flask, scene: Play, sign_in: SignIn, hat: str
) -> None:
    with app.app_context():
        numbers = [put_off(scene), scene.file(), scene.in_progress("a"), closed(scene), archived(scene)]
        scene.ask(numbers[2], by="a", action=Action.HOLD)
    wear(app, hat)
    person = sign_in("warga")
    token = person.token()
    rules = _desk_rules(app)
    assert len(rules) > 8
    for rule in rules:
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            answers = []
            for number in (*numbers, ABSENT):
                values: dict[str, Any] = dict.fromkeys(rule.arguments, "1")
                values |= {name: number for name in rule.arguments if name in ("report_id", "number")}
                if "slug" in values:
                    values["slug"] = "tutup"
                with app.test_request_context():
                    url = app.url_map.bind("localhost").build(rule.endpoint, values)
                answer = person.client.open(
                    url, method=method, data={"csrf_token": token} if method == "POST" else None
                )
                answers.append(answer.status_code)
            assert len(set(answers)) == 1, (rule.rule, method, answers)
            assert answers[0] in (403, 404), (rule.rule, method, answers)


@pytest.mark.parametrize("hat", OFFICES)
def test_every_move_by_the_api_is_refused(app: Flask, scene: Play, hat: str) -> None:
    with app.app_context():
        number = scene.in_progress("a")
        request = scene.ask(number, by="a", action=Action.HOLD)
    wear(app, hat)
    program = Program(app, give_token(app, make_client(app, ClientKind.ANDROID)[0], "warga"))
    for action in Action:
        body = {"action": action.value, "version": 99, "text": "Isi.", "reason": "Isi.", "note": "Isi."}
        assert program.post(f"/reports/{number}/moves", body).status_code in (403, 404, 422), action
    for path in (f"/reports/{number}", f"/reports/{number}/files/1"):
        assert program.get(path).status_code in (403, 404), path
    decision = {"decision": "accept", "answer": ""}
    assert program.post(f"/reports/{number}/requests/{request}/decision", decision).status_code in (403, 404)
    for tab in Tab:
        answer = program.get(f"/worklists/{tab.value}?reach=below&limit=100")
        listed_numbers = [each["number"] for each in (answer.json or {}).get("items", [])]
        assert number not in listed_numbers, tab
    with app.app_context(), transaction() as session:
        report = session.get_one(Report, number)
        assert session.scalar(select(func.count()).where(FollowUp.report_id == number)) == 1
        actor = scene.world.actor(session, "warga")
        here = standing(actor, report, chains(session, [number])[number]).whos
        assert here <= {Who.REPORTER, Who.READER}
        for do in (handling.follow_up, handling.comment):
            with pytest.raises(NotFound):
                do(session, actor, Form(number, report.version), "Isi.", scene.now)


@pytest.mark.parametrize("hat", OFFICES)
def test_no_list_of_the_desk_holds_what_one_filed(app: Flask, scene: Play, hat: str) -> None:
    with app.app_context():
        mine = [put_off(scene), scene.file(), scene.in_progress("a"), closed(scene), archived(scene)]
        scene.ask(mine[2], by="a", action=Action.HOLD)
        left = scene.verified("b")
        scene.accept(scene.ask(left, by="b", action=Action.HAND_BACK, suggest="a"), by="pusat", to="a")
        others = [scene.in_progress("a", by="warga2"), scene.file(by="warga2")]
    wear(app, hat)
    with app.app_context(), transaction() as session:
        actor = scene.world.actor(session, "warga")
        seen = {report.id for report in session.scalars(reports_of(actor))}
        assert not seen & {*mine, left}
        if hat == "root":
            assert set(others) <= seen
        root = scene.world.root
        for reach in Reach:
            number_of = counts(session, actor, Tab, reach)
            for tab in Tab:
                lines = [line.report_id for line in worklist(session, actor, tab, reach=reach, limit=100)]
                newest = worklist(session, actor, tab, reach=reach, order=Order.NEWEST, limit=100)
                assert not {*lines, *(line.report_id for line in newest)} & {*mine, left}, (reach, tab)
                assert number_of[tab] == len(lines), (reach, tab)
        for words in (f"#{mine[2]}", str(mine[2]), "lampu", ""):
            for order in Sorting:
                found = find(session, actor, understood(session, words), scene.now, order=order, limit=50)
                assert not {hit.report_id for hit in found.hits} & {*mine, left}, (words, order)
        assert not {key for key, _at in listed(session, actor, root, [], after=None, limit=100)} & set(mine)
        assert left not in {each.report_id for each in former_holdings(session, actor)}


def test_the_bell_of_an_officer_is_silent_about_their_own_report(app: Flask, scene: Play) -> None:
    with app.app_context():
        before = scene.file()  # told to pusat; not to who is none yet
    for hat in ("root", "holder"):
        wear(app, hat)
        with app.app_context():
            number = scene.verified("a")
            scene.follow_up(number, by="a")
            scene.reply(scene.verified("a", by="warga2"), by="warga2")
            with transaction() as session:
                actor = scene.world.actor(session, "warga")
                told = set(
                    session.scalars(
                        select(Notification.report_id).where(Notification.user_id == actor.user_id)
                    )
                )
                assert not told & {before, number}
                # What stood in the bell from before is not shown any more either.
                agency = scene.world.agencies["a"]
                people = notifications.officers(
                    session,
                    agency,
                    besides=None,
                    group=next(iter(NoticeGroup)),
                    report=session.get_one(Report, number),
                )
                assert actor.user_id not in people
                assert people, "somebody else is told"
                session.add(
                    Notification(
                        user_id=actor.user_id,
                        kind=next(iter(notifications.WITHOUT_CONTENT)),
                        occurrence=f"x:{hat}",
                        report_id=number,
                        at=scene.now,
                    )
                )
                session.flush()
                assert number not in {i.notification.report_id for i in notifications.newest(session, actor)}


def test_where_the_reporter_is_the_only_officer_the_agency_above_acts(app: Flask, scene: Play) -> None:
    give_office(app, "warga", "a3", Role.OFFICER)
    with app.app_context():
        mine, theirs = scene.verified("a"), scene.verified("a", by="warga2")
        for number in (mine, theirs):
            scene.forward(number, by="a", to="a3")
        scene.follow_up(theirs, by="warga")  # an officer like any other for everybody else
        with pytest.raises(NotFound):
            scene.follow_up(mine, by="warga")
        scene.follow_up(mine, by="a")
        with transaction() as session:
            done = {f.report_id: f for f in session.scalars(select(FollowUp))}
            assert (done[mine].agency_id, done[mine].on_behalf_of_id) == (scene.world.a, scene.world.a3)
            assert (done[theirs].agency_id, done[theirs].on_behalf_of_id) == (scene.world.a3, None)
            a3, now = scene.world.a3, scene.now + timedelta(days=90)
            reader = scene.world.account(session, "warga").id
            assert mine not in {late.report_id for late in late_of(session, a3, now, 50, reader=reader)[1]}


def test_at_the_root_another_central_admin_acts_or_the_reporter_is_told(
    app: Flask, scene: Play, sign_in: SignIn
) -> None:
    wear(app, "root")
    with app.app_context():
        number = scene.file()
        with transaction() as session:
            report = session.get_one(Report, number)
            people = notifications.officers(
                session, scene.world.root, besides=None, group=next(iter(NoticeGroup)), report=report
            )
            assert set(people) == {scene.world.account(session, name).id for name in ("pusat", "pusat2")}
    page = f"/laporan-saya/{number}/"
    stuck = "Belum ada pejabat lain"
    assert stuck not in sign_in("warga").get(page).get_data(as_text=True)
    for name in ("pusat", "pusat2"):
        change(app, name, active=False)
    assert stuck in sign_in("warga").get(page).get_data(as_text=True)
    change(app, "pusat2", active=True)
    assert stuck not in sign_in("warga").get(page).get_data(as_text=True)


def test_an_officer_who_never_filed_files_too(app: Flask, scene: Play, sign_in: SignIn) -> None:
    officer = sign_in("a1")
    assert "Laporan Saya" in officer.get("/laporan/").get_data(as_text=True)
    for _ in range(2):
        assert send_report(officer, is_anonymous="y").status_code == 303
    with app.app_context():
        account = scene.world.account(db.session(), "a1")
        reporter = db.session.scalars(select(Reporter).where(Reporter.user_id == account.id)).one()
        reports = list(db.session.scalars(select(Report).where(Report.reporter_id == reporter.id)))
        assert len(reports) == 2
        assert {(r.recorder_agency_id, r.recorder_user_id, r.is_anonymous) for r in reports} == {
            (None, None, True)
        }
        number = reports[0].id
        scene.verify(number, to="a")
        scene.forward(number, by="a", to="a1")
        with pytest.raises(NotFound):
            scene.follow_up(number, by="a1")
        scene.follow_up(number, by="a1b")
    # Moving to another agency, and leaving it, changes nothing of one's own.
    give_office(app, "a1", "b", Role.COORDINATOR)
    assert sign_in("a1").get(f"/laporan-saya/{number}/").status_code == 200
    assert sign_in("pusat").post(f"{USERS}{user_id(app, 'a1')}/hapus").status_code == 303
    assert sign_in("a1").get(f"/laporan-saya/{number}/").status_code == 200
    assert account_row(app, user_id(app, "a1"))["active"] is True


def test_switching_an_officer_off_does_not_shut_their_own_reports(
    app: Flask, scene: Play, sign_in: SignIn
) -> None:
    give_office(app, "warga", "a1", Role.OFFICER)
    form = account_form(username="akun-warga", email="warga@contoh.example.com", active="")
    answer = sign_in("a").post(f"{USERS}{user_id(app, 'warga')}/ubah", form)
    assert answer.status_code == 422
    assert account_row(app, user_id(app, "warga"))["active"] is True


def test_who_comments_as_a_citizen_lets_nothing_through_themselves(
    app: Flask, scene: Play, sign_in: SignIn
) -> None:
    give_office(app, "warga2", "a", Role.COORDINATOR)
    with app.app_context():
        number = scene.in_progress("a")
    page = f"/publik/laporan/{number}/komentar/"
    assert sign_in("warga2").send(page, {"text": "Di tempat saya juga."}).status_code == 303
    assert "Di tempat saya juga." not in sign_in("warga2").get("/laporan/komentar-publik/").get_data(
        as_text=True
    )
    assert "Di tempat saya juga." in sign_in("a").get("/laporan/komentar-publik/").get_data(as_text=True)
    # Not on one's own: the name would tell who filed it.
    give_office(app, "warga", "b", Role.COORDINATOR)
    assert sign_in("warga").get(page).status_code == 403


def test_the_telephone_of_an_officer_still_answers_for_its_reports(app: Flask, scene: Play) -> None:
    phone = "+6281200000071"
    change(app, "a", phone=phone)
    with app.app_context(), transaction() as session:
        assert (
            sms.receive(session, Incoming("gw:1", phone, "LAPOR lampu padam di desa"), scene.now)
            is Answer.FILED
        )
        number = session.scalars(select(Report.id).order_by(Report.id.desc()).limit(1)).one()
    with app.app_context():
        scene.verify(number, to="a")
        scene.follow_up(number, by="a")
        with transaction() as session:
            answer = sms.receive(session, Incoming("gw:2", phone, f"BALAS {number} belum selesai"), scene.now)
            assert answer is Answer.REPLIED
