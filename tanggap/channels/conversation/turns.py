"""What follows from a message: words to say, at most one deed, and the memory of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tanggap.channels.conversation.memory import Draft, Memory


@dataclass(frozen=True, slots=True)
class Say:
    """A phrase by its key, with what is filled into it; a value may itself be a phrase."""

    key: str
    values: Mapping[str, str | Say] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand the draft in."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Reply:
    """Add the draft's words and files to a case of the sender; `code` proves it where the address does not."""

    tracking_id: str
    draft: Draft
    code: str = ""


@dataclass(frozen=True, slots=True)
class Confirm:
    """The reporter agrees with the answer; what was written before saying so is added first."""

    tracking_id: str
    code: str = ""
    draft: Draft = field(default_factory=Draft)


@dataclass(frozen=True, slots=True)
class Object:
    """The reporter objects to the answer."""

    tracking_id: str
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """The reporter's rating, 1 to 5."""

    tracking_id: str
    rating: int


@dataclass(frozen=True, slots=True)
class Hide:
    """Make a case anonymous, secret or both."""

    tracking_id: str
    anonymous: bool = False
    secret: bool = False


@dataclass(frozen=True, slots=True)
class CallPerson:
    """From now on a person answers here."""


@dataclass(frozen=True, slots=True)
class LeavePerson:
    """The sender prefers the machine again."""


Deed = Submit | Reply | Confirm | Object | Rate | Hide | CallPerson | LeavePerson


@dataclass(frozen=True, slots=True)
class Turn:
    """The memory after it, the phrases to answer with in their order, the deed."""

    memory: Memory
    says: tuple[Say, ...] = ()
    deed: Deed | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A deed was done; `values` are what its phrases may tell."""

    tracking_id: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failed:
    """A deed was refused; nothing was changed. `reason` is a sentence in the language of the talk."""

    reason: str
