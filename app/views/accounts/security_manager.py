"""Flask-AppBuilder's security manager, narrowed to what this application uses.

Every stock security view stays unregistered: its password reset lets an officer take over any account,
its API mints tokens past the rate limit, its role editor grants anything. Ours are listed in
register_views(). Permissions are read once for a request and asked from that set.
"""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_appbuilder.security.sqla.manager import SecurityManager
from werkzeug.security import check_password_hash

from app.access.account_lookup import by_name
from app.extensions import transaction
from app.models import Account
from app.services.accounts import sign_in
from app.services.accounts.credentials.passwords import stamp
from app.views.accounts import browsing, devices
from app.views.accounts.admission import admit, visitor_of
from app.views.web import context
from app.views.web.api_paths import is_api


class LaporSecurityManager(SecurityManager):
    user_model = Account

    def register_views(self) -> None:
        from app.views.accounts.authenticator import Authenticator
        from app.views.accounts.mailed_links import MailedLinks
        from app.views.accounts.own_account import AccountView
        from app.views.accounts.own_apps import OwnApps
        from app.views.accounts.own_sessions import Sessions, UnsentForms
        from app.views.accounts.sign_in import SignIn

        self.auth_view = SignIn()
        self.appbuilder.add_view_no_menu(self.auth_view)
        self.appbuilder.add_view_no_menu(AccountView(), endpoint="Account")
        self.appbuilder.add_view_no_menu(OwnApps())
        for view in (Authenticator, MailedLinks, Sessions, UnsentForms):
            self.appbuilder.add_view_no_menu(view)

    # Who is it?

    def sign_in(self, name: str, password: str) -> Account | None:
        """The account, if the password is right and it is neither switched off nor locked.

        An unknown name costs what a known one does: one comparison, the same rows read and written.
        Raises TooMany for a place that tries too often, or this name too often; every other refusal looks
        the same. A second step may still be due.
        """
        now = context.now()
        # What is read of it is kept: the session lets go of it when the try is counted.
        account = by_name(context.reading(), name)
        key = account.id if account else None
        hashed = account.password if account else None
        mark = stamp(account) if account else ""
        shut = account is None or not sign_in.open_to(account, now, trusted=True)
        locked = account is not None and sign_in.locked(account, now)
        visitor = visitor_of(name, devices.known(account))
        door = admit(visitor, key)
        closed = shut or (locked and not door.trusted)
        right = check_password_hash(self._nobody if closed else str(hashed), password) and not closed
        with transaction() as writing:
            if closed or key is None:
                sign_in.record_unknown(writing, visitor, key, now)
            else:
                right = sign_in.record(
                    writing, key, mark, right=right, now=now, visitor=visitor, trusted=door.trusted
                )
        return self._still(key, mark) if right else None

    def _still(self, key: int | None, mark: str) -> Account | None:
        """The account that was let in, unless its stamp is another by now: that ends this sign-in as well."""
        account: Account | None = self.get_user_by_id(key)
        return account if account is not None and stamp(account) == mark else None

    @property
    def _nobody(self) -> str:
        return str(current_app.config["AUTH_DB_FAKE_PASSWORD_HASH_CHECK"])

    def auth_user_db(self, username: str, password: str) -> Account | None:
        return self.sign_in(username or "", password or "")

    def on_user_login(self, user: Account) -> None:
        """Begin a session of its own: of the anonymous one nothing stays but CARRIED, not even its CSRF token."""
        devices.remember(user)
        browsing.begin(user)

    def load_user(self, pk: Any) -> Account | None:
        """The session's account, if it may still be used. The API takes tokens, and no cookie."""
        if is_api():
            return None
        return browsing.open_account(int(pk))

    # What may it do?

    def get_user_roles(self, user: Any) -> list[Any]:
        """An account's own roles; groups, which carry roles past our rules, are not used."""
        return list(user.roles) if user.is_authenticated else []

    def exist_permission_on_roles(self, view_name: str, permission_name: str, role_ids: list[int]) -> bool:
        return (view_name, permission_name) in context.permission_names()

    def is_item_public(self, permission_name: str, view_name: str) -> bool:
        return False
