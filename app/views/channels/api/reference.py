"""Categories, areas, agencies and reasons: what a program offers to choose from. Open to everybody."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from marshmallow import fields

from app.access.channels import reference_lists
from app.views.channels.api.fields import QuerySchema, Shown, matching
from app.views.channels.api.operation import operation
from app.views.channels.api.paging import PageQuery, cursor, next_field, place
from app.views.web import context


class CategoryShown(Shown):
    id = fields.Integer(required=True)
    name = fields.String(required=True)
    parent = fields.Integer(required=True, allow_none=True)


class Categories(Shown):
    items = fields.List(fields.Nested(CategoryShown), required=True)


class AreaShown(Shown):
    code = fields.String(required=True)
    name = fields.String(required=True)
    parts = fields.Boolean(required=True, metadata={"description": "Apakah ada wilayah di dalamnya"})


class Areas(Shown):
    items = fields.List(fields.Nested(AreaShown), required=True)


class AreaQuery(QuerySchema):
    parent = matching(r"^[0-9.]{1,32}$", metadata={"description": "Kode wilayah; tanpa ini semua provinsi"})


class AgencyShown(Shown):
    id = fields.Integer(required=True)
    name = fields.String(required=True)
    parent = fields.Integer(required=True, allow_none=True)


class Agencies(Shown):
    items = fields.List(fields.Nested(AgencyShown), required=True)
    next = next_field()


class ReasonShown(Shown):
    code = fields.String(required=True)
    name = fields.String(required=True)


class Reasons(Shown):
    items = fields.List(fields.Nested(ReasonShown), required=True)


@operation("GET", "/categories", returns=Categories)
def list_categories() -> dict[str, Any]:
    """Kategori yang dapat dipilih."""
    return {"items": reference_lists.categories(context.reading())}


@operation("GET", "/areas", query=AreaQuery, returns=Areas)
def list_areas(query: dict[str, Any]) -> dict[str, Any]:
    """Wilayah langsung di dalam sebuah wilayah, atau semua provinsi."""
    return {"items": reference_lists.areas(context.reading(), query.get("parent"))}


@operation("GET", "/agencies", query=PageQuery, returns=Agencies)
def list_agencies(query: dict[str, Any]) -> dict[str, Any]:
    """Instansi aktif, menurut kunci."""
    after, limit = place(query.get("after"), 1), query["limit"]
    found = reference_lists.agencies(context.reading(), after=after[0] if after else 0, limit=limit + 1)
    more = len(found) > limit
    return {"items": found[:limit], "next": cursor(found[limit - 1].id) if more else None}


@operation("GET", "/archive-reasons", returns=Reasons)
def list_archive_reasons() -> dict[str, Any]:
    """Alasan pengarsipan yang dapat dipilih."""
    found = reference_lists.archive_reasons(context.reading())
    return {"items": [{"code": each.code, "name": _(each.name)} for each in found]}
