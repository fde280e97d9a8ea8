"""Taking the reporter out of everything that leaves the house.

Masking finds what looks like personal data; what people write about this one reporter (an officer's "Bu Siti sudah
ditemui") looks like nothing, so the very words of the identity are taken out as well. Whether an action was the
reporter's own shows as `reporter`, never as an account that also wrote other cases.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tanggap.accounts.models import Membership, Person
from tanggap.cases.identity import open_identity
from tanggap.cases.models import Case, Reporter
from tanggap.cases.secret_codes import account_index
from tanggap.common.masking import mask
from tanggap.ledger.models import Event

REPORTER = "reporter"
CITIZEN = "citizen"
HIDDEN = "[PELAPOR]"
SHORTEST_WORD = 4
WRITTEN_FREELY = "reason"
"""The field of an event in which an officer writes what they like: other people's names and numbers too."""


class Hiding:
    """The words and accounts of one case's reporter, and how they are taken out."""

    def __init__(self, case: Case, events: list[Event]) -> None:
        known = open_identity(case)
        words = {known.name, known.phone, known.email, known.address}
        words |= {word for word in re.findall(r"\w+", known.name) if len(word) >= SHORTEST_WORD}
        self._words = _pattern({word.strip() for word in words if word.strip()})
        self._accounts = _accounts(case, events)

    def text(self, text: str) -> str:
        """Masked, and without the reporter's own words."""
        cleared = mask(text).text
        return self._words.sub(HIDDEN, cleared) if self._words else cleared

    def data(self, value: Any) -> Any:
        """The same with every string in it cleared."""
        if isinstance(value, str):
            return self._words.sub(HIDDEN, value) if self._words else value
        if isinstance(value, Mapping):
            return {key: self._field(key, item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.data(item) for item in value]
        return value

    def _field(self, key: str, value: Any) -> Any:
        return self.text(value) if key == WRITTEN_FREELY and isinstance(value, str) else self.data(value)

    def actor(self, key: str) -> str:
        """Who did it: an officer by key, everybody else by what they are to the case."""
        return self._accounts.get(key, key)


def _pattern(words: set[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)


def _accounts(case: Case, events: list[Event]) -> dict[str, str]:
    """The accounts in the events that are no officer's, or are the reporter's although an officer's too."""
    numbers = {int(event.actor.removeprefix("person:")) for event in events if event.actor.startswith("person:")}
    officers = set(Membership.objects.filter(person_id__in=numbers).values_list("person_id", flat=True))
    reporter = Reporter.objects.filter(case_id=case.pk).first()
    own = bytes(reporter.account_index) if reporter is not None and reporter.account_index is not None else None
    hidden = {}
    for number in numbers:
        if own is not None and account_index(number) == own:
            hidden[Person(pk=number).key] = REPORTER
        elif number not in officers:
            hidden[Person(pk=number).key] = CITIZEN
    return hidden
