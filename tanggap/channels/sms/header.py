"""The user data header of a short message (3GPP TS 23.040, 9.2.3.24): which part it is, or no person's word. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_PART_8, _PORTS_8, _PORTS_16, _PART_16 = 0x00, 0x04, 0x05, 0x08


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands in its message. `reference` tells messages of one sender apart: `8:17`, `16:300`."""

    reference: str
    total: int
    number: int


def place_of(header: bytes) -> Place | None:
    """The place of this part; None for a message in one piece, and for a place that cannot be."""
    for kind, value in _elements(header):
        if (kind, len(value)) in {(_PART_8, 3), (_PART_16, 4)}:
            *reference, total, number = value
            if total > 1 and 1 <= number <= total:
                return Place(f"{8 * len(reference)}:{int.from_bytes(bytes(reference))}", total, number)
    return None


def is_for_a_program(header: bytes) -> bool:
    """Whether the message is addressed to a port: ring tones, settings and the like, never written by a person."""
    return any(kind in {_PORTS_8, _PORTS_16} for kind, _value in _elements(header))


def _elements(header: bytes) -> Iterator[tuple[int, bytes]]:
    """(kind, value) of each element that is whole."""
    end = min(len(header), 1 + header[0]) if header else 0
    at = 1
    while at + 2 <= end:
        kind, size = header[at], header[at + 1]
        at += 2 + size
        if at <= end:
            yield kind, header[at - size : at]
