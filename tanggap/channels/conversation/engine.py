"""One turn of a conversation. Pure: what it must know of the world is asked through `World`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Draft:
    """What will be submitted."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """How far the talk has got; kept sealed between messages."""

    stage: str = "start"
    draft: Draft = Draft()


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as the engine takes it."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand the draft in; the answer that gives the tracking id follows from the deed."""

    draft: Draft


Deed = Submit


@dataclass(frozen=True, slots=True)
class Turn:
    """What follows from a message: the new memory, phrases to answer with, and at most one deed."""

    memory: Memory
    says: tuple[str, ...] = ()
    deed: Deed | None = None


class World(Protocol):
    """What the engine may ask while it thinks."""


def turn(memory: Memory, heard: Heard, world: World) -> Turn:
    """The thinnest conversation: what is written is the report."""
    return Turn(replace(memory, stage="start", draft=Draft()), deed=Submit(Draft(heard.text)))
