"""What the components of a case page are fed with: plain values, made by selectors, drawn by templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class FileLine:
    """A file to be asked for; never loaded by itself. `note` says what was removed from it."""

    name: str
    url: str
    size: int
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One step of a thread. `kind`: "message", "event" (one line) or "note" (internal, dashed).

    `who` is a post or an office, never an officer's name; `voice` is true for what a reporter wrote. `sent` says how
    it went out: "Kabar kepada Anda: WhatsApp, sampai 10.42 WIB".
    """

    kind: str
    at: datetime
    zone: str
    text: str
    who: str = ""
    label: str = ""
    voice: bool = False
    files: Sequence[FileLine] = field(default_factory=tuple)
    sent: Sequence[str] = ()


@dataclass(frozen=True)
class HolderLine:
    """One holder of the custody chain. `days` are whole working days held; `returned` dots the line after it."""

    name: str
    days: int
    why: str = ""
    returned: bool = False
    now: bool = False
    label: str = ""
