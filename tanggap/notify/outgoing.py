"""What the rest of the house hands over to be sent: values only, no case, no person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tanggap.notify.models import Message


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody: a channel (`notify.models.Channel`) and the address on it."""

    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one recipient.

    `key` is unique for ever: handing the same key in twice sends once. `ways` stand in order of preference; none at
    all makes an undeliverable row, which shows as an alarm. `channel` is the way that was wished for, printed when
    nobody can be reached. `values` fill the template (`templates.TEMPLATES` names its fields). `bundled` messages
    that wait for the same recipient go out as one. `essential` ones are sent though the month's money is spent;
    `urgent` ones know neither quiet hours nor office hours. `due_at` is when it should have gone, `not_before` the
    earliest moment at which it may. `files` are tokens of `files.StoredFile`. `zone` is where the recipient lives
    (`Asia/Makassar`), for quiet hours; empty means the capital's.
    """

    key: str
    template: str
    ways: Sequence[Way]
    due_at: datetime
    not_before: datetime
    values: Mapping[str, str] = field(default_factory=dict)
    stream: str = ""
    source: str = ""
    language: str = "id"
    brand: str = ""
    payer: str = ""
    channel: str = "email"
    recipient_role: str = ""
    recipient_key: str = ""
    recipient_name: str = ""
    files: Sequence[str] = ()
    is_copy: bool = False
    bundled: bool = False
    urgent: bool = False
    essential: bool = False
    zone: str = ""


Hours = Callable[[Sequence["Message"], datetime], Mapping[int, datetime]]
"""Given messages about to leave and the moment: those whose recipient is not at the desk, with when that will be.

This app knows no offices; whoever calls `deliver` does.
"""


def any_hour(_messages: Sequence[Message], _now: datetime) -> Mapping[int, datetime]:
    """Nobody has office hours."""
    return {}
