"""Suggestions for a text, from the units of one body."""

from __future__ import annotations

from tanggap.directory.cache import revision_cached
from tanggap.directory.models import Agency
from tanggap.directory.selectors import units_of
from tanggap.routing.suggesting import Suggestion, Unit, suggest_units


def suggested_units(text: str, body: Agency) -> list[Suggestion]:
    """The units of a government or national body that the text may be for, with reasons; none when nothing fits."""
    return suggest_units(text, _units(body.pk))


@revision_cached
def _units(body_id: int) -> tuple[Unit, ...]:
    units = units_of(Agency.objects.get(pk=body_id)).exclude(topics="").exclude(code__contains="/kec-")
    return tuple(Unit(unit.code, unit.name, unit.topics) for unit in units)
