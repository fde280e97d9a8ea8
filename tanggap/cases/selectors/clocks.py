"""The clocks of one case, explained."""

from __future__ import annotations

from datetime import datetime

from tanggap.cases.clocks import ClockView, Pause, explain
from tanggap.cases.deadlines import limit_for, pauses_of
from tanggap.cases.models import Case, ClockName, MessageKind
from tanggap.cases.workflow import State
from tanggap.directory.selectors import calendar_of


def _view(
    case: Case, clock: str, start: datetime, pauses: tuple[Pause, ...], now: datetime, stop: datetime | None
) -> ClockView:
    calendar = calendar_of(case.agency_id)
    on = start.astimezone(calendar.zone).date()
    urgent = case.urgent and not _verified_before_marked(case, clock)
    limit = limit_for(clock, classification=case.classification, agency=case.agency, on=on, urgent=urgent)
    return explain(clock, start, limit, calendar, pauses, now, stop)


def _verified_before_marked(case: Case, clock: str) -> bool:
    """Whether the verification clock had stopped when the case was marked urgent: it keeps the limit it ran with.

    Its due date says so: hours end at any second, days with their last one. No other clock can have stopped, since
    the mark is not moved once the agency has answered.
    """
    if clock != ClockName.VERIFICATION or case.verified_at is None or case.verification_due_at is None:
        return False
    local = case.verification_due_at.astimezone(calendar_of(case.agency_id).zone)
    return (local.hour, local.minute, local.second) == (23, 59, 59)


def clock_views(case: Case, *, now: datetime) -> list[ClockView]:
    """Verification, first answer, resolution and the reporter's window, as far as they have begun."""
    pauses = pauses_of(list(case.hold_rows.all()))
    ended = case.closed_at
    views = [_view(case, ClockName.VERIFICATION, case.received_at, pauses, now, case.verified_at or ended)]
    if case.forwarded_at is not None:
        first = case.first_answered_at or case.answered_at or ended
        views.append(_view(case, ClockName.FIRST_ANSWER, case.forwarded_at, pauses, now, first))
        views.append(_view(case, ClockName.RESOLUTION, case.forwarded_at, pauses, now, case.answered_at or ended))
    if case.objection_due_at is not None and ended is None and (begun := _second_start(case)) is not None:
        views.append(_view(case, ClockName.RESOLUTION, begun, pauses, now, None))
    if case.state == State.ON_HOLD:
        views.extend(_view(case, ClockName.COMPLETION, p.start, (), now, None) for p in pauses if p.end is None)
    if case.state == State.ANSWERED and case.answered_at is not None:
        views.append(_view(case, ClockName.WINDOW, case.answered_at, (), now, None))
    return views


def _second_start(case: Case) -> datetime | None:
    """When the limit of an objected or reopened case began: with the words that brought it back."""
    back = (
        case.messages.filter(kind__in=[MessageKind.OBJECTION, MessageKind.EXPLANATION]).order_by("-at", "-id").first()
    )
    return back.at if back is not None else None


def present_clock(case: Case, *, now: datetime) -> ClockView | None:
    """The clock that matters in the present state; None when the case has ended.

    Reads the holds of a case that was ever on hold: a list prefetches `hold_rows`, so that fifty rows cost one query.
    """
    if case.due_at is None:
        return None
    pauses = pauses_of(list(case.hold_rows.all())) if case.holds else ()
    if case.state == State.UNVERIFIED:
        return _view(case, ClockName.VERIFICATION, case.received_at, pauses, now, None)
    if case.state == State.ANSWERED and case.answered_at is not None:
        return _view(case, ClockName.WINDOW, case.answered_at, (), now, None)
    if case.forwarded_at is None or case.state == State.ON_HOLD:
        return None
    if case.objection_due_at is not None:
        # Its limit counts from the objection, whose time a list does not read: `due_at` says by when.
        return None
    clock = ClockName.RESOLUTION if case.first_answered_at else ClockName.FIRST_ANSWER
    return _view(case, clock, case.forwarded_at, pauses, now, None)
