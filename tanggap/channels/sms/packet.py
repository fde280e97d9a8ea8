"""One SMS, or one part of it, as it came. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tanggap.channels.sms.alphabets import Piece
from tanggap.common.contacts import normalize_phone


@dataclass(frozen=True, slots=True)
class Origin:
    """By which brand's account, from whom, to which number."""

    brand: str
    sender: str
    recipient: str

    @property
    def account(self) -> str:
        """The sender in one spelling; short codes and names, which are no phones, as they are written."""
        return normalize_phone(self.sender) or self.sender

    @property
    def name(self) -> str:
        """How digests name it. JSON, so that no sender's text can pass for another's."""
        return json.dumps([self.brand, self.account, self.recipient])


@dataclass(frozen=True, slots=True)
class Packet:
    """`name` is the gateway's own for it and `at` its time, empty where it says none; `line` names the connection."""

    origin: Origin
    piece: Piece
    name: str = ""
    at: str = ""
    line: str = ""

    @property
    def certain(self) -> bool:
        """Whether the gateway says enough to know a repetition for ever."""
        return bool(self.name or self.at)

    @property
    def content(self) -> str:
        """What makes it this packet and no other: the gateway's name for it, else everything it says."""
        alphabet, header, payload = packed(self.piece).values()
        said = [self.name] if self.name else [alphabet, payload, self.at]
        return json.dumps([self.origin.name, header, *said])


def packed(piece: Piece) -> dict[str, str]:
    """A part as it is kept."""
    return {"alphabet": piece.alphabet, "header": piece.header.hex(), "payload": piece.payload.hex()}


def unpacked(kept: Mapping[str, str]) -> Piece:
    """The part that was kept. Raises KeyError, ValueError, TypeError for what is none."""
    return Piece(str(kept["alphabet"]), bytes.fromhex(kept["payload"]), bytes.fromhex(kept["header"]))


def written(origin: Origin, parts: Sequence[Mapping[str, str] | None]) -> bytes:
    """A whole message as the inbox keeps it: its parts in their order, None for one that never came."""
    return json.dumps({"from": origin.sender, "to": origin.recipient, "parts": list(parts)}).encode()


def opened(payload: bytes) -> tuple[str, list[Piece | None]]:
    """Sender and parts of what the inbox kept. Raises ValueError for what is none."""
    try:
        kept: dict[str, Any] = json.loads(payload)
        return str(kept["from"]), [unpacked(part) if part is not None else None for part in kept["parts"]]
    except (KeyError, TypeError, AttributeError):
        raise ValueError("no SMS") from None
