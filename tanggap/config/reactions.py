"""What follows an event: one table, event name → functions. The bottom never imports the top; this file does.

`record()` defers the job `react` with the event's id in its own transaction; the worker runs it here. A reaction
takes the event, is idempotent (a job may run twice) and does its own writing in its own transaction.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog
from procrastinate.contrib.django import app

from tanggap.cases.alerts import ALERTS
from tanggap.cases.services.follow_agency import follow_agency
from tanggap.cases.services.recompute_due_dates import recompute_due_dates
from tanggap.cases.services.tell_followers import tell_followers
from tanggap.cases.telling.reacting import TELLINGS
from tanggap.channels.services.forget_talk import forget_talk
from tanggap.common.clock import now
from tanggap.escalation.reactions import (
    accused_are_spared,
    case_is_watched,
    cases_below_are_watched,
    payers_are_warned,
    step_goes_to_the_next_role,
)
from tanggap.evaluation.services.compute_period import compute_period
from tanggap.evaluation.services.raise_flags import raise_flags
from tanggap.ledger.models import Event

log = structlog.get_logger(__name__)

Reaction = Callable[[Event], None]


def cases_follow_their_agency(event: Event) -> None:
    """A merged or moved agency takes its cases along into the lists of its new body."""
    agency_id = int(event.stream.removeprefix("agency:"))
    while follow_agency(agency_id=agency_id, now=now()):
        log.info("cases.followed", agency_id=agency_id)


def open_limits_are_recomputed(event: Event) -> None:
    """A changed calendar or limit moves the due dates of open cases, a batch to a transaction."""
    while recompute_due_dates(event_id=event.pk, now=now()):
        log.info("limits.recomputed", event_id=event.pk)


def talk_is_forgotten(event: Event) -> None:
    """What was said by chat, mail or SMS about a case whose reporter is forgotten."""
    forget_talk(case_id=int(event.stream.removeprefix("case:")), now=now())


# What somebody who follows a public case is told of: its state and a link, never what was said.
FOLLOWED = frozenset(
    "case.forwarded case.returned case.interim_answered case.answered case.closed case.archived case.referred "
    "case.withdrawn case.reopened case.unarchived case.promise_kept".split()
)
HIDING = frozenset(
    "case.corrected case.confidentiality_raised case.pressure_reported case.merged case.words_hidden".split()
)


def followers_are_told(event: Event) -> None:
    """Those who follow the case; what waits for them is called back where it left the public."""
    if event.imported or event.name not in FOLLOWED | HIDING:
        return
    case_id = int(event.stream.removeprefix("case:"))
    tell_followers(case_id=case_id, event_id=event.pk, told=event.name in FOLLOWED, now=now())


def period_is_computed(event: Event) -> None:
    """Figures and ranking of a period somebody asked for."""
    compute_period(period_id=int(event.stream.removeprefix("period:")), now=now())


def flags_are_raised(event: Event) -> None:
    """Signs of gaming in a period that was just computed."""
    raise_flags(period_id=int(event.stream.removeprefix("period:")), now=now())


# Danger first: nothing that takes its time may keep anybody asleep.
REACTIONS: dict[str, tuple[Reaction, ...]] = {
    **{name: (*ALERTS.get(name, ()), *TELLINGS.get(name, ())) for name in {**ALERTS, **TELLINGS}},
    "agency.merged": (cases_follow_their_agency, cases_below_are_watched),
    "agency.moved": (cases_follow_their_agency, cases_below_are_watched),
    "case.identity_erased": (talk_is_forgotten,),
    "case.subjects_set": (accused_are_spared,),
    "calendar.changed": (open_limits_are_recomputed, cases_below_are_watched),
    "cap.reached": (payers_are_warned,),
    "cap.warned": (payers_are_warned,),
    "ladder.changed": (cases_below_are_watched,),
    "message.failed": (step_goes_to_the_next_role,),
    "period.computed": (flags_are_raised,),
    "period.requested": (period_is_computed,),
    "policy.changed": (open_limits_are_recomputed, cases_below_are_watched),
}

# After the reactions to the single event: whatever happens to a case can move its clocks.
ALWAYS: dict[str, tuple[Reaction, ...]] = {"case": (case_is_watched, followers_are_told)}


@app.task(name="react", queue="default", retry=5)
def react(event_id: int) -> None:
    """Run every reaction to one event. An unknown event has none, which is no error.

    One that fails keeps none of the others from running; the job is tried again as a whole, which each of them bears.
    """
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        log.warning("react.no_event", event_id=event_id)
        return
    kind = event.name.partition(".")[0]
    failures = []
    for reaction in (*REACTIONS.get(event.name, ()), *ALWAYS.get(kind, ())):
        try:
            reaction(event)
        except Exception as failure:
            log.exception("react.failed", reaction=reaction.__name__, name=event.name)
            failures.append(failure)
    if failures:
        raise failures[0]
