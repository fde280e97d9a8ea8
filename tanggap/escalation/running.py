"""Which clocks of a case run at a moment (DOMAIN §3, §4). Pure: no Django, no database.

A run is what the steps of a ladder are counted in: no step is taken twice in one. Where a ladder counts from the
start, the run is named after what began it (a leg, the intake, an objection); where it counts from the limit, after
the limit (`limit:1`): a case that is handed on keeps its limit, so its last warnings are not sent again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tanggap.cases.clocks import Pause
from tanggap.cases.workflow import State

AT_AGENCY = (State.FORWARDED, State.IN_PROGRESS)
ENDED = (State.CLOSED, State.ARCHIVED)
Anchor = Literal["start", "limit"]


@dataclass(frozen=True, slots=True)
class Leg:
    """The present holder's time with the case."""

    id: int
    agency_id: int
    held_from: datetime


@dataclass(frozen=True, slots=True)
class Debt:
    """A promise or an inquiry that was still open: the agency owes it by a day of its own."""

    id: int
    agency_id: int
    began_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a case at a moment; everything later is left out by whoever fills this in."""

    state: str
    state_before: str
    agency_id: int
    received_at: datetime
    verified_at: datetime | None = None
    complete_at: datetime | None = None
    first_answered_at: datetime | None = None
    answered_at: datetime | None = None
    verification_due_at: datetime | None = None
    answer_due_at: datetime | None = None
    resolution_due_at: datetime | None = None
    statutory_due_at: datetime | None = None
    objection_due_at: datetime | None = None
    objected_at: datetime | None = None
    window_began_at: datetime | None = None
    window_ends_at: datetime | None = None
    hold_id: int | None = None
    held_at: datetime | None = None
    hold_due_at: datetime | None = None
    reopens: int = 0
    urgent_since: datetime | None = None
    leg: Leg | None = None
    pauses: tuple[Pause, ...] = ()
    pledges: Sequence[Debt] = ()
    inquiries: Sequence[Debt] = ()

    @property
    def stage(self) -> str:
        """The state, or the one the case was in when its clocks were stopped."""
        return self.state_before if self.state == State.ON_HOLD else self.state


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a clock: what its steps count from, and whether it stands still just now."""

    clock: str
    key: str
    anchor: Anchor
    agency_id: int
    started_at: datetime
    limit_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    suspended: bool = False


def runs_of(facts: Facts) -> list[Run]:
    """Every run of a clock of the case, the suspended ones too."""
    found = [*_promises(facts), *_inquiries(facts)]
    if facts.state in ENDED:
        return found
    for clock in (_urgent, _verification, _first_answer, _resolution, _objection, _window, _completion, _statutory):
        found.extend(clock(facts))
    return found


def _both(run: Run, limit_key: str) -> Iterator[Run]:
    """The steps counted from the start, and those counted from the limit."""
    yield run
    if run.limit_at is not None:
        yield Run(run.clock, limit_key, "limit", run.agency_id, run.started_at, run.limit_at, run.pauses, run.suspended)


def _held(facts: Facts) -> bool:
    return facts.state == State.ON_HOLD


def _urgent(facts: Facts) -> Iterator[Run]:
    if facts.urgent_since is not None and facts.state == State.UNVERIFIED and facts.verified_at is None:
        key = f"urgent:{int(facts.urgent_since.timestamp())}"
        yield Run("urgent", key, "start", facts.agency_id, facts.urgent_since)


def _verification(facts: Facts) -> Iterator[Run]:
    if facts.stage != State.UNVERIFIED or facts.verified_at is not None:
        return
    run = Run(
        "verification",
        "received",
        "start",
        facts.agency_id,
        facts.received_at,
        facts.verification_due_at,
        facts.pauses,
        _held(facts),
    )
    yield from _both(run, "limit:1")


def _agency_run(facts: Facts, clock: str, limit_at: datetime | None) -> Iterator[Run]:
    leg = facts.leg
    if facts.stage not in AT_AGENCY or leg is None:
        return
    run = Run(clock, f"leg:{leg.id}", "start", leg.agency_id, leg.held_from, limit_at, facts.pauses, _held(facts))
    yield from _both(run, "limit:1")


def _first_answer(facts: Facts) -> Iterator[Run]:
    if facts.first_answered_at is None and facts.answered_at is None:
        yield from _agency_run(facts, "first_answer", facts.answer_due_at)


def _resolution(facts: Facts) -> Iterator[Run]:
    if facts.answered_at is None and facts.objection_due_at is None:
        yield from _agency_run(facts, "resolution", facts.resolution_due_at)


def _objection(facts: Facts) -> Iterator[Run]:
    """From the objection or reopening to the next final answer, whoever holds the case meanwhile."""
    if facts.stage not in AT_AGENCY or facts.objection_due_at is None or facts.objected_at is None:
        return
    run = Run(
        "objection",
        f"objection:{facts.reopens}",
        "start",
        facts.agency_id,
        facts.objected_at,
        facts.objection_due_at,
        facts.pauses,
        _held(facts),
    )
    yield from _both(run, f"limit:{facts.reopens}")


def _window(facts: Facts) -> Iterator[Run]:
    """The reporter's window; every reply begins a new one, with a warning of its own."""
    if facts.state == State.ANSWERED and facts.window_ends_at is not None and facts.window_began_at is not None:
        key = f"window:{int(facts.window_began_at.timestamp())}"
        run = Run("window", key, "start", facts.agency_id, facts.window_began_at, facts.window_ends_at)
        yield from _both(run, key)


def _completion(facts: Facts) -> Iterator[Run]:
    if _held(facts) and facts.hold_id is not None and facts.held_at is not None and facts.hold_due_at is not None:
        key = f"hold:{facts.hold_id}"
        run = Run("completion", key, "start", facts.agency_id, facts.held_at, facts.hold_due_at)
        yield from _both(run, key)


def _statutory(facts: Facts) -> Iterator[Run]:
    """Perpres 76/2013: calendar days from the complete file; a question to the reporter does not stop them."""
    if facts.answered_at is None and facts.complete_at is not None and facts.statutory_due_at is not None:
        key = f"file:{int(facts.complete_at.timestamp())}"
        run = Run("statutory", key, "start", facts.agency_id, facts.complete_at, facts.statutory_due_at)
        yield from _both(run, key)


def _promises(facts: Facts) -> Iterator[Run]:
    """A promise keeps its date after closing; an archived or merged case has nobody left who was promised anything."""
    if facts.state != State.ARCHIVED:
        for debt in facts.pledges:
            yield from _debt("promise", debt)


def _inquiries(facts: Facts) -> Iterator[Run]:
    for debt in facts.inquiries:
        yield from _debt("inquiry", debt)


def _debt(clock: str, debt: Debt) -> Iterator[Run]:
    key = f"{clock}:{debt.id}"
    run = Run(clock, key, "start", debt.agency_id, debt.began_at, debt.due_at)
    yield from _both(run, key)
