"""A provider for the tests of the outbox: it remembers what it was handed, and misbehaves as told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from tanggap.notify.transports.base import Accepted, Rendered


class Peer:
    """Takes everything unless `rule` raises; one provider a setting `name`."""

    taken: ClassVar[list[tuple[str, Rendered]]] = []
    tried: ClassVar[list[str]] = []
    rule: ClassVar[Callable[[str, Rendered], None] | None] = None
    after: ClassVar[Callable[[Rendered], None] | None] = None
    parts: ClassVar[int] = 1

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.name = settings.get("name", "")

    def send(self, message: Rendered) -> Accepted:
        Peer.tried.append(message.key)
        if Peer.rule is not None:
            Peer.rule(self.name, message)
        Peer.taken.append((self.name, message))
        if Peer.after is not None:
            Peer.after(message)
        return Accepted(provider_id=f"id-{message.key}", parts=Peer.parts)

    def close(self) -> None:
        pass

    @classmethod
    def order(cls) -> list[str]:
        return [message.key for _name, message in cls.taken]

    @classmethod
    def forget(cls) -> None:
        cls.taken.clear()
        cls.tried.clear()
        cls.rule = cls.after = None
        cls.parts = 1
