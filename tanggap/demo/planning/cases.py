"""A planned case: what somebody says and what is then done with it, each act with its moment. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tanggap.cases.workflow import Action, AnswerKind


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """A post somebody fills: the `number`-th person in a role at an agency."""

    role: str
    agency: str
    number: int = 1


class Nobody(StrEnum):
    """Who acts without a post."""

    REPORTER = "reporter"
    TIMER = "timer"


Hand = Seat | Nobody


@dataclass(frozen=True, slots=True)
class PlannedAnswer:
    """What a final answer names."""

    kind: AnswerKind
    office: str = ""
    done_on: date | None = None
    promised_on: date | None = None
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is done with a case. `reason` is an archive code, a referral's body or a leg's reason."""

    action: Action
    at: datetime
    by: Hand
    text: str = ""
    agency: str = ""
    reason: str = ""
    answer: PlannedAnswer | None = None
    title: str = ""
    classification: str = ""
    category: str = ""
    rating: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """An invented reporter; empty fields were not given."""

    name: str = ""
    phone: str = ""
    email: str = ""
    account: bool = False
    """Whether this is the demo's own citizen, signed in."""


class Kind(StrEnum):
    """How a case came to be."""

    OWN = "own"
    DUPLICATE = "duplicate"
    PART = "part"


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """One case from its first word to where it stands when the day begins."""

    kind: Kind
    topic: str
    text: str
    title: str
    channel: str
    received_at: datetime
    place: str
    region: str
    addressed: str
    acts: tuple[Act, ...]
    classification: str = ""
    category: str = ""
    where: str = ""
    latitude: float | None = None
    longitude: float | None = None
    occurred_on: date | None = None
    about: str = ""
    about_person: str = ""
    anonymous: bool = False
    secret: bool = False
    reporter: Person | None = None
    entered_by: Seat | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """Cases that are written together: one, its duplicates, its parts."""

    cases: tuple[PlannedCase, ...]

    @property
    def main(self) -> PlannedCase:
        """The case the others belong to."""
        return self.cases[0]
