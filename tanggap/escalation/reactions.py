"""What the ladders do when something happened; `config/reactions.py` says after which events. Each may run twice."""

from __future__ import annotations

from tanggap.common.clock import now
from tanggap.escalation.services.replace_undeliverable import replace_undeliverable
from tanggap.escalation.services.spare_accused import spare_accused
from tanggap.escalation.services.warn_of_cap import warn_of_cap
from tanggap.escalation.services.watch_agency import watch_agency
from tanggap.escalation.services.watch_case import watch_cases
from tanggap.ledger.models import Event


def case_is_watched(event: Event) -> None:
    """Anything that happens to a case can start, stop or move its clocks."""
    watch_cases([int(event.stream.removeprefix("case:"))], now=now())


def cases_below_are_watched(event: Event) -> None:
    """A calendar, a ladder or the tree changed: the steps of open cases fall on other days."""
    if "agency_id" in event.data:
        watch_agency(agency_id=event.data["agency_id"], now=now())
    elif event.stream.startswith("agency:"):
        watch_agency(agency_id=int(event.stream.removeprefix("agency:")), now=now())


def accused_are_spared(event: Event) -> None:
    """Whom a case is about was written down: what waits for them must not leave."""
    spare_accused(case_id=int(event.stream.removeprefix("case:")), now=now())


def step_goes_to_the_next_role(event: Event) -> None:
    """A message that reached nobody."""
    replace_undeliverable(message_id=int(event.stream.removeprefix("message:")), now=now())


def payers_are_warned(event: Event) -> None:
    """The month's money for messages is nearly or wholly spent."""
    warn_of_cap(event_id=event.pk, now=now())
