"""The units of a body as a table: each with its share of closed cases and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from tanggap.common.charts import interval
from tanggap.directory.models import Agency
from tanggap.evaluation.comparing import scorecard_on
from tanggap.evaluation.definitions import Unit
from tanggap.evaluation.periods import Period
from tanggap.evaluation.ranking.measures import wilson
from tanggap.evaluation.reporting.lines import written
from tanggap.evaluation.selectors.unit_lines import UnitLine, unit_lines


@dataclass(frozen=True)
class UnitRow:
    """One unit: its counts, and its share in words and as a drawing, nothing where there are too few cases."""

    line: UnitLine
    share: str
    drawing: SafeString


@dataclass(frozen=True)
class Units:
    """The units of a body that have a case, and how many cases one needs to be judged."""

    rows: list[UnitRow]
    fewest: int


def units_of_body(body: Agency, period: Period, whole: float | None) -> Units | None:
    """The table of a body's units; None for what is no body or has no case. `whole` is the body's own share."""
    lines = unit_lines(body, period) if body.is_body else []
    if not lines:
        return None
    rules = scorecard_on(period.last)
    rows = [_row(line, whole, rules.z) if line.total >= rules.minimum_n else _few(line) for line in lines]
    return Units(rows, rules.minimum_n)


def _row(line: UnitLine, whole: float | None, z: float) -> UnitRow:
    share = line.closed / line.total
    return UnitRow(line, written(share, Unit.SHARE), interval(share, *wilson(share, line.total, z), whole))


def _few(line: UnitLine) -> UnitRow:
    return UnitRow(line, "", SafeString(""))
