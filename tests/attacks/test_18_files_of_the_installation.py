"""Other accounts of the machine read nothing of an installation: files are 600, folders 700.

The real run.py once left the database, mails and texts at 644. Also what lies there from before is shut.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import stat
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from html import unescape
from pathlib import Path

from app.private import shut
from config import Settings
from tests.test_production import ROOT, free_port, running, wait_for

ADDRESS = "kepala@contoh.example.com"
PASSWORD = "payung-biru-tua-hanyut"
OTHERS = stat.S_IRWXG | stat.S_IRWXO
UNSHUT = (
    "import os; os.umask(0o022); from pathlib import Path; p = Path(os.environ['LAPOR_INSTANCE']);"
    "[(p / n).mkdir(parents=True) for n in ('mail', 'sms', 'lampiran/ab')];"
    "[(p / n).write_text('x') for n in ('mail/a.eml', 'sms/b.json', 'lampiran/ab/c', 'lapor.sqlite')];"
    "(p / 'lapor.sqlite').write_bytes(b'')"
)


def open_to_others(folder: Path) -> dict[str, str]:
    """The modes of everything that somebody else may read, write or enter."""
    found = {}
    for path in (folder, *folder.rglob("*")):
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode & OTHERS:
            found[str(path.relative_to(folder))] = oct(mode)
    return found


class Browser:
    """A visitor of the real server, with cookies."""

    def __init__(self, port: int) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener, self.base = urllib.request.build_opener(jar), f"http://127.0.0.1:{port}"

    def get(self, path: str) -> str:
        with self.opener.open(self.base + path, timeout=20) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **data: str) -> str:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(path))
        assert token is not None, path
        body = urllib.parse.urlencode({"csrf_token": unescape(token[1]), **data}).encode()
        with self.opener.open(self.base + path, body, timeout=20) as answer:
            return str(answer.read().decode())


def flask(env: dict[str, str], *command: str) -> None:
    subprocess.run(
        [str(Path(sys.executable).parent / "flask"), *command],
        cwd=ROOT,
        env={**os.environ, **env, "FLASK_APP": "app:create_app"},
        check=True,
        capture_output=True,
    )


def test_nothing_of_a_running_installation_is_open_to_others(tmp_path: Path) -> None:
    instance, port = tmp_path / "instance", free_port()
    env = {"LAPOR_INSTANCE": str(instance), "PORT": str(port), "LAPOR_DEMO": "0"}
    # What an installation of before left behind.
    subprocess.run([sys.executable, "-c", UNSHUT], env={**os.environ, **env}, check=True)
    assert set(open_to_others(instance)) >= {".", "mail", "mail/a.eml", "sms/b.json", "lampiran/ab/c"}
    with running(sys.executable, "run.py", env=env, log=tmp_path / "run.log") as process:
        wait_for(port, process, seconds=180)
        flask(env, "lapor", "create-admin", ADDRESS, "--name", "Kepala Meja", "--password", PASSWORD)
        Browser(port).post("/lupa-sandi/", email=ADDRESS, name=ADDRESS, username=ADDRESS, address=ADDRESS)
        deadline = time.monotonic() + 60
        while len(list((instance / "mail").glob("*.eml"))) < 2 and time.monotonic() < deadline:
            time.sleep(0.3)
        assert len(list((instance / "mail").glob("*.eml"))) >= 2, "a letter was written by the running jobs"
        names = {path.name for path in instance.iterdir()}
        assert {"lapor.sqlite", "secret-key", "mail", "plotly"} <= names
        assert {"lapor.sqlite-wal", "lapor.sqlite-shm"} <= names, "the database is in use"
        assert open_to_others(instance) == {}
    assert open_to_others(instance) == {}


def test_what_each_channel_writes_is_private(tmp_path: Path) -> None:
    """Every place of the code that makes a file, in a process of its own as jobs and commands are."""
    program = (
        "import os, sys; os.umask(0o022)\n"
        "from pathlib import Path\n"
        "from app import create_app\n"
        "from config import Settings\n"
        "instance = Path(sys.argv[1])\n"
        "app = create_app(Settings(instance=instance, demo=False))\n"
        "from app.extensions import storage\n"
        "with app.app_context():\n"
        "    storage().put('ab' * 16, b'x')\n"
        "(instance / 'sms').mkdir()\n"
        "(instance / 'sms' / '1.json').write_text('x')\n"
    )
    instance = tmp_path / "instance"
    subprocess.run([sys.executable, "-c", program, str(instance)], cwd=ROOT, check=True)
    assert len([path for path in instance.rglob("*") if path.is_file()]) >= 3
    assert open_to_others(instance) == {}


def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "luar.txt"
    outside.write_text("x")
    outside.chmod(0o644)
    instance = tmp_path / "instance"
    instance.mkdir()
    (instance / "tautan").symlink_to(outside)
    before = os.umask(0o022)
    try:
        shut(Settings(instance=instance, demo=False))
    finally:
        os.umask(before)
    assert stat.S_IMODE(outside.stat().st_mode) == 0o644
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700
