"""What every transport does: hand one rendered message to a provider, within a time limit, and say what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send along."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message ready to leave. `key` is the idempotency key the provider gets, the same at every attempt.

    `template` and `parameters` serve channels whose provider wants an approved template (WhatsApp outside its
    24 hours); `thread` lets e-mail join the messages of one case.
    """

    key: str
    address: str
    text: str
    subject: str = ""
    template: str = ""
    language: str = "id"
    parameters: Sequence[str] = ()
    thread: str = ""
    attachments: Sequence[Attachment] = ()
    brand_name: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took it. `provider_id` is what its delivery reports will name; `delivered` if it said so at once."""

    provider_id: str = ""
    delivered: bool = False
    parts: int = 1


class TransportError(Exception):
    """It did not go. The text is for the console and the log: a code and a sentence, nothing of message or address."""


class Temporary(TransportError):
    """This message may go later. `retry_after` in seconds where the provider named it."""

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class ProviderDown(Temporary):
    """The provider itself does not answer or refuses everybody: no other message is tried there for a while."""


class Permanent(TransportError):
    """This message will never go to this address. `address_is_dead` when the address itself is at fault."""

    def __init__(self, reason: str, *, address_is_dead: bool = False) -> None:
        super().__init__(reason)
        self.address_is_dead = address_is_dead


class Transport(Protocol):
    """One configured way out. Made from the settings of a `ChannelConfig`; used by one worker thread at a time."""

    def send(self, message: Rendered) -> Accepted:
        """Hand it over. Raises Temporary, ProviderDown or Permanent, nothing else."""

    def close(self) -> None:
        """Give back connections."""
