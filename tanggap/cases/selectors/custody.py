"""Who held a case, how long, and why it moved on: shown to everybody who may read the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tanggap.cases.clocks import Pause, working_duration
from tanggap.cases.deadlines import pauses_of
from tanggap.cases.models import Case
from tanggap.cases.workflow import Action
from tanggap.common.masking import mask
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of


@dataclass(frozen=True, slots=True)
class CustodyLink:
    """One holder. `days` are working days net of pauses; `returned` says how it left, `reason` why."""

    agency: Agency
    held_from: datetime
    held_to: datetime | None
    days: float
    verifying: bool
    returned: bool
    reason: str

    @property
    def present(self) -> bool:
        """Whether this one still holds it."""
        return self.held_to is None

    @property
    def public_reason(self) -> str:
        """The reason as everybody may read it: officers name people and numbers in it."""
        return mask(self.reason).text


def custody_chain(case: Case, *, now: datetime) -> list[CustodyLink]:
    """From the desk that verified to the present holder, oldest first."""
    legs = list(case.legs.select_related("agency__body"))
    pauses = pauses_of(list(case.hold_rows.all()))
    first = legs[0].agency if legs else case.agency
    desk = first.body or first
    until = case.verified_at or case.closed_at
    chain = [_link(desk, case.received_at, until, now, pauses, verifying=True)]
    for leg, following in zip(legs, [*legs[1:], None], strict=False):
        returned = following is not None and following.moved_by == Action.RETURN
        reason = following.reason if following is not None else ""
        chain.append(_link(leg.agency, leg.held_from, leg.held_to, now, pauses, returned=returned, reason=reason))
    return chain


def _link(
    agency: Agency,
    start: datetime,
    end: datetime | None,
    now: datetime,
    pauses: tuple[Pause, ...],
    *,
    verifying: bool = False,
    returned: bool = False,
    reason: str = "",
) -> CustodyLink:
    days = working_duration(start, end or now, calendar_of(agency.pk), pauses)
    return CustodyLink(agency, start, end, days, verifying, returned, reason)
