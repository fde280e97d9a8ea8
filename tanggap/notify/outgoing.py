"""What the rest of the house hands over to be sent: values only, no case, no person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


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
