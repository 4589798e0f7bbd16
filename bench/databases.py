"""The bench's databases: made once by the application's own commands, kept for the next run."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench import server

ROOT = Path(__file__).resolve().parent.parent
KEY = "a key for measurements alone, long enough"


@dataclass(frozen=True)
class Base:
    """One database: its name, how large it is, and the environment that points the application at it."""

    folder: Path
    name: str
    reports: int
    agencies: int

    @property
    def url(self) -> str:
        return server.url(self.folder, self.name)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "FLASK_APP": "app:create_app",
            "LAPOR_DATABASE_URL": self.url,
            "LAPOR_DEMO": "0",
            "LAPOR_SECRET_KEY": KEY,
            "LAPOR_INSTANCE": str(self.folder / "instance"),
        }

    def flask(self, *command: str) -> None:
        subprocess.run([sys.executable, "-m", "flask", *command], cwd=ROOT, env=self.environment, check=True)

    def prepare(self) -> None:
        """Migrate, seed, generate; what is there already stays."""
        if self.name not in server.databases(self.folder):
            server.create(self.folder, self.name)
        self.fill()

    def fill(self) -> None:
        self.flask("db", "upgrade")
        self.flask("lapor", "sync-security")
        self.flask("lapor", "seed")
        self.flask("lapor", "generate", "--reports", str(self.reports), "--agencies", str(self.agencies))


@dataclass(frozen=True)
class Embedded(Base):
    """The same in a file of SQLite."""

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder / self.name}.sqlite"

    def prepare(self) -> None:
        self.fill()
