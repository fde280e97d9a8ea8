"""Search over every kind of reference data at once: a few rows of each, where they are changed, and their history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from tanggap.console.reference.labels import value_of
from tanggap.console.reference.site import ReferenceAdmin
from tanggap.console.reference.tables import site
from tanggap.directory.models import Agency
from tanggap.directory.selectors import search_agencies

MOST_AGENCIES: Final = 50
MOST_OF_A_KIND: Final = 10
MOST_WORDS: Final = 6


@dataclass(frozen=True)
class Found:
    """One row: what it is, where it is changed, and where its history stands."""

    title: str
    facts: list[str]
    address: str
    history: str


def find_agencies(wanted: str) -> list[Agency]:
    """By words of the name, or by the whole code."""
    by_code = list(Agency.objects.select_related("body").filter(code=wanted)) if wanted else []
    return [*by_code, *(row for row in search_agencies(wanted, limit=MOST_AGENCIES) if row not in by_code)]


def find_others(wanted: str) -> list[tuple[str, list[Found], str]]:
    """(kind, rows, address of the whole list) for the other kinds in which every word is found."""
    words = wanted.split()[:MOST_WORDS]
    return list(_kinds(words)) if words else []


def _kinds(words: list[str]) -> Iterator[tuple[str, list[Found], str]]:
    for table in site._registry.values():
        if not isinstance(table, ReferenceAdmin) or table.model is Agency or not table.search_fields:
            continue
        rows = [_found(table, row) for row in _matching(table, words)[:MOST_OF_A_KIND]]
        if rows:
            yield str(table.words), rows, table.list_address()


def _matching(table: ReferenceAdmin, words: list[str]) -> QuerySet[Model]:
    names = [str(name) for name in table.search_fields]
    lookups = [name if name.endswith("__istartswith") else f"{name}__icontains" for name in names]
    each = (reduce(or_, (Q(**{lookup: word}) for lookup in lookups)) for word in words)
    rows = table.model._default_manager.filter(reduce(and_, each)).order_by(*(table.ordering or ("pk",)))
    related: Any = table.list_select_related
    return rows.select_related(*related) if related else rows


def _found(table: ReferenceAdmin, row: Model) -> Found:
    name = f"admin:{table.opts.app_label}_{table.opts.model_name}"
    cells = [str(value_of(row, table.model._meta.get_field(str(column)))) for column in table.list_display]  # type: ignore[arg-type]
    return Found(
        title=cells[0],
        facts=[text for text in cells[1:5] if text and text != "None"],
        address=table.room_address(row) or reverse(f"{name}_change", args=[row.pk]),
        history=reverse(f"{name}_history", args=[row.pk]),
    )
