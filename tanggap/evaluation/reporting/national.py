"""What the national page says beyond a card: bodies, cases a day (DOMAIN §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.evaluation.figures import Figures
from tanggap.evaluation.periods import Period
from tanggap.evaluation.selectors.connected import active_bodies, connected_bodies

KINDS: Final[dict[str, str | Promise]] = {
    "ministry": _("kementerian"),
    "institution": _("lembaga"),
    "regency": _("kabupaten"),
    "city": _("kota"),
    "province": _("provinsi"),
    "soe": _("BUMN"),
    "university": _("perguruan tinggi"),
    "other": _("lainnya"),
}


@dataclass(frozen=True)
class KindLine:
    """One kind of body: how many take part, and how many did so in the last month."""

    name: str | Promise
    connected: int
    active: int


def kind_lines(on: date) -> list[KindLine]:
    """The kinds that have a body connected on a day, in the order in which they are published."""
    connected, active = connected_bodies(on), active_bodies(on)
    return [KindLine(name, connected[kind], active[kind]) for kind, name in KINDS.items() if connected[kind]]


def cases_a_day(figures: Figures, period: Period, today: date) -> float | None:
    """Received, by the days of the period that have begun; None for a period still to come."""
    days = (min(period.last, today) - period.first).days + 1
    return figures.total / days if days > 0 else None
