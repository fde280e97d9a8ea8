"""What stands above the inbox for one person: the filters kept, the notes that name him."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, QuerySet, Value

from tanggap.accounts.actor import Actor
from tanggap.console.mentioning import unread_of
from tanggap.console.models import SavedFilter

MOST_MENTIONS = 5


@dataclass(frozen=True)
class OwnDesk:
    """`filters` by name and address; `mentions` by title and number."""

    filters: list[tuple[str, str]]
    mentions: list[tuple[str, str]]


def own_desk(actor: Actor) -> OwnDesk:
    """One statement: the inbox is opened all day."""
    filters = _pairs(SavedFilter.objects.filter(person_id=actor.own_id).order_by(), "f", "name", "query")
    mentions = _pairs(unread_of(actor)[:MOST_MENTIONS], "m", "case__title", "case__tracking_id")
    rows = list(filters.union(mentions, all=True))
    return OwnDesk(
        filters=sorted((first, second) for kind, first, second in rows if kind == "f"),
        mentions=[(first or second, second) for kind, first, second in rows if kind == "m"],
    )


def _pairs(rows: QuerySet[Any], kind: str, first: str, second: str) -> QuerySet[Any, tuple[str, str, str]]:
    word = CharField()
    named = rows.annotate(kind=Value(kind, output_field=word), first=F(first), second=F(second))
    pairs: QuerySet[Any, tuple[str, str, str]] = named.values_list("kind", "first", "second")
    return pairs
