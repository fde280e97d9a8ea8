"""Ladders of reminders and escalation as a table: a line a step; the lines of one version are taken together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.common.errors import Invalid
from tanggap.console.ladder_words import step_words
from tanggap.console.reference.sheets.mark import OfficerMark
from tanggap.directory.exchange import Table
from tanggap.directory.exchange.shape import Line, agency_of, date_of, flag, number_of, told, truth_of
from tanggap.directory.models import Agency
from tanggap.escalation.ladder_edits import StepWish, in_order
from tanggap.escalation.models import Ladder, LadderStep
from tanggap.escalation.selectors.ladders import steps_of
from tanggap.escalation.services.save_ladder import LONGEST_SOURCE, save_ladder

PLACE: Final = ("clock", "agency_code", "valid_from")
STEP: Final = ("offset", "from_limit", "unit", "kind", "role", "template", "channel", "copies")


def _rows() -> Iterator[tuple[str, ...]]:
    ladders = Ladder.objects.select_related("agency").prefetch_related("steps")
    for ladder in ladders.order_by("agency__code", "clock", "valid_from"):
        code = ladder.agency.code if ladder.agency else ""
        for said in steps_of(ladder):
            yield (
                *(ladder.clock, code, ladder.valid_from.isoformat()),
                *(str(said.offset), flag(said.from_limit), said.unit, said.kind, said.role, said.template),
                *(said.channel, " ".join(said.copies), ladder.source),
            )


def _take(lines: list[Line], mark: OfficerMark) -> str:
    clock, agency, first = lines[0]["clock"], _agency(lines[0]), date_of(lines[0], "valid_from")
    if clock not in Ladder.Clock.values:
        known = ", ".join(Ladder.Clock.values)
        raise Invalid(_("Jam itu tidak dikenal. Yang ada: %(known)s.") % {"known": known}, field="clock")
    found = Ladder.objects.filter(clock=clock, agency=agency, valid_from__lte=first).order_by("-valid_from").first()
    same_day = found is not None and found.valid_from == first
    before = list(steps_of(found)) if found else []
    after = in_order([_typed(line) for line in lines])
    kept = found.source if found and same_day else mark.reason[:LONGEST_SOURCE]
    source = next((line["source"] for line in lines if line["source"]), kept)
    if same_day and (before, kept) == (after, source):
        return ""
    version: dict[str, Any] = {"valid_from": first, "source": source, "actor": mark.actor, "now": mark.now}
    save_ladder(clock=clock, agency=agency, steps=after, **version)
    changes = [(_("langkah %(n)s") % {"n": number}, *pair) for number, pair in enumerate(_pairs(before, after), 1)]
    return told([*changes, (_("dasar"), found.source if found else "", source)]) or _("versi baru, langkahnya sama")


def _agency(line: Line) -> Agency | None:
    return agency_of(line) if line["agency_code"] else None


def _pairs(before: Sequence[StepWish], after: Sequence[StepWish]) -> Iterator[tuple[str, str]]:
    for old, new in zip_longest(before, after):
        yield _words(old), _words(new)


def _words(step: StepWish | None) -> str:
    return f"{step_words(step)} ({step.template})" if step else ""


def _typed(line: Line) -> StepWish:
    return StepWish(
        kind=line["kind"],
        offset=number_of(line, "offset"),
        from_limit=truth_of(line, "from_limit"),
        unit=line["unit"] or LadderStep.Calendar.WORKING_DAYS.value,
        role=line["role"],
        template=line["template"],
        channel=line["channel"],
        copies=tuple(line["copies"].replace(",", " ").split()),
    )


TABLE: Final[Table[OfficerMark]] = Table(
    "tangga",
    gettext_lazy("Tangga pengingat"),
    (*PLACE, *STEP, "source"),
    ("clock", "valid_from", "offset", "kind", "role", "template"),
    _rows,
    _take,
    together=PLACE,
)
