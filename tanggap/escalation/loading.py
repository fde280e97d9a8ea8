"""What the pure rules must know of a batch of cases: a constant number of statements, and nothing later than asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tanggap.cases.clocks import Pause, complete_file_at
from tanggap.cases.models import Case, Hold, Inquiry, Message, MessageKind, Pledge
from tanggap.cases.models import Leg as LegRow
from tanggap.cases.workflow import Classification, State
from tanggap.escalation.running import Debt, Facts, Leg
from tanggap.ledger.models import Event

SECOND_STARTS = (MessageKind.OBJECTION, MessageKind.EXPLANATION)


@dataclass(slots=True)
class _Around:
    """The rows around one case."""

    leg: Leg | None = None
    holds: list[Pause] = field(default_factory=list)
    hold_id: int | None = None
    pledges: list[Debt] = field(default_factory=list)
    inquiries: list[Debt] = field(default_factory=list)
    objected_at: datetime | None = None
    replied_at: datetime | None = None
    marked_at: datetime | None = None


def facts_of(cases: Sequence[Case], at: datetime) -> dict[int, Facts]:
    """The facts of each case as its columns say, with the rows around it as they stood `at`."""
    around = {case.pk: _Around() for case in cases}
    ids = list(around)
    _legs(around, ids, at)
    _holds(around, [case.pk for case in cases if case.holds], at)
    _debts(around, ids, at)
    _marks(around, [case.pk for case in cases if case.urgent and case.state == State.UNVERIFIED], at)
    _words(around, [case.pk for case in cases if case.objection_due_at or case.state == State.ANSWERED], at)
    return {case.pk: _facts(case, around[case.pk]) for case in cases}


def _legs(around: dict[int, _Around], ids: list[int], at: datetime) -> None:
    rows = LegRow.objects.filter(case_id__in=ids, held_from__lte=at).order_by("held_from", "id")
    for pk, case_id, agency_id, held_from, held_to in rows.values_list(
        "pk", "case_id", "agency_id", "held_from", "held_to"
    ):
        gone = held_to is not None and held_to <= at
        around[case_id].leg = None if gone else Leg(pk, agency_id, held_from)


def _holds(around: dict[int, _Around], ids: list[int], at: datetime) -> None:
    if not ids:
        return
    rows = Hold.objects.filter(case_id__in=ids, asked_at__lte=at).order_by("asked_at", "id")
    for pk, case_id, asked_at, ended_at in rows.values_list("pk", "case_id", "asked_at", "ended_at"):
        over = ended_at if ended_at is not None and ended_at <= at else None
        around[case_id].holds.append(Pause(asked_at, over))
        around[case_id].hold_id = pk if over is None else None


def _debts(around: dict[int, _Around], ids: list[int], at: datetime) -> None:
    owed: tuple[tuple[Any, str, str, str], ...] = (
        (Pledge, "made_at", "settled_at", "pledges"),
        (Inquiry, "asked_at", "answered_at", "inquiries"),
    )
    for model, began, ended, name in owed:
        rows = model.objects.filter(**{"case_id__in": ids, f"{began}__lte": at}).order_by("pk")
        for pk, case_id, agency_id, began_at, due_at, ended_at in rows.values_list(
            "pk", "case_id", "agency_id", began, "due_at", ended
        ):
            if ended_at is None or ended_at > at:
                getattr(around[case_id], name).append(Debt(pk, agency_id, began_at, due_at))


def _marks(around: dict[int, _Around], ids: list[int], at: datetime) -> None:
    """When an urgent case was marked so by hand; one whose own words did it counts from its receipt."""
    if not ids:
        return
    marks = Event.objects.filter(stream__in=[f"case:{pk}" for pk in ids], name="case.marked_urgent", at__lte=at)
    for stream, moment in marks.order_by("stream", "seq").values_list("stream", "at"):
        around[int(stream.removeprefix("case:"))].marked_at = moment


def _words(around: dict[int, _Around], ids: list[int], at: datetime) -> None:
    """When an objection or reopening gave a new limit, and when the reporter last replied: both stand in the thread."""
    if not ids:
        return
    rows = Message.objects.filter(case_id__in=ids, at__lte=at, kind__in=(*SECOND_STARTS, MessageKind.REPLY))
    for case_id, kind, moment in rows.order_by("at", "id").values_list("case_id", "kind", "at"):
        if kind == MessageKind.REPLY:
            around[case_id].replied_at = moment
        else:
            around[case_id].objected_at = moment


def _facts(case: Case, found: _Around) -> Facts:
    open_hold = found.holds[-1] if found.hold_id is not None else None
    leg = found.leg
    if leg is None and case.forwarded_at is not None and case.state not in (State.CLOSED, State.ARCHIVED):
        # An imported case may have come without a holder's time: its clocks count from the forwarding.
        leg = Leg(0, case.agency_id, case.forwarded_at)
    return Facts(
        state=case.state,
        state_before=case.state_before,
        agency_id=case.agency_id,
        received_at=case.received_at,
        verified_at=case.verified_at,
        complete_at=complete_file_at(case.verified_at, case.completed_at),
        first_answered_at=case.first_answered_at,
        answered_at=case.answered_at,
        verification_due_at=case.verification_due_at,
        answer_due_at=case.answer_due_at,
        resolution_due_at=case.resolution_due_at,
        statutory_due_at=_statutory(case),
        objection_due_at=case.objection_due_at,
        objected_at=found.objected_at,
        window_began_at=_latest(case.answered_at, found.replied_at),
        window_ends_at=case.window_ends_at,
        hold_id=found.hold_id,
        held_at=open_hold.start if open_hold else None,
        hold_due_at=case.hold_due_at,
        reopens=case.reopens,
        urgent_since=(found.marked_at or case.received_at) if case.urgent else None,
        leg=leg,
        pauses=tuple(found.holds),
        pledges=tuple(found.pledges),
        inquiries=tuple(found.inquiries),
    )


def _statutory(case: Case) -> datetime | None:
    """A supervisory complaint goes to the ombudsman at the earlier of 60 calendar and 60 working days (DOMAIN §4)."""
    dates = [case.statutory_due_at]
    if case.classification == Classification.SUPERVISORY_COMPLAINT:
        dates.append(case.resolution_due_at)
    return min((date for date in dates if date is not None), default=None)


def _latest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)
