"""Authlib's server over our tables: which grants there are, and what each of its questions asks of a service.

Partners: client_credentials. Apps, which keep no secret: an authorization code with PKCE (S256 alone), and
refresh tokens that are good once. One request is one transaction; its session stands in `g`.
"""

from __future__ import annotations

import secrets
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, InvalidRequestError, OAuth2Request
from authlib.oauth2.rfc6749.grants import (
    AuthorizationCodeGrant,
    ClientCredentialsGrant,
    RefreshTokenGrant,
)
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7636 import CodeChallenge
from flask import g
from sqlalchemy.orm import Session

from app.models import Account, ApiClient, ApiCode, ApiToken
from app.rules.channels import api
from app.rules.channels.api import ACCESS_LIFETIME, ClientKind
from app.services.accounts.credentials import api_tokens
from app.services.secret_hash import hash_of
from app.views.web import context

TOKEN_BYTES = 32
GRANTS = {
    ClientKind.PARTNER: frozenset({"client_credentials"}),
    ClientKind.ANDROID: frozenset({"authorization_code", "refresh_token"}),
    ClientKind.IOS: frozenset({"authorization_code", "refresh_token"}),
}


def session() -> Session:
    """The transaction of a request for a token; a page that only looks reads."""
    found: Session | None = g.get("token_session")
    return found if found is not None else context.reading()


class Client(ClientMixin):
    """One of our clients, as Authlib asks about it."""

    def __init__(self, row: ApiClient) -> None:
        self.row = row
        self.key = row.id
        self.kind = ClientKind(row.kind)

    def get_client_id(self) -> str:
        return self.row.client_id

    def get_default_redirect_uri(self) -> str | None:
        return self.row.redirect_uris[0] if len(self.row.redirect_uris) == 1 else None

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """Of what is asked for, what the client may have; all of it when nothing is said. None for nothing."""
        may_have = api.known(self.row.scopes)
        asked = api.known(scope.split()) if scope else may_have
        return " ".join(each.value for each in api.SCOPES if each in asked & may_have) or None

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri in self.row.redirect_uris

    def check_client_secret(self, client_secret: str) -> bool:
        return self.row.secret_hash is not None and secrets.compare_digest(
            self.row.secret_hash, hash_of(client_secret)
        )

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return (method == "none") == (self.row.secret_hash is None)

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code" and "authorization_code" in GRANTS[self.kind]

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in GRANTS[self.kind]


class Code:
    """An authorization code, as Authlib asks about it."""

    code_challenge_method = "S256"

    def __init__(self, row: ApiCode) -> None:
        self.row = row
        self.code_challenge = row.challenge

    def get_redirect_uri(self) -> str:
        return self.row.redirect_uri

    def get_scope(self) -> str:
        return " ".join(self.row.scopes)


class Token:
    """A token's row, as Authlib asks about it."""

    def __init__(self, row: ApiToken) -> None:
        self.row = row

    def check_client(self, client: Client) -> bool:
        return self.row.client_id == client.key

    def get_scope(self) -> str:
        return " ".join(self.row.scopes)


class Pkce(CodeChallenge):
    """Without exception, and never in the clear."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("'code_challenge' with the method S256 is required.")
        super().validate_code_challenge(grant, redirect_uri)


class CodeGrant(AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("none",)

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        account: Account = request.user
        given = api.allowed(
            api.known(request.scope.split()), api.known(request.client.row.scopes), g.account_permissions
        )
        api_tokens.give_code(
            session(),
            code,
            request.client.key,
            account,
            given,
            request.payload.redirect_uri or request.client.get_default_redirect_uri(),
            request.payload.data["code_challenge"],
            context.now(),
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        row = api_tokens.find_code(session(), code, client.key, context.now())
        return Code(row) if row is not None else None

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """Kept until it would end anyway: shown twice, it tells of a thief."""
        authorization_code.row.used_at = context.now()

    def authenticate_user(self, authorization_code: Code) -> Account:
        return authorization_code.row.account


class RefreshGrant(RefreshTokenGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("none",)
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> Token | None:
        row = api_tokens.find_refresh(session(), refresh_token, context.now())
        return Token(row) if row is not None else None

    def authenticate_user(self, refresh_token: Token) -> Account | None:
        return refresh_token.row.account

    def revoke_old_credential(self, refresh_token: Token) -> None:
        """Its access token ends with it: the new one takes its place."""
        refresh_token.row.refreshed_at = refresh_token.row.expires_at = context.now()


class PartnerGrant(ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")


class Revocation(RevocationEndpoint):
    CLIENT_AUTH_METHODS = ("client_secret_basic", "client_secret_post", "none")

    def query_token(self, token_string: str, token_type_hint: str | None) -> Token | None:
        row = api_tokens.find(session(), token_string)
        return Token(row) if row is not None else None

    def revoke_token(self, token: Token, request: OAuth2Request) -> None:
        api_tokens.revoke(session(), token.row, context.now())


def _client(client_id: str) -> Client | None:
    row = api_tokens.client(session(), client_id)
    return Client(row) if row is not None else None


def _save(given: dict[str, Any], request: OAuth2Request) -> None:
    code, refresh = getattr(request, "authorization_code", None), getattr(request, "refresh_token", None)
    came_of = code or refresh
    api_tokens.save(
        session(),
        api_tokens.NewToken(
            given["access_token"], given.get("refresh_token", ""), given["scope"].split(), given["expires_in"]
        ),
        request.client.key,
        request.user,
        came_of.row if isinstance(came_of, Code | Token) else None,
        context.now(),
    )


def _random(**_more: object) -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def _made() -> AuthorizationServer:
    server = AuthorizationServer(query_client=_client, save_token=_save)
    server.scopes_supported = [scope.value for scope in api.SCOPES]
    server.register_token_generator(
        "default",
        BearerTokenGenerator(_random, _random, lambda _client, _grant: int(ACCESS_LIFETIME.total_seconds())),
    )
    server.register_grant(CodeGrant, [Pkce(required=True)])
    server.register_grant(RefreshGrant)
    server.register_grant(PartnerGrant)
    server.register_endpoint(Revocation)
    return server


server = _made()
