"""All deeds by their address."""

from __future__ import annotations

from tanggap.cases.models import Case
from tanggap.console.deeds import (
    answering,
    ending,
    hiding,
    identity,
    moderating,
    moving,
    oversight,
    promising,
    urgency,
    verifying,
)
from tanggap.console.deeds.base import Deed, Standings, offered

ALL: tuple[Deed, ...] = (
    *verifying.DEEDS,
    *answering.DEEDS,
    *moving.DEEDS,
    *ending.DEEDS,
    *identity.DEEDS,
    *urgency.DEEDS,
    *moderating.DEEDS,
    *hiding.DEEDS,
    *oversight.DEEDS,
    *promising.DEEDS,
)
BY_SLUG = {deed.slug: deed for deed in ALL}


def offered_on(case: Case, standings: Standings) -> list[Deed]:
    """What the page of a case offers this person, in the order of the table."""
    return [deed for deed in ALL if offered(deed, case, standings)]
