"""Who did what with a case, as the ledger has it: for those who answer for the case, less what they must not learn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.cases.bundle.words import EVENTS
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to
from tanggap.cases.selectors.lists import TOLD_OF_PRESSURE
from tanggap.cases.workflow import Standing
from tanggap.console.deeds.base import Standings
from tanggap.ledger.models import Event
from tanggap.ledger.selectors import chain_is_intact, events_of

# Whoever verifies, oversees or is told by the ombudsman's bundle anyway; officers read the thread.
READS = frozenset({Standing.COORDINATOR, Standing.INSPECTOR, Standing.NATIONAL_ADMIN, Standing.OMBUDSMAN})
# What a reporter told the inspector or the ombudsman alone, and where the reporter can be reached.
FOR_OVERSIGHT = frozenset(
    "case.pressure_reported case.ombudsman_consent case.contact_chosen case.bundle_exported".split()
)
# Steps that only officers take. Of all others nobody is named: an officer who complains as a citizen signs with the
# same key, and the trail would tell who wrote.
BY_OFFICERS = frozenset(
    f"case.{name}"
    for name in (
        "verified forwarded returned held accepted assigned unassigned annotated answer_drafted answer_discarded "
        "interim_answered acknowledged answered archived unarchived referred reopened merged merge_received unmerged "
        "split corrected transcribed subjects_set marked_urgent urgency_lifted identity_asked identity_revealed "
        "inquiry_answered promise_kept file_reviewed hiding_accepted hiding_declined "
        "words_looked_at"
    ).split()
)
MOST = 500


@dataclass(frozen=True)
class Step:
    """One event."""

    at: datetime
    name: str
    words: str
    who: str
    changed: tuple[str, ...]
    imported: bool


@dataclass(frozen=True)
class Trail:
    """All of them, newest first, and whether their chain is whole."""

    steps: list[Step]
    whole: bool


def reads_trail(found: Standings) -> bool:
    """Whether the trail of a case is this person's to read."""
    return bool(found & READS)


def trail_of(case: Case, actor: Actor) -> Trail:
    """The steps without numbers, so that one left out leaves no gap to be seen."""
    events = list(events_of(case.stream)[:MOST])
    told = cases_visible_to(actor.through(*TOLD_OF_PRESSURE)).filter(pk=case.pk).exists()
    shown = [event for event in events if told or event.name not in FOR_OVERSIGHT]
    names = _names(shown)
    return Trail([_step(event, names, told) for event in reversed(shown)], chain_is_intact(events))


def _step(event: Event, names: dict[str, str], told: bool) -> Step:
    changed = event.data.get("changes", {})
    return Step(
        at=event.at,
        name=event.name,
        words=str(EVENTS.get(event.name, event.name)),
        who=_who(event.actor, names if event.name in BY_OFFICERS else {}),
        changed=tuple(sorted(name for name in changed if told or name != "pressed")),
        imported=event.imported,
    )


def _who(key: str, names: dict[str, str]) -> str:
    """An officer by name where the step is an officer's; of everybody else only what they are."""
    if key in names:
        return names[key]
    kind = key.partition(":")[0]
    return {"timer": _("jam sistem"), "operator": _("pengelola sistem"), "channel": _("kanal masuk")}.get(
        kind, _("pelapor atau umum")
    )


def _names(events: Iterable[Event]) -> dict[str, str]:
    ids = set(_person_ids(events))
    posted = Person.objects.filter(pk__in=ids, memberships__isnull=False).distinct()
    return {person.key: person.name for person in posted}


def _person_ids(events: Iterable[Event]) -> Iterator[int]:
    for event in events:
        number = event.actor.removeprefix("person:")
        if number.isdigit() and event.actor.startswith("person:"):
            yield int(number)
