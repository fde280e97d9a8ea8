"""The facts of a case that figures stand on, and what is judged by them: in time, overdue. Pure (DOMAIN §7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from tanggap.cases.clocks import Pause
from tanggap.cases.workflow import Classification, State
from tanggap.evaluation.tallies.told import Stretch, Told

WAITING: Final = frozenset({State.UNVERIFIED, State.ON_HOLD, State.FORWARDED, State.IN_PROGRESS})
_TIMES: Final = (
    "received_at", "verified_at", "forwarded_at", "first_answered_at", "closed_at",
    "verification_due_at", "answer_due_at", "resolution_due_at", "objection_due_at",
)  # fmt: skip


class CaseFacts(NamedTuple):
    """What the figures need of one case, as it stood at some moment."""

    state: str
    channel: str
    classification: str | None
    category: str | None
    region: str | None
    agency_id: int
    received_at: datetime
    body_id: int | None = None
    verified_at: datetime | None = None
    forwarded_at: datetime | None = None
    first_answered_at: datetime | None = None
    closed_at: datetime | None = None
    verification_due_at: datetime | None = None
    answer_due_at: datetime | None = None
    resolution_due_at: datetime | None = None
    objection_due_at: datetime | None = None
    outcome: str = ""
    archive_reason: str = ""
    reopens: int = 0
    returns: int = 0
    rating: int | None = None
    merged: bool = False
    guarded: bool = False
    pauses: tuple[Pause, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    promises_kept: int = 0
    promises_broken: int = 0
    promises_pending: int = 0

    @property
    def limits(self) -> Iterator[datetime]:
        """The ends of all its limits, whether they run or not."""
        limits = (self.verification_due_at, self.answer_due_at, self.resolution_due_at, self.objection_due_at)
        return (limit for limit in limits if limit is not None)


def facts_of(told: Told) -> CaseFacts:
    """The facts of a case from what its events tell."""
    columns = told.columns
    times: dict[str, Any] = {name: datetime.fromisoformat(value) for name in _TIMES if (value := columns.get(name))}
    return CaseFacts(
        state=columns["state"],
        channel=columns["channel"],
        classification=columns.get("classification"),
        category=columns.get("category_id"),
        region=columns.get("region_id"),
        agency_id=columns["agency_id"],
        body_id=columns.get("body_id"),
        **times,
        outcome=columns.get("outcome") or "",
        archive_reason=columns.get("archive_reason") or "",
        reopens=columns.get("reopens") or 0,
        returns=columns.get("returns") or 0,
        rating=columns.get("rating"),
        merged=columns.get("merged_into_id") is not None,
        guarded=bool(columns.get("secret")) or columns.get("classification") == Classification.SUPERVISORY_COMPLAINT,
        pauses=tuple(told.pauses),
        stretches=tuple(told.stretches),
        promises_kept=told.kept,
        promises_broken=len(told.broken),
        promises_pending=max(0, told.promised - told.kept - len(told.broken)),
    )


def answered_on_time(case: CaseFacts, at: datetime) -> bool | None:
    """Whether the first answer came within its limit; None while the limit has not passed `at`.

    None too for what never had a limit, and for a case archived within it: the clock was stopped, nobody was late.
    A closed case whose file names no answer counts as unanswered: leaving times out must not raise the share.
    """
    due, answered = case.answer_due_at, case.first_answered_at
    if due is None or not _passed(case, due, at, stopped=answered is not None):
        return None
    if answered is not None:
        return answered <= due
    stopped = case.closed_at if case.state == State.ARCHIVED else None
    return None if stopped is not None and stopped <= due else False


def is_overdue(case: CaseFacts, at: datetime) -> bool:
    """Whether the limit that runs now has passed: verification, first answer, resolution or the answer to an objection.

    The reporter's window is nobody's delay, and what has ended is not overdue any more.
    """
    due = _running_limit(case)
    return due is not None and _passed(case, due, at, stopped=False)


def changes_next(case: CaseFacts, at: datetime) -> datetime | None:
    """When time alone next changes one of the two judgements: the end of a limit not before `at`; None if it can't.

    On hold a limit stands still, unless it ended before the question was asked. It has passed from the moment after
    its end.
    """
    asked = _asked(case)
    limits = [case.answer_due_at] if case.first_answered_at is not None else []
    limits += [limit for limit in (case.answer_due_at, _running_limit(case)) if limit and (not asked or limit < asked)]
    return min((limit for limit in limits if limit is not None and limit >= at), default=None)


def _running_limit(case: CaseFacts) -> datetime | None:
    if case.state not in WAITING:
        return None
    if case.forwarded_at is None and case.verified_at is None and case.first_answered_at is None:
        return case.verification_due_at
    if case.first_answered_at is None:
        return case.answer_due_at
    return case.objection_due_at or case.resolution_due_at


def _asked(case: CaseFacts) -> datetime | None:
    """When it was put on hold, while it is."""
    return next((pause.start for pause in case.pauses if pause.end is None), None)


def _passed(case: CaseFacts, due: datetime, at: datetime, *, stopped: bool) -> bool:
    """Whether a limit ran out. On hold it stands still: what was in time when the question was asked still is."""
    asked = _asked(case)
    return due < (at if stopped or asked is None else min(asked, at))
