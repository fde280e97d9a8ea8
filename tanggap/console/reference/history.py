"""Who changed a row of reference data, what and when: the events of the stream its service writes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from tanggap.accounts.models import Person
from tanggap.directory.models import Agency, AgencyAlias, Brand, Category, DayOff, OfficeWeek
from tanggap.evaluation.models import RankingPolicy, ScorecardComponent
from tanggap.ledger.models import Event
from tanggap.notify.models import Wording
from tanggap.notify.own_words import stream_of as wording_stream

MOST_LINES = 200
LONGEST_VALUE = 160


@dataclass(frozen=True)
class HistoryLine:
    """One change: its words, who made it, and (field, before, after) for what differs."""

    at: datetime
    what: str
    who: str
    reason: str
    changed: list[tuple[str, str, str]]


def streams_of(row: Model) -> str:
    """The stream in which the services tell about this row; that of its level where rows are told of together."""
    if isinstance(row, Agency):
        return f"agency:{row.pk}"
    if isinstance(row, AgencyAlias):
        return f"agency:{row.agency_id}"
    if isinstance(row, Category):
        return f"category:{row.pk}"
    if isinstance(row, Brand):
        return f"brand:{row.slug}"
    if isinstance(row, Wording):
        return wording_stream(row.template, row.channel, row.language)
    if isinstance(row, ScorecardComponent | RankingPolicy):
        return "scorecard:national"
    kind = "calendar" if isinstance(row, DayOff | OfficeWeek) else _RULES[row._meta.model_name or ""]
    return f"{kind}:{getattr(row, 'agency_id', None) or 'national'}"


_RULES = {"deadlinepolicy": "policy", "ladder": "ladder"}


def history_of(row: Model) -> list[HistoryLine]:
    """The newest changes first. Reference data that came with the product and was never touched has none."""
    events = list(Event.objects.filter(stream=streams_of(row)).order_by("-seq")[:MOST_LINES])
    names = _names(event.actor for event in events)
    return [_line(event, names) for event in events]


def _line(event: Event, names: dict[str, str]) -> HistoryLine:
    data = event.data
    before, after = data.get("before"), data.get("after")
    changed = []
    if isinstance(before, dict) and isinstance(after, dict):
        changed = [
            (name, _short(before.get(name)), _short(after.get(name)))
            for name in sorted({*before, *after})
            if before.get(name) != after.get(name)
        ]
    return HistoryLine(
        at=event.at,
        what=_words().get(event.name, event.name),
        who=names.get(event.actor, event.actor),
        reason=str(data.get("reason") or data.get("source") or ""),
        changed=changed,
    )


def _names(keys: Iterable[str]) -> dict[str, str]:
    ids = {int(key.removeprefix("person:")) for key in keys if key.startswith("person:")}
    found = {f"person:{pk}": name for pk, name in Person.objects.filter(pk__in=ids).values_list("pk", "name")}
    return {**found, "operator": _("pengelola server"), "timer": _("sistem")}


def _short(value: Any) -> str:
    text = "–" if value in (None, "") else str(value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _words() -> dict[str, str]:
    return {
        "agency.created": _("Instansi dibuat"),
        "agency.renamed": _("Nama instansi diganti"),
        "agency.merged": _("Instansi digabung"),
        "agency.closed": _("Instansi ditutup"),
        "agency.moved": _("Instansi pindah induk"),
        "agency.alias_added": _("Sebutan ditambahkan"),
        "agency.alias_removed": _("Sebutan dihapus"),
        "agency.described": _("Urusan instansi diganti"),
        "category.created": _("Kategori dibuat"),
        "category.renamed": _("Nama kategori diganti"),
        "category.merged": _("Kategori digabung"),
        "category.closed": _("Kategori ditutup"),
        "calendar.changed": _("Kalender diubah"),
        "policy.changed": _("Batas waktu diubah"),
        "ladder.changed": _("Tangga pengingat diubah"),
        "wording.changed": _("Kata pesan diubah"),
        "wording.reset": _("Kata pesan dikembalikan"),
        "brand.changed": _("Merek diubah"),
        "brand.keywords_set": _("Kata kunci merek diubah"),
        "scorecard.changed": _("Kartu nilai diubah"),
    }
