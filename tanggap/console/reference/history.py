"""Who changed a row of reference data, what and when: the events of the stream its service writes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from tanggap.accounts.models import Person
from tanggap.console.models import AnswerTemplate
from tanggap.console.reference.differences import changes_of, subject_of
from tanggap.console.reference.labels import label_of
from tanggap.console.rule_words import clock_name
from tanggap.directory.models import Agency, AgencyAlias, Brand, Category
from tanggap.escalation.models import LetterPolicy
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


_STREAMS: dict[type[Model], Callable[[Any], str]] = {
    Agency: lambda row: f"agency:{row.pk}",
    AgencyAlias: lambda row: f"agency:{row.agency_id}",
    LetterPolicy: lambda row: f"agency:{row.agency_id}",
    Category: lambda row: f"category:{row.pk}",
    Brand: lambda row: f"brand:{row.slug}",
    AnswerTemplate: lambda row: row.stream,
    Wording: lambda row: wording_stream(row.template, row.channel, row.language),
    ScorecardComponent: lambda _row: "scorecard:national",
    RankingPolicy: lambda _row: "scorecard:national",
}
_LEVELS = {"dayoff": "calendar", "officeweek": "calendar", "deadlinepolicy": "policy", "ladder": "ladder"}


def streams_of(row: Model) -> str:
    """The stream in which the services tell about this row; that of its level where rows are told of together."""
    if named := _STREAMS.get(type(row)):
        return named(row)
    return f"{_LEVELS[row._meta.model_name or '']}:{getattr(row, 'agency_id', None) or 'national'}"


def history_of(row: Model) -> list[HistoryLine]:
    """The newest changes first. Reference data that came with the product and was never touched has none."""
    events = list(Event.objects.filter(stream=streams_of(row)).order_by("-seq")[:MOST_LINES])
    names = _names(event.actor for event in events)
    earlier: dict[tuple[str, str], dict[str, Any]] = {}
    lines = []
    for event in reversed(events):
        subject = subject_of(event.data)
        lines.append(_line(event, earlier.get(subject), names, str(row._meta.model_name)))
        earlier[subject] = event.data
    return lines[::-1]


def _line(event: Event, earlier: dict[str, Any] | None, names: dict[str, str], table: str) -> HistoryLine:
    changes = changes_of(event.name, event.data, earlier)
    clock = event.data.get("clock")
    what = _words().get(event.name, event.name)
    return HistoryLine(
        at=event.at,
        what=f"{what} ({clock_name(clock)})" if clock else what,
        who=names.get(event.actor, event.actor),
        reason=str(event.data.get("reason") or event.data.get("source") or event.data.get("basis") or ""),
        changed=[(label_of(name, table), _short(before), _short(after)) for name, before, after in changes],
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
        "letter_rules.set": _("Aturan surat diubah"),
        "answer_template.saved": _("Contoh jawaban disimpan"),
        "answer_template.retired": _("Contoh jawaban dihapus dari daftar"),
    }
