"""The list an officer works through: the inbox as it was asked for, carried along in the addresses of its cases.

It names no case and gives no right: whoever edits it walks through another list of what he sees anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import standings
from tanggap.cases.selectors.lists import NEWEST_FIRST
from tanggap.common.pagination import cursor_behind, keyset_page
from tanggap.console import queues
from tanggap.console.deeds.base import Deed, offered

PARAMETER = "antrean"
LONGEST = 600
# How many are looked at for the next one on which the same can be done.
LOOKED_AT = 25


@dataclass(frozen=True)
class Worklist:
    """A list by its address, e.g. `queue=attention&late=1`."""

    query: str

    @property
    def suffix(self) -> str:
        """What is added to the address of a case so that its page knows the list."""
        return "?" + urlencode({PARAMETER: self.query})

    @property
    def url(self) -> str:
        """The list itself."""
        return f"{reverse('console:inbox')}?{self.query}"

    def address(self, number: str, slug: str = "") -> str:
        """A case of this list, with one box open."""
        path = reverse("console:deed", args=[number, slug]) if slug else reverse("console:case", args=[number])
        return f"{path}{self.suffix}#kotak"

    def next_after(self, case: Case, deed: Deed | None, *, actor: Actor, now: datetime) -> Case | None:
        """The first case behind this one, where it stood before, on which `deed` is possible; any case without one."""
        if case.due_at is None:
            return None
        rows = queues.listed(QueryDict(self.query), actor, now=now)
        behind = keyset_page(rows, cursor=cursor_behind(case.due_at, case.pk), size=LOOKED_AT)
        for other in behind.items:
            if deed is None or (deed.still_waits(other) and offered(deed, other, standings(actor, other))):
                return other
        return None


def worklist_of(request: HttpRequest) -> Worklist | None:
    """The list of a case's address; None where there is none, or one that is not worked through due first."""
    query = request.GET.get(PARAMETER, "")
    if not query or len(query) > LONGEST or queues.queue_of(QueryDict(query)) in NEWEST_FIRST:
        return None
    return Worklist(query)


def worklist_from(query: QueryDict) -> Worklist | None:
    """The list that an inbox page shows; None where it is too long to carry, or ordered otherwise."""
    text = queues.kept_query(query)
    return Worklist(text) if len(text) <= LONGEST and queues.queue_of(query) not in NEWEST_FIRST else None
