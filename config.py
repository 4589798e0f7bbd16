"""Settings: typed, read from the environment once, with defaults for one command on one machine.

Every setting is a field of Settings; its environment variable is LAPOR_ and the name in capitals
(PORT alone is also read without the prefix). `Settings.check()` refuses what a production must not have.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
MEGABYTE = 1024 * 1024
FORM_MB = 8  # a form's texts, in megabytes
TRUE = frozenset({"1", "true", "yes", "on"})
MINIMUM_KEY = 32  # characters
SMTP_TLS = ("starttls", "tls", "none")
FIRST_PASSWORDS = ("link", "mail")
PROXY_HEADERS = ("for", "proto", "host", "request-id")
SECOND_STEPS = ("", "demanded", "free")
SESSION_MOST = 100_000  # minutes, hours or days: more is no limit
SMS_GATEWAYS = ("", "none", "folder", "gammu", "http")


class UnsafeSettings(RuntimeError):
    """The environment asks for production with settings that are not fit for it."""


@dataclass(frozen=True)
class Settings:
    """What an installation can choose. docs/operations.md says the same to operators."""

    # Refuse settings that a production must not have.
    production: bool = False
    # SQLAlchemy's URL of the database; none: SQLite in the instance folder.
    database_url: str = ""
    # Signs sessions and jobs; mailed links and authenticators are made from it. None: made once and kept.
    secret_key: str = ""
    # The folder of the embedded database, mails, text messages, attachments and the key.
    instance: Path = ROOT / "instance"
    # Where `python run.py` listens; PORT without the prefix is read as well.
    port: int = 8080
    # The address on which `python run.py` listens.
    host: str = "127.0.0.1"
    # How many reverse proxies stand in front.
    proxies: int = 0
    # Which of their headers are believed, of PROXY_HEADERS: X-Forwarded-For, -Proto, -Host and X-Request-Id.
    proxy_headers: tuple[str, ...] = ("for", "proto")
    # The path under which a proxy shows this site, "" for none; no header says it.
    prefix: str = ""
    # Whether a partner's api_key is taken from the address too, where logs keep it.
    open311_key_in_address: bool = False
    # Names that the site answers to; empty for any.
    hosts: tuple[str, ...] = ()
    # Cookies over https alone, bound to this very host.
    secure_cookies: bool = False
    # Fill an empty database with the demo.
    demo: bool = True
    # How passwords are hashed: a method of Werkzeug's generate_password_hash.
    password_method: str = "scrypt"
    # How large an attachment may be, in megabytes. A central admin may set it at run time.
    attachment_max_mb: int = 10
    # How many attachments come with one form. A central admin may set it at run time.
    attachments_max_count: int = 5
    # Free disk in megabytes below which no file is taken; reports without files still are.
    disk_floor_mb: int = 1024
    # Where ClamAV's daemon listens, "host:port" or the path of its socket; none: files are not scanned.
    clamd: str = ""
    # Where attachments lie: "local" in the instance folder, "s3" in a bucket.
    storage: str = "local"
    # The address of the S3-compatible server; none: Amazon's own.
    s3_endpoint: str = ""
    # The bucket that attachments lie in.
    s3_bucket: str = ""
    # The bucket's region.
    s3_region: str = "ap-southeast-3"
    # The access key; none: what the machine itself is allowed.
    s3_key: str = ""
    # The access key's secret.
    s3_secret: str = ""
    # What links in mails begin with; none: where this process listens.
    base_url: str = ""
    # The server that takes mail; without one each mail becomes a file in the instance folder.
    smtp_host: str = ""
    # The port of that server.
    smtp_port: int = 587
    # The name to sign in there with; none: without signing in.
    smtp_user: str = ""
    # The password that goes with it.
    smtp_password: str = ""
    # How the connection is kept from readers, of SMTP_TLS: "tls" is from the first byte on.
    smtp_tls: str = "starttls"
    # Seconds to wait for each answer of that server.
    smtp_timeout: int = 20
    # The address that mails come from.
    mail_from: str = "lapor@localhost"
    # The name beside that address.
    mail_from_name: str = "LAPOR!"
    # How many days what was sent is kept in the outbox.
    outbox_days: int = 30
    # A new officer's mail holds a "link" to set the password, or, as "mail", a password that must be changed
    # at the first sign-in. A central admin may set it at run time.
    first_password: str = "link"
    # How text messages leave: "gammu" by its daemon, "http" by a provider, "folder" as files, "none" not at
    # all; nothing said, files in development and nothing in production.
    sms_gateway: str = ""
    # The file that configures gammu's daemon.
    sms_gammu_config: str = "/etc/gammu-smsdrc"
    # The provider's address for text messages that leave.
    sms_url: str = ""
    # Signs what gateways send and are sent.
    sms_secret: str = ""
    # The browser that draws the pictures of monthly recaps; none: the one on PATH.
    chromium: str = ""
    # Whom to tell of a hole, a mailto: or https: address, for /.well-known/security.txt.
    security_contact: str = ""
    # An officer's session ends after so many minutes without a request.
    officer_idle_minutes: float = 30
    # And after so many hours at the latest.
    officer_session_hours: float = 12
    # A citizen's session ends after so many days without a request.
    citizen_idle_days: float = 14
    # Whether roles with a central power must sign in with a second step, "demanded" or "free"; nothing said,
    # demanded in production.
    central_second_step: str = ""
    # Further values for Flask's configuration, of tests alone; no variable sets it.
    extra: Mapping[str, Any] = field(default_factory=dict)
    # Where the project lies; no variable sets it.
    root: Path = ROOT

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read LAPOR_* variables. Raises UnsafeSettings, naming the variable, for an unreadable value."""
        values: dict[str, Any] = {}
        for item in fields(cls):
            name = f"LAPOR_{item.name.upper()}"
            raw = environ.get(name, environ.get("PORT") if item.name == "port" else None)
            if raw is not None and item.name not in ("extra", "root"):
                try:
                    values[item.name] = _READERS.get(item.name, str)(raw)
                except ValueError as error:
                    raise UnsafeSettings(f"{name}: {raw!r} cannot be read ({error})") from error
        settings = cls(**values)
        settings.check()
        return settings

    @property
    def database(self) -> str:
        """The database to use: PostgreSQL by URL, else SQLite in the instance folder."""
        return self.database_url or f"sqlite:///{self.instance / 'lapor.sqlite'}"

    @property
    def embedded(self) -> bool:
        return self.database.startswith("sqlite")

    @property
    def site_url(self) -> str:
        """What an absolute address of this site begins with, without a slash at its end."""
        return (self.base_url or f"http://{self.host}:{self.port}{self.prefix}").rstrip("/")

    @property
    def mail_folder(self) -> Path | None:
        """Where mails are put as files; None where a server takes them, and always in production."""
        return None if self.smtp_host or self.production else self.instance / "mail"

    @property
    def sms(self) -> str:
        """The gateway that is used: "none", "folder", "gammu" or "http"."""
        return self.sms_gateway or ("none" if self.production else "folder")

    @property
    def second_step_demanded(self) -> bool:
        """Whether roles with a central power must sign in with a second step, whatever an admin chooses."""
        return self.central_second_step == "demanded" or (self.production and not self.central_second_step)

    @property
    def request_max_mb(self) -> int:
        """The largest request: a form with all the files that it takes, each as large as it may be."""
        return self.attachment_max_mb * self.attachments_max_count + FORM_MB

    def check(self) -> None:
        """Raises UnsafeSettings listing every setting that a production must not have."""
        self._check_mail()
        self._check_sms()
        self._check_proxies()
        self._check_sessions()
        if self.storage not in ("local", "s3"):
            raise UnsafeSettings(f"LAPOR_STORAGE: {self.storage!r} is neither local nor s3")
        if self.storage == "s3" and not self.s3_bucket:
            raise UnsafeSettings("LAPOR_S3_BUCKET must name the bucket for attachments")
        if bool(self.s3_key) != bool(self.s3_secret):
            raise UnsafeSettings("LAPOR_S3_KEY and LAPOR_S3_SECRET go together")
        if self.security_contact and not self.security_contact.startswith(("mailto:", "https://")):
            raise UnsafeSettings("LAPOR_SECURITY_CONTACT must be a mailto: or https:// address")
        if self.attachment_max_mb < 1 or self.attachments_max_count < 1:
            raise UnsafeSettings("LAPOR_ATTACHMENT_MAX_MB and LAPOR_ATTACHMENTS_MAX_COUNT must be at least 1")
        if self.clamd and not re.fullmatch(r"/.+|[^/\s]+:\d{1,5}", self.clamd):
            raise UnsafeSettings(f"LAPOR_CLAMD: {self.clamd!r} is neither host:port nor the path of a socket")
        if self.disk_floor_mb < 0:
            raise UnsafeSettings("LAPOR_DISK_FLOOR_MB must not be negative")
        if not self.production:
            return
        faults = [words for wrong, words in self._faults() if wrong]
        if faults:
            raise UnsafeSettings("Not fit for production: " + "; ".join(faults) + ".")

    def _faults(self) -> tuple[tuple[bool, str], ...]:
        """What a production must not have: whether it is so, and what to say then."""
        plain = (
            self.storage == "s3" and bool(self.s3_endpoint) and not self.s3_endpoint.startswith("https://")
        )
        return (
            (
                len(self.secret_key) < MINIMUM_KEY,
                f"LAPOR_SECRET_KEY must be set, with at least {MINIMUM_KEY} random characters",
            ),
            (self.demo, "LAPOR_DEMO must be 0: demo accounts have a public password"),
            (
                not self.secure_cookies,
                "LAPOR_SECURE_COOKIES must be 1: sessions must not travel over plain http",
            ),
            (plain, "LAPOR_S3_ENDPOINT must be https: files must not travel over plain http"),
            (
                not self.hosts,
                "LAPOR_HOSTS must name the hosts that this site answers to, with commas between",
            ),
            (
                not self.base_url.startswith("https://"),
                "LAPOR_BASE_URL must be the https:// address that links in mails begin with",
            ),
            (self.sms == "folder", "LAPOR_SMS_GATEWAY must be gammu, http or none"),
            (
                self.sms == "http" and not self.sms_url.startswith("https://"),
                "LAPOR_SMS_URL must be https: telephone numbers must not travel over plain http",
            ),
            (
                bool(self.sms_secret) and len(self.sms_secret) < MINIMUM_KEY,
                f"LAPOR_SMS_SECRET must have at least {MINIMUM_KEY} random characters",
            ),
            (not self.smtp_host, "LAPOR_SMTP_HOST must name the server that takes mail"),
            (
                self.mail_from.endswith("@localhost"),
                "LAPOR_MAIL_FROM must be the address that mails come from",
            ),
        )

    def _check_mail(self) -> None:
        if self.smtp_tls not in SMTP_TLS:
            raise UnsafeSettings(f"LAPOR_SMTP_TLS: {self.smtp_tls!r} is none of {', '.join(SMTP_TLS)}")
        if self.first_password not in FIRST_PASSWORDS:
            known = ", ".join(FIRST_PASSWORDS)
            raise UnsafeSettings(f"LAPOR_FIRST_PASSWORD: {self.first_password!r} is none of {known}")
        if self.base_url and not self.base_url.startswith(("https://", "http://")):
            raise UnsafeSettings(f"LAPOR_BASE_URL: {self.base_url!r} is no http address")
        if self.outbox_days < 1:
            raise UnsafeSettings("LAPOR_OUTBOX_DAYS must be at least 1")

    def _check_proxies(self) -> None:
        unknown = sorted(set(self.proxy_headers) - set(PROXY_HEADERS))
        if unknown:
            known = ", ".join(PROXY_HEADERS)
            raise UnsafeSettings(f"LAPOR_PROXY_HEADERS: {', '.join(unknown)} is none of {known}")
        if self.prefix and not re.fullmatch(r"(?:/[a-z0-9-]+)+", self.prefix):
            raise UnsafeSettings(f"LAPOR_PREFIX: {self.prefix!r} is no path such as /lapor")
        if self.prefix and self.base_url and not self.base_url.rstrip("/").endswith(self.prefix):
            raise UnsafeSettings("LAPOR_BASE_URL must end with LAPOR_PREFIX")

    def _check_sessions(self) -> None:
        for name in ("officer_idle_minutes", "officer_session_hours", "citizen_idle_days"):
            if not 0 < getattr(self, name) <= SESSION_MOST:
                raise UnsafeSettings(f"LAPOR_{name.upper()} must be more than 0 and at most {SESSION_MOST}")
        if self.central_second_step not in SECOND_STEPS:
            known = ", ".join(each for each in SECOND_STEPS if each)
            raise UnsafeSettings(
                f"LAPOR_CENTRAL_SECOND_STEP: {self.central_second_step!r} is none of {known}"
            )

    def _check_sms(self) -> None:
        if self.sms_gateway not in SMS_GATEWAYS:
            raise UnsafeSettings(f"LAPOR_SMS_GATEWAY: {self.sms_gateway!r} is no gateway that we know")
        if self.sms_gateway == "http" and not (self.sms_url and self.sms_secret):
            raise UnsafeSettings("LAPOR_SMS_URL and LAPOR_SMS_SECRET must name and sign for the gateway")

    def cookie_name(self, name: str, *, whole_site: bool = True) -> str:
        """The name of a cookie. Over https it is for this very host: no other one of the domain, and nobody on
        plain http, can set it (RFC 6265bis, __Host-); such a cookie needs Secure, Path=/ and no Domain. One for
        a single address (not `whole_site`) is kept from plain http alone (__Secure-)."""
        prefix = "__Host-" if whole_site else "__Secure-"
        return prefix + name if self.secure_cookies else name

    def key(self) -> str:
        """The secret key; outside production one is made once and kept in the instance folder."""
        if self.secret_key:
            return self.secret_key
        path = self.instance / "secret-key"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        return path.read_text(encoding="utf-8")

    def flask(self) -> dict[str, Any]:
        """The configuration of Flask and its extensions."""
        return {
            "LAPOR": self,
            "SECRET_KEY": self.key(),
            "SQLALCHEMY_DATABASE_URI": self.database,
            # An error of the database says nothing of the values in its statement.
            "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True}
            | ({} if self.embedded else {"pool_size": 10}),
            # Flask-AppBuilder: Alembic owns its tables, `flask lapor sync-security` its permissions.
            "FAB_CREATE_DB": False,
            "FAB_UPDATE_PERMS": False,
            "FAB_BASE_TEMPLATE": "lapor/web/base.html",
            "FAB_ADD_SECURITY_VIEWS": True,
            "FAB_ADD_SECURITY_API": False,
            "FAB_ADD_MENU_API": False,
            "FAB_ADD_OPENAPI_VIEWS": False,
            "FAB_ADD_SECURITY_VIEW_MENU_VIEW": False,
            "FAB_ADD_SECURITY_PERMISSION_VIEW": False,
            "FAB_ADD_SECURITY_PERMISSION_VIEWS_VIEW": False,
            "FAB_API_MAX_PAGE_SIZE": 100,
            "AUTH_USER_REGISTRATION": False,
            "AUTH_RATE_LIMITED": False,
            "FAB_SAFE_REDIRECT_HOSTS": list(self.hosts),
            "APP_NAME": "LAPOR!",
            "APP_THEME": "",
            "BABEL_DEFAULT_LOCALE": "id",
            "BABEL_DEFAULT_TIMEZONE": "Asia/Jakarta",
            "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
            "LANGUAGES": {
                "id": {"flag": "id", "name": "Bahasa Indonesia"},
                "en": {"flag": "gb", "name": "English"},
            },
            "PASSWORD_METHOD": self.password_method,
            "SESSION_COOKIE_NAME": self.cookie_name("lapor"),
            "SESSION_COOKIE_PATH": "/",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.secure_cookies,
            # How old a cookie may be at all. When a session ends says its row (app/services/accounts/credentials/sessions.py).
            "PERMANENT_SESSION_LIFETIME": timedelta(days=90),
            "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a form filled in over a morning is sent
            "WTF_CSRF_SSL_STRICT": self.secure_cookies,
            "TRUSTED_HOSTS": list(self.hosts) or None,
            "MAX_CONTENT_LENGTH": self.request_max_mb * MEGABYTE,
            # A text far too long still reaches its form, which says so and keeps it.
            "MAX_FORM_MEMORY_SIZE": FORM_MB * MEGABYTE,
            "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=1),
            **self.extra,
        }


_READERS: Mapping[str, Any] = {
    "production": lambda raw: raw.lower() in TRUE,
    "secure_cookies": lambda raw: raw.lower() in TRUE,
    "demo": lambda raw: raw.lower() in TRUE,
    "open311_key_in_address": lambda raw: raw.lower() in TRUE,
    "proxy_headers": lambda raw: tuple(name.strip().lower() for name in raw.split(",") if name.strip()),
    "prefix": lambda raw: raw.rstrip("/"),
    "instance": Path,
    "port": int,
    "smtp_port": int,
    "smtp_timeout": int,
    "outbox_days": int,
    "officer_idle_minutes": float,
    "officer_session_hours": float,
    "citizen_idle_days": float,
    "attachment_max_mb": int,
    "attachments_max_count": int,
    "disk_floor_mb": int,
    "proxies": int,
    "hosts": lambda raw: tuple(name.strip() for name in raw.split(",") if name.strip()),
}
