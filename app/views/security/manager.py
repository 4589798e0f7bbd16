"""Flask-AppBuilder's security manager, narrowed to what this application uses.

Every stock security view stays unregistered: its password reset lets an officer take over any account,
its API mints tokens past the rate limit, its role editor grants anything. Ours are listed in
register_views(). Permissions are read once for a request and asked from that set.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import session
from flask_appbuilder.security.sqla.manager import SecurityManager
from werkzeug.security import check_password_hash

from app.access.accounts import by_name, with_all
from app.extensions import transaction
from app.models import Account
from app.views import context

STAMP = "stamp"
FAILURES = 5  # wrong passwords in a row before an account is locked
LOCKED_FOR = timedelta(minutes=15)  # with an end: a lock without one lets anybody shut out anybody


def stamp(account: Account) -> str:
    """Ties a session to the password it was opened with: changing it ends every other session."""
    return hashlib.sha256((account.password or "").encode()).hexdigest()[:16]


class LaporSecurityManager(SecurityManager):  # type: ignore[misc]
    user_model = Account

    def register_views(self) -> None:
        from app.views.security.account import AccountView
        from app.views.security.sign_in import SignIn

        self.auth_view = SignIn()
        self.appbuilder.add_view_no_menu(self.auth_view)
        self.appbuilder.add_view_no_menu(AccountView(), endpoint="Account")

    # Who is it?

    def sign_in(self, name: str, password: str) -> Account | None:
        """The account, if the password is right and it is neither switched off nor locked.

        Unknown names take as long as known ones. Raises nothing: every refusal looks the same.
        """
        account = by_name(context.reading(), name)
        now = datetime.now(UTC)
        locked = account is not None and account.locked_until is not None and account.locked_until > now
        known = (
            account if account is not None and account.active and account.password and not locked else None
        )
        right = check_password_hash(known.password if known else self._nobody, password) and known is not None
        if known is None:
            return None
        with transaction() as writing:
            # Locked: guesses sent all at once are counted one by one, and a lock set meanwhile holds.
            mine = writing.get_one(Account, known.id, with_for_update=True, populate_existing=True)
            if mine.locked_until is not None and mine.locked_until > now:
                right = False
            elif right:
                mine.fail_login_count, mine.locked_until = 0, None
                mine.login_count = (mine.login_count or 0) + 1
                mine.last_login = now.replace(tzinfo=None)
            else:
                mine.fail_login_count = (mine.fail_login_count or 0) + 1
                if mine.fail_login_count >= FAILURES:
                    mine.fail_login_count, mine.locked_until = 0, now + LOCKED_FOR
        return self.get_user_by_id(known.id) if right else None

    @property
    def _nobody(self) -> str:
        from flask import current_app

        return str(current_app.config["AUTH_DB_FAKE_PASSWORD_HASH_CHECK"])

    def auth_user_db(self, username: str, password: str) -> Account | None:
        return self.sign_in(username or "", password or "")

    def on_user_login(self, user: Account) -> None:
        session[STAMP] = stamp(user)
        context.forget()

    def load_user(self, pk: Any) -> Account | None:
        """The session's account, if it may still be used."""
        account = with_all(context.reading(), int(pk))
        if account is None or not account.active:
            return None
        return account if hmac.compare_digest(session.get(STAMP, ""), stamp(account)) else None

    # What may it do?

    def get_user_roles(self, user: Any) -> list[Any]:
        """An account's own roles; groups, which carry roles past our rules, are not used."""
        return list(user.roles) if user.is_authenticated else []

    def exist_permission_on_roles(self, view_name: str, permission_name: str, role_ids: list[int]) -> bool:
        return (view_name, permission_name) in context.permission_names()

    def is_item_public(self, permission_name: str, view_name: str) -> bool:
        return False
