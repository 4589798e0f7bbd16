"""The API as programs use it: a report goes in, is handled, and its answer comes back by the same way."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, session
from PIL import Image
from sqlalchemy import func, select

from app.extensions import db
from app.models import Account, Attachment, OneTimeCode, Report, Reporter
from app.rules.channels.api import ClientKind, Scope
from app.rules.reports.codes import Channel
from app.rules.reports.workflow import Action, State
from app.services.accounts.credentials import codes
from app.views.accounts.browsing import TOKEN
from tests.support.api import Program, give_token, make_client
from tests.support.http import Person, QueryCounter, signed_in
from tests.support.play import Play
from tests.support.world import World

SignIn = Callable[[str | None], Person]
BUDGET = (
    12  # statements: three for the token and who holds it, one to count the call, the rest as on the page
)
TEXT = "Lampu jalan di depan balai desa padam."


class Calls:
    """Programs of each kind, by who uses them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.clients = {kind: make_client(app, kind)[0] for kind in ClientKind}

    def __call__(self, name: str | None, kind: ClientKind = ClientKind.ANDROID) -> Program:
        """The app of somebody; None: the partner itself."""
        kind = ClientKind.PARTNER if name is None else kind
        return Program(self.app, give_token(self.app, self.clients[kind], name))


@pytest.fixture
def calls(app: Flask) -> Calls:
    return Calls(app)


def photo() -> bytes:
    """A picture with a place and a camera in it."""
    image = Image.new("RGB", (40, 30), "red")
    exif = image.getexif()
    exif[0x010F] = "KAMERARAHASIA"
    exif[0x8825] = {1: "S", 2: (6.0, 10.0, 0.0)}
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    assert b"KAMERARAHASIA" in out.getvalue()
    return out.getvalue()


def upload(program: Program, content: bytes, name: str = "foto.jpg", **query: int) -> str:
    answer = program.call(
        "POST",
        "/files",
        query_string=query,
        data={"files": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 201, answer.json
    return str(answer.json["files"][0]["file"])


def test_a_citizens_report_is_answered_by_the_app(calls: Calls, world: World, sign_in: SignIn) -> None:
    warga, pusat, a = calls("warga"), calls("pusat"), calls("a")
    file = upload(warga, photo())
    filed = warga.post("/reports", {"text": TEXT, "files": [file], "category": world.category})
    assert filed.status_code == 201, filed.json
    number = filed.json["number"]

    listed = pusat.get("/worklists/unverified").json["items"]
    assert [(each["number"], each["source"], each["state"]) for each in listed] == [
        (number, "Android", "unverified")
    ]
    seen = pusat.get(f"/reports/{number}").json
    verify = next(move for move in seen["moves"] if move["action"] == "verify")
    assert {"agency", "category", "classification", "title"} <= set(verify["takes"])
    picture = seen["history"][0]["files"][0]
    content = pusat.get(f"/reports/{number}/files/{picture['id']}").data
    assert b"KAMERARAHASIA" not in content
    assert not Image.open(io.BytesIO(content)).getexif()

    lacking = pusat.post(
        f"/reports/{number}/moves", {"action": "verify", "version": seen["version"], "text": TEXT}
    )
    assert lacking.status_code == 422
    assert {each["field"] for each in lacking.json["errors"]} == {
        "title", "agency", "category", "classification",
    }  # fmt: skip
    moved = pusat.post(
        f"/reports/{number}/moves",
        {
            "action": "verify",
            "version": seen["version"],
            "title": "Lampu padam",
            "text": TEXT,
            "agency": world.a,
            "category": world.category,
            "classification": "unsupervised",
        },
    )
    assert (moved.status_code, moved.json["state"], moved.json["holder"]) == (200, "waiting", world.a)
    stale = a.post(
        f"/reports/{number}/moves", {"action": "follow_up", "version": seen["version"], "text": "Kami cek."}
    )
    assert (stale.status_code, stale.json["type"]) == (409, "urn:lapor:problem:stale")
    assert [each["kind"] for each in stale.json["changes"]] == ["verified"]
    answered = a.post(
        f"/reports/{number}/moves",
        {"action": "follow_up", "version": moved.json["version"], "text": "Lampu sudah kami ganti."},
    )
    assert (answered.status_code, answered.json["state"]) == (200, "in_progress")

    own = warga.get(f"/own-reports/{number}").json
    assert own["history"][-1]["text"] == "Lampu sudah kami ganti."
    assert own["actions"] == ["reply", "close"]
    replied = warga.post(f"/own-reports/{number}/acts", {"action": "reply", "text": "Masih padam."})
    assert replied.status_code == 200
    assert a.get(f"/reports/{number}").json["history"][-1]["text"] == "Masih padam."
    closed = warga.post(f"/own-reports/{number}/acts", {"action": "close", "text": "Sudah menyala."})
    assert closed.json["state"] == "closed"
    rated = warga.post(f"/own-reports/{number}/rating", {"stars": 5, "solved": True})
    assert rated.status_code == 200
    again = warga.post(f"/own-reports/{number}/rating", {"stars": 1, "solved": True})
    assert (again.status_code, again.json["type"]) == (409, "urn:lapor:problem:already-done")
    assert [each["number"] for each in warga.get("/own-reports").json["items"]] == [number]
    assert calls("warga2").get("/own-reports").json == {"items": [], "next": None}


def test_a_partners_report_waits_for_its_reporters_code(app: Flask, calls: Calls, sign_in: SignIn) -> None:
    partner = calls(None)
    person = {"name": "Siti Contoh", "address": "siti@contoh.example.com"}
    key = {"Idempotency-Key": "kiriman-1"}
    sent = [partner.post("/reports", {"text": TEXT, "person": person}, headers=key) for _ in range(2)]
    assert [each.status_code for each in sent] == [202, 202]
    assert sent[0].json == sent[1].json
    token = sent[0].json["confirmation"]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Report)) == 0
        row = db.session.scalars(select(OneTimeCode)).one()
        code = codes.code_of(row, app.config["LAPOR"].key())
    wrong = partner.post(
        "/confirmations", {"confirmation": token, "code": "000000" if code != "000000" else "111111"}
    )
    assert (wrong.status_code, wrong.json["errors"][0]["field"]) == (422, "code")
    with app.app_context():
        assert db.session.scalars(select(OneTimeCode.tries)).one() == 1
    other = Program(app, give_token(app, make_client(app, ClientKind.PARTNER)[0], None))
    assert other.post("/confirmations", {"confirmation": token, "code": code}).status_code == 404
    filed = [partner.post("/confirmations", {"confirmation": token, "code": code}) for _ in range(2)]
    assert [each.status_code for each in filed] == [201, 201]
    assert filed[0].json == filed[1].json
    assert other.post("/confirmations", {"confirmation": token, "code": code}).status_code == 404
    number, secret = filed[0].json["number"], filed[0].json["token"]
    tracked = Program(app, None).get(f"/own-reports/{number}", headers={"Report-Token": secret})
    assert (tracked.status_code, tracked.json["state"]) == (200, "unverified")
    with app.app_context():
        report = db.session.get_one(Report, number)
        assert (report.source, report.state) == (Channel.PARTNER, State.UNVERIFIED)
        assert db.session.get_one(Reporter, report.reporter_id).email == "siti@contoh.example.com"
    card = sign_in("pusat").get("/laporan/kelola/belum-terverifikasi/").get_data(as_text=True)
    page = sign_in("pusat").get(f"/laporan/{number}/").get_data(as_text=True)
    assert "API: Kota Contoh" in card
    assert "API: Kota Contoh" in page


def test_a_partner_that_vouches_files_at_once_and_reads_the_answer(
    app: Flask, calls: Calls, world: World
) -> None:
    partner = calls(None)
    person = {"name": "Siti Contoh", "address": "0812-7777-8888", "confirmed": True}
    filed = partner.post("/reports", {"text": TEXT, "person": person})
    assert filed.status_code == 201, filed.json
    number, link = filed.json["number"], {"Report-Token": filed.json["token"]}
    guest = Program(app, None)
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=1))
        play.verify(number, to="a")
        play.follow_up(number, by="a")
    # The public reads no name: who it is agreed to nothing here.
    assert "Siti" not in app.test_client().get(f"/publik/laporan/{number}/").get_data(as_text=True)
    own = guest.get(f"/own-reports/{number}", headers=link).json
    assert own["history"][-1]["kind"] == "followed_up"
    sent = guest.call(
        "POST",
        "/files",
        query_string={"report": number},
        data={"files": (io.BytesIO(photo()), "foto.jpg")},
        content_type="multipart/form-data",
        headers=link,
    )
    assert sent.status_code == 201
    reply = {"action": "reply", "files": [sent.json["files"][0]["file"]]}
    assert guest.post(f"/own-reports/{number}/acts", reply, headers=link).status_code == 200
    file = guest.get(f"/own-reports/{number}", headers=link).json["history"][-1]["files"][0]
    content = guest.get(f"/own-reports/{number}/files/{file['id']}", headers=link)
    assert content.mimetype == "image/jpeg"
    assert b"KAMERARAHASIA" not in content.data
    # The partner's own token reads nothing, not even what is public.
    assert (
        partner.call(
            "POST", "/files", query_string={"report": number}, data={}, content_type="multipart/form-data"
        ).status_code
        == 404
    )
    # The token of one report opens no other, and nothing without its number.
    assert guest.get(f"/own-reports/{number + 1}", headers=link).status_code == 404
    assert guest.get("/own-reports", headers=link).status_code == 401
    assert guest.get(f"/own-reports/{number}", headers={"Report-Token": "x"}).status_code == 404
    weak = make_client(app, ClientKind.PARTNER, scopes=frozenset({Scope.PARTNER_FILE}))[0]
    refused = Program(app, give_token(app, weak, None)).post("/reports", {"text": TEXT, "person": person})
    assert refused.status_code == 403
    assert partner.post("/reports", {"text": TEXT}).status_code == 422
    assert calls("warga").post("/reports", {"text": TEXT, "person": person}).status_code == 422


def test_a_retry_with_the_same_key_is_one_report(app: Flask, calls: Calls) -> None:
    warga, key = calls("warga", ClientKind.IOS), {"Idempotency-Key": "a-1"}
    first, second = (warga.post("/reports", {"text": TEXT}, headers=key) for _ in range(2))
    assert (first.status_code, first.json) == (second.status_code, second.json)
    other = warga.post("/reports", {"text": TEXT + " Lagi."}, headers=key)
    assert (other.status_code, other.json["errors"][0]["field"]) == (422, "Idempotency-Key")
    # Another's key is another's.
    assert (
        calls("warga2").post("/reports", {"text": TEXT}, headers=key).json["number"] != first.json["number"]
    )
    # What was refused left nothing under its key.
    refused = warga.post("/reports", {"text": " "}, headers={"Idempotency-Key": "a-2"})
    assert refused.status_code == 422
    assert warga.post("/reports", {"text": TEXT}, headers={"Idempotency-Key": "a-2"}).status_code == 201
    for shape in ("", "a 3", "a" * 129, "a\t3"):
        wrong = warga.post("/reports", {"text": TEXT}, headers={"Idempotency-Key": shape})
        assert wrong.status_code == 400, shape
    with app.app_context():
        sources = list(db.session.scalars(select(Report.source).order_by(Report.id)))
    assert sources == [Channel.IOS, Channel.ANDROID, Channel.IOS]


def test_moves_are_asked_for_decided_on_and_withdrawn(app: Flask, calls: Calls, world: World) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=2))
        number = play.in_progress("a")
    a, pusat = calls("a"), calls("pusat")
    seen = a.get(f"/reports/{number}").json
    asked = {(move["action"], move["mode"]) for move in seen["moves"]}
    assert ("hold", "ask") in asked
    assert ("hold", "make") not in asked
    body = {"action": "hold", "version": seen["version"], "reason": "Menunggu suku cadang."}
    assert a.post(f"/reports/{number}/moves", body).status_code == 403
    assert a.post(f"/reports/{number}/moves", {**body, "mode": "ask", "text": "x"}).status_code == 422
    for decision, wanted in (("withdraw", "withdrawn"), ("reject", "rejected"), ("accept", "accepted")):
        version = a.get(f"/reports/{number}").json["version"]
        assert (
            a.post(f"/reports/{number}/moves", {**body, "mode": "ask", "version": version}).status_code == 200
        )
        who = a if decision == "withdraw" else pusat
        line = next(each for each in who.get(f"/reports/{number}").json["requests"])
        answer = who.post(
            f"/reports/{number}/requests/{line['id']}/decision", {"decision": decision, "answer": "Baik."}
        )
        assert (answer.status_code, answer.json["status"]) == (200, wanted)
        again = who.post(
            f"/reports/{number}/requests/{line['id']}/decision", {"decision": decision, "answer": "Baik."}
        )
        assert again.status_code == 409
    assert a.get(f"/reports/{number}").json["held"]
    suggestion = {"action": "hand_back", "mode": "ask", "suggestion": world.b}
    version = a.get(f"/reports/{number}").json["version"]
    assert a.post(f"/reports/{number}/moves", {**suggestion, "version": version}).status_code == 200
    asked_of = pusat.get("/worklists/requests").json["items"]
    assert [each["number"] for each in asked_of] == [number]


def test_worklists_page_by_key_to_their_end(app: Flask, calls: Calls, world: World) -> None:
    with app.app_context():
        play = Play(world, datetime.now(UTC) - timedelta(hours=2))
        made = {play.verified("a") for _ in range(5)}
    a, seen, after = calls("a"), [], None
    while True:
        query = {"limit": 2, **({"after": after} if after else {})}
        page = a.get("/worklists/waiting", query_string=query).json
        assert len(page["items"]) <= 2
        seen += [each["number"] for each in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(made)
    assert set(seen) == made
    for wrong in ("AAAA", "MQ", "Ly4u", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5Ljk"):
        assert a.get("/worklists/waiting", query_string={"after": wrong}).status_code == 422, wrong
    assert a.get("/worklists/unverified").status_code == 404  # the central desk's


def test_calls_are_counted_and_said(app: Flask) -> None:
    client = make_client(app, ClientKind.ANDROID, per_minute=2)[0]
    first, other = (Program(app, give_token(app, client, name)) for name in ("warga", "warga2"))
    left = [first.get("/own-reports") for _ in range(3)]
    assert [each.status_code for each in left] == [200, 200, 429]
    assert left[0].headers["RateLimit"].startswith('"api";r=1;t=')
    assert left[0].headers["RateLimit-Policy"] == '"api";q=2;w=60'
    assert 0 < int(left[2].headers["Retry-After"]) <= 60
    assert left[2].content_type == "application/problem+json"
    assert other.get("/own-reports").status_code == 200  # an app's limit is each account's own


def test_every_refusal_is_a_problem(app: Flask, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    warga, visitor = calls("warga"), Program(app, None)
    broken = {"content_type": "application/json"}
    answers = {
        400: warga.call("POST", "/reports", data=b'{"text": ', **broken),
        401: visitor.get("/own-reports"),
        403: warga.get("/worklists/waiting"),
        404: visitor.get("/tidak-ada"),
        405: visitor.call("DELETE", "/categories"),
        413: warga.call("POST", "/reports", data=b" " * 80_000_000, **broken),
        415: warga.call("POST", "/reports", data=b"text=x", content_type="text/plain"),
        422: warga.post("/reports", {"txet": "salah"}),
    }
    for status, answer in answers.items():
        assert answer.status_code == status, (status, answer.get_data(as_text=True)[:300])
        assert answer.content_type == "application/problem+json", status
        assert answer.json["status"] == status
        assert answer.json["title"]
        assert answer.json["detail"]
    assert answers[401].headers["WWW-Authenticate"] == "Bearer"
    assert "GET" in answers[405].headers["Allow"]
    assert {each["field"] for each in answers[422].json["errors"]} == {"text", "txet"}
    for deep in (b"[" * 100_000, b'{"text": ' + b"9" * 5_000 + b"}", b"\xff"):
        assert warga.call("POST", "/reports", data=deep, **broken).status_code == 400
    english = visitor.get("/tidak-ada", headers={"Accept-Language": "en"}).json
    assert english["title"] == "Not found"

    def fails(*_args: object, **_more: object) -> None:
        raise RuntimeError("rahasia")

    monkeypatch.setattr("app.access.channels.reference_lists.categories", fails)
    unexpected = visitor.get("/categories")
    assert (unexpected.status_code, unexpected.content_type) == (500, "application/problem+json")
    assert "rahasia" not in unexpected.get_data(as_text=True)
    assert unexpected.json["code"]


def test_cookies_open_nothing(app: Flask, sign_in: SignIn) -> None:
    person = sign_in("pusat")
    assert person.get("/api/v1/worklists/waiting").status_code == 401
    answer = person.client.post("/api/v1/reports", json={"text": TEXT})
    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers
    with app.app_context():
        key = World.read(db.session()).account(db.session(), "pusat").id
    token = signed_in(app, app.test_client(), key)
    for path, who in (("/akun/", key), ("/api/v1/reports", None)):
        with app.test_request_context(path):
            session[TOKEN] = token
            found = app.appbuilder.sm.load_user(key)
            assert (found and found.id) == who
    assert person.get("/laporan/kelola/sedang-diproses/").status_code == 200


def test_an_account_that_owes_a_first_step_does_it_on_the_site(
    app: Flask, calls: Calls, world: World
) -> None:
    program = calls("a1")
    assert program.get("/worklists/waiting").status_code == 200
    with app.app_context():
        account: Account = world.account(db.session(), "a1")
        account.must_change_password = True
        db.session.commit()
    assert program.get("/worklists/waiting").json["type"] == "urn:lapor:problem:first-step"


def test_files_belong_to_who_sent_them(app: Flask, calls: Calls) -> None:
    mine = upload(calls("warga"), photo())
    stolen = calls("warga2").post("/reports", {"text": TEXT, "files": [mine]})
    assert (stolen.status_code, stolen.json["errors"][0]["field"]) == (422, "files")
    assert (
        calls("warga")
        .call("POST", "/files", query_string={"report": 987654}, data={}, content_type="multipart/form-data")
        .status_code
        == 404
    )
    no_picture = calls("warga").call(
        "POST",
        "/files",
        data={"files": (io.BytesIO(b"MZ\x00"), "foto.jpg")},
        content_type="multipart/form-data",
    )
    assert no_picture.status_code == 422
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Attachment)) == 1


def test_every_move_has_its_way_or_says_why_not() -> None:
    from app.rules.reports.workflow import MOVES
    from app.services.reports.officer_actions import ELSEWHERE, MAKES

    told = "a new move: give it a line in MAKES (app/services/reports/officer_actions.py), or in ELSEWHERE with the reason"
    assert MAKES.keys() | ELSEWHERE.keys() == {move.action for move in MOVES}, told
    assert MAKES.keys().isdisjoint(ELSEWHERE), told
    assert Action.AUTO_CLOSE in ELSEWHERE


def test_a_worklist_costs_the_same_for_one_and_for_many(app: Flask, calls: Calls, world: World) -> None:
    a, costs = calls("a"), []
    for more in (1, 6):
        with app.app_context():
            play = Play(world, datetime.now(UTC) - timedelta(hours=2))
            for _ in range(more):
                play.verified("a")
        a.get("/worklists/waiting")  # what is looked up once for a process
        with QueryCounter(app) as counter:
            assert a.get("/worklists/waiting").status_code == 200
        costs.append(counter.count)
    assert costs[0] == costs[1] <= BUDGET
