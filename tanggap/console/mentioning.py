"""Names in notes: `@nama` means a colleague who may see the case; anything else is only text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from itertools import islice
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Person
from tanggap.accounts.selectors.posts import active_posts
from tanggap.cases.informing import may_be_told
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to
from tanggap.console.models import Mention

# People type `@Budi Santoso, tolong …`; where the name ends is known from the names there are (“Siti Aminah, S.H.”).
NAMED = re.compile(r"(?<![\w@])@(?=[^\W\d_])")
LONGEST_NAME = 120
ENDS = ",.;:!?)"
MOST = 10
MOST_COLLEAGUES = 500
MOST_OFFERED = 8
# Each of them is asked for by the policy, one after the other.
LOOKED_AT = 24


def named_in(text: str, case: Case, *, now: datetime) -> list[Person]:
    """The colleagues a note names, each once. Whoever may not see the case, or whom it is about, is nobody here:
    the note is written all the same, and says nothing about it.
    """
    wanted = [_plain(text[found.end() :][:LONGEST_NAME]) for found in NAMED.finditer(text)][:MOST]
    if not wanted:
        return []
    begun = reduce(or_, (Q(name__istartswith=words.split(" ")[0].rstrip(ENDS)) for words in wanted))
    people = list(_colleagues(case, now=now).filter(begun).order_by("pk")[:MOST_COLLEAGUES])
    found = {person.pk: person for person in _matching(wanted, people)}
    return [person for person in found.values() if may_be_told(case, person, at=now)][:MOST]


def offered_names(typed: str, case: Case, *, actor: Actor, now: datetime) -> list[str]:
    """Names that a note about this case may name, of which a word begins as typed; those of the holder first.

    Names alone: where somebody is posted is not for everybody to read. At most `MOST_OFFERED`.
    """
    words = _plain(typed.replace("\x00", " "))[:LONGEST_NAME]
    here = active_posts(local_day(now)).filter(agency_id=case.agency_id, person=OuterRef("pk"))
    rows = _colleagues(case, now=now).exclude(pk=actor.own_id)
    if words:
        rows = rows.filter(Q(name__istartswith=words) | Q(name__icontains=f" {words}"))
    rows = rows.alias(here=Exists(here)).order_by("-here", "name", "pk")[:LOOKED_AT]
    told = (person.name for person in rows if may_be_told(case, person, at=now))
    return list(islice(dict.fromkeys(told), MOST_OFFERED))


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def _matching(wanted: list[str], people: list[Person]) -> Iterator[Person]:
    """Each name goes to whom it names in full, the longest; a first name only where one alone bears it."""
    for words in wanted:
        full = [one for one in people if _begins(words, _plain(one.name))]
        longest = max((len(one.name) for one in full), default=0)
        yield from (one for one in full if len(one.name) == longest)
        first = [one for one in people if _begins(words, _plain(one.get_short_name()))]
        if not full and len(first) == 1:
            yield first[0]


def _begins(words: str, name: str) -> bool:
    return words == name or (words.startswith(name) and not words[len(name)].isalnum())


def _colleagues(case: Case, *, now: datetime) -> QuerySet[Person]:
    """Everybody with a post at the holder, at its government or below, and at the national level."""
    body = case.body or case.agency
    above = [int(part) for part in body.path.strip("/").split("/")]
    here = Q(agency__path__startswith=body.path) | Q(agency_id__in=above)
    ids = active_posts(local_day(now)).filter(here).order_by().values("person_id")
    return Person.objects.filter(pk__in=ids, is_active=True)


def unread_of(actor: Actor) -> QuerySet[Mention]:
    """Where the actor is named and has not looked yet, newest first; only cases he still sees."""
    rows = Mention.objects.filter(person_id=actor.own_id, read_at__isnull=True, case__in=cases_visible_to(actor))
    return rows.select_related("case").order_by("-at", "-pk")
