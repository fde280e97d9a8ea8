"""Names in notes: `@nama` means a colleague who may see the case; anything else is only text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Person
from tanggap.accounts.selectors.posts import active_posts
from tanggap.cases.informing import may_be_told
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to
from tanggap.console.models import Mention

# A name runs to the next sign that is in no name; people type `@Budi Santoso, tolong …`.
NAMED = re.compile(r"(?<![\w@])@([^\W\d_][\w.'’ -]{1,119})")
MOST = 10
MOST_COLLEAGUES = 500


def named_in(text: str, case: Case, *, now: datetime) -> list[Person]:
    """The colleagues a note names, each once. Whoever may not see the case, or whom it is about, is nobody here:
    the note is written all the same, and says nothing about it.
    """
    wanted = [_plain(found) for found in NAMED.findall(text)]
    if not wanted:
        return []
    found = {person.pk: person for person in _matching(wanted, _colleagues(case, now=now))}
    return [person for person in found.values() if may_be_told(case, person, at=now)][:MOST]


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def _matching(wanted: list[str], people: list[Person]) -> Iterator[Person]:
    """Each name goes to whom it names in full, longest first; a first name only where one alone bears it."""
    by_name = sorted(people, key=lambda person: -len(person.name))
    for words in wanted:
        full = next((one for one in by_name if _begins(words, _plain(one.name))), None)
        first = [one for one in people if _begins(words, _plain(one.get_short_name()))]
        if full is not None:
            yield full
        elif len(first) == 1:
            yield first[0]


def _begins(words: str, name: str) -> bool:
    return words == name or (words.startswith(name) and not words[len(name)].isalnum())


def _colleagues(case: Case, *, now: datetime) -> list[Person]:
    """Everybody with a post at the holder, at its government or below, and at the national level."""
    body = case.body or case.agency
    above = [int(part) for part in body.path.strip("/").split("/")]
    here = Q(agency__path__startswith=body.path) | Q(agency_id__in=above)
    ids = active_posts(local_day(now)).filter(here).values("person_id")[:MOST_COLLEAGUES]
    return list(Person.objects.filter(pk__in=ids, is_active=True).order_by("pk"))


def unread_of(actor: Actor) -> QuerySet[Mention]:
    """Where the actor is named and has not looked yet, newest first; only cases he still sees."""
    rows = Mention.objects.filter(person_id=actor.own_id, read_at__isnull=True, case__in=cases_visible_to(actor))
    return rows.select_related("case").order_by("-at", "-pk")
