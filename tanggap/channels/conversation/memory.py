"""What is remembered of a talk between two messages; sealed by whoever keeps it, and bounded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

DRAFT_LIFETIME: Final = timedelta(hours=24)
"""As long as `files` keeps what was sent with a draft."""
MOST_RECENT: Final = 60
LONGEST_TEXT: Final = 20_000
MOST_FILES: Final = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that is being told. `asked` are the questions that are done with, answered or skipped.

    `tokens` are those under which its files lie, `digest` knows its first words again. `note` tells the verifier why
    a name that is there led nowhere, `source` the poster that led here.
    """

    text: str = ""
    place: str = ""
    region: str = ""
    region_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    occurred_on: date | None = None
    when: str = ""
    files: int = 0
    voices: int = 0
    tokens: tuple[str, ...] = ()
    anonymous: bool = False
    secret: bool = False
    supervisory: bool = False
    person: str = ""
    agency: str = ""
    note: str = ""
    source: str = ""
    asked: tuple[str, ...] = ()
    digest: str = ""

    @property
    def guarded(self) -> bool:
        """Whether nothing of it is repeated in an answer (DOMAIN §5)."""
        return self.anonymous or self.secret or self.supervisory

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that could be lost."""
        return not (self.text or self.files or self.voices or self.place or self.latitude is not None)


@dataclass(frozen=True, slots=True)
class Sent:
    """A case that was handed in here: a digest of its words, its number, when."""

    digest: str
    tracking_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Memory:
    """How far the talk has got.

    `case` is the tracking id that is spoken of, `options` the regions offered for choice, `misses` how often in a row
    an answer was not understood, `voice` a local language our phrases are said in, `acked` whether the last thing
    said was that pictures arrived, `nudged_at` when somebody who said nothing was last asked.
    """

    stage: str = "start"
    draft: Draft = Draft()
    case: str = ""
    options: tuple[tuple[str, str], ...] = ()
    recent: tuple[Sent, ...] = ()
    heard_at: datetime | None = None
    language: str = ""
    voice: str = ""
    misses: int = 0
    acked: bool = False
    nudged_at: datetime | None = None

    def draft_is_stale(self, now: datetime) -> bool:
        """Whether what was begun has been given up: its files are gone by now."""
        return self.heard_at is not None and now - self.heard_at >= DRAFT_LIFETIME and not self.draft.is_empty

    def sent_since(self, moment: datetime) -> list[Sent]:
        """What was handed in from then on, oldest first."""
        return [one for one in self.recent if one.at >= moment]

    def with_sent(self, sent: Sent) -> Memory:
        """One more case handed in."""
        return replace(self, recent=(*self.recent, sent)[-MOST_RECENT:])


def digest_of(text: str) -> str:
    """By which the same words are known again, however they are spaced and capitalised."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()[:16]


def to_json(memory: Memory) -> dict[str, Any]:
    """The memory as JSON keeps it."""
    kept = asdict(memory)
    day = memory.draft.occurred_on
    kept["draft"]["occurred_on"] = day.isoformat() if day else None
    kept["recent"] = [[one.digest, one.tracking_id, one.at.isoformat()] for one in memory.recent]
    for name in ("heard_at", "nudged_at"):
        kept[name] = kept[name].isoformat() if kept[name] else None
    return kept


def from_json(kept: Mapping[str, Any]) -> Memory:
    """The memory that was kept; an empty one for what an older version wrote and this one cannot read."""
    try:
        draft = _known(Draft, kept["draft"])
        day = draft.pop("occurred_on", None)
        values = _known(Memory, kept)
        values["draft"] = Draft(**{**draft, "occurred_on": date.fromisoformat(day) if day else None})
        lists = {name: tuple(getattr(values["draft"], name)) for name in ("asked", "tokens")}
        values["draft"] = replace(values["draft"], **lists)
        values["recent"] = tuple(Sent(a, b, datetime.fromisoformat(c)) for a, b, c in kept.get("recent", ()))
        values["options"] = tuple((str(code), str(name)) for code, name in kept.get("options", ()))
        for name in ("heard_at", "nudged_at"):
            values[name] = datetime.fromisoformat(kept[name]) if kept.get(name) else None
        return Memory(**values)
    except (AttributeError, KeyError, TypeError, ValueError):
        return Memory()


def _known(kind: type[Draft] | type[Memory], kept: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in kept.items() if name in names}
