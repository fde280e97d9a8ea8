"""What the engine may ask while it thinks. Whoever answers decides what this sender may know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """A region that somebody meant: its code, and its name with what is above it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Places:
    """What a text says of where: one region without doubt, or some that may be meant."""

    found: Place | None = None
    options: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownCase:
    """What this sender may know of a case. `mine` once it is proved to be the sender's own.

    `clock` and `agency` are words in the language of the talk; `agency` is empty where it may not be said.
    """

    tracking_id: str
    state: str
    state_name: str = ""
    clock: str = ""
    agency: str = ""
    link: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Addressed:
    """The code of the agency that the first words name, the text without them, and why a name led nowhere."""

    agency: str
    text: str
    note: str = ""


class World(Protocol):
    """The house as seen from one chat."""

    @property
    def now(self) -> datetime:
        """The moment of the turn."""

    @property
    def zone(self) -> tzinfo:
        """By whose days "yesterday" is counted."""

    @property
    def brief(self) -> bool:
        """Whether every answer costs (SMS): then little is asked and one short answer given."""

    @property
    def limit(self) -> tuple[int, int] | None:
        """How many new cases within how many seconds one sender may hand in; None without a limit."""

    def voice(self, text: str) -> str:
        """The code of the local language that a text names and this door speaks ("basa Jawa"); empty for none."""

    def emergency(self, language: str) -> str:
        """The numbers to call while danger lasts, in a sentence."""

    def addressed(self, text: str) -> Addressed:
        """Whom the first words name."""

    def places(self, text: str, *, answering: bool) -> Places:
        """The region a text names; `answering` the question where, so that less certainty is needed."""

    def case(self, number: str, *, code: str, language: str) -> KnownCase | None:
        """What this sender, with this secret code if any, may know of a number. None also for what does not exist."""

    def own_cases(self, *, language: str) -> Sequence[KnownCase]:
        """The sender's own latest cases, the one this chat last spoke of first; a few."""
