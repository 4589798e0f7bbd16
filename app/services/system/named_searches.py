"""Searches with a name, and the words that mean the same in all searches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access.actor import Actor
from app.access.reports.saved_searches import get_saved_search
from app.models import SavedSearch, Synonym
from app.models.system.search import QUERY_MAX
from app.rules import text
from app.rules.accounts.roles import Resource, Verb
from app.rules.errors import Forbidden, Invalid, NotFound
from app.rules.labels import N_, Filled
from app.services.system import audit
from app.services.system.reference import begin

NAME_MAX = 80
SAVED_MAX = 50
GROUP_LEAST = 2

NAME_TAKEN = N_("Anda sudah memiliki pencarian dengan nama ini. Pakai nama lain.")
TOO_MANY = N_("Paling banyak %(limit)s pencarian tersimpan. Hapus yang tidak dipakai lagi.")
TOO_LONG = N_("Pencarian ini terlalu panjang untuk disimpan.")
ONE_WORD = N_("Tulis sedikitnya dua kata atau frasa, dipisahkan koma.")
GROUP_TAKEN = N_("Kata-kata ini sudah ada dalam daftar.")


def save(session: Session, actor: Actor, name: str, query: str, now: datetime) -> SavedSearch:
    """Keep a search (what stands behind the ? of its address) under a name. Raises Invalid."""
    if actor.user_id is None or not actor.may(Resource.REPORTS, Verb.READ):
        raise Forbidden
    name = text.clean(name, "name", limit=NAME_MAX, lines=False)
    if len(query) > QUERY_MAX:
        raise Invalid({"name": TOO_LONG})
    mine = select(SavedSearch).where(SavedSearch.user_id == actor.user_id)
    if session.scalar(mine.where(SavedSearch.name == name)) is not None:
        raise Invalid({"name": NAME_TAKEN})
    if (session.scalar(select(func.count()).select_from(mine.subquery())) or 0) >= SAVED_MAX:
        raise Invalid({"name": Filled(TOO_MANY, limit=SAVED_MAX)})
    row = SavedSearch(user_id=actor.user_id, name=name, query=query, at=now)
    session.add(row)
    session.flush()
    return row


def forget(session: Session, actor: Actor, key: int | None) -> SavedSearch:
    """Delete a search of the actor's own. Raises NotFound."""
    row = get_saved_search(session, actor, key)
    session.delete(row)
    return row


def add_synonyms(session: Session, actor: Actor, words: str, now: datetime) -> Synonym:
    """Enter a group of words that mean the same, with commas between them. Raises Invalid."""
    begin(session, actor)
    row = Synonym(words=_group(session, words))
    session.add(row)
    session.flush()
    audit.note(session, actor, "search_synonym.added", "search_synonym", row.id, now, words=row.words)
    return row


def change_synonyms(session: Session, actor: Actor, key: int, words: str, now: datetime) -> Synonym:
    begin(session, actor)
    row = session.get(Synonym, key)
    if row is None:
        raise NotFound
    before, row.words = row.words, _group(session, words, besides=key)
    audit.note(
        session, actor, "search_synonym.changed", "search_synonym", key, now, before=before, after=row.words
    )
    return row


def remove_synonyms(session: Session, actor: Actor, key: int, now: datetime) -> Synonym:
    begin(session, actor)
    row = session.get(Synonym, key)
    if row is None:
        raise NotFound
    audit.note(session, actor, "search_synonym.removed", "search_synonym", key, now, words=row.words)
    session.delete(row)
    return row


def _group(session: Session, words: str, *, besides: int | None = None) -> str:
    cleaned = text.clean(words, "words", limit=text.SHORT_MAX, lines=False)
    members = list(dict.fromkeys(part for each in cleaned.split(",") if (part := each.strip())))
    if len(members) < GROUP_LEAST:
        raise Invalid({"words": ONE_WORD})
    group = ", ".join(members)
    found = session.scalar(select(Synonym.id).where(Synonym.words == group))
    if found is not None and found != besides:
        raise Invalid({"words": GROUP_TAKEN})
    return group
