"""From the octets of short messages to text: whatever comes, some text results. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tanggap.notify.transports.smpp.account import GSM, LATIN1, PACKED
from tanggap.notify.transports.sms_text import GSM7, decoded

MISSING = "[bagian hilang]"
BYTES, UCS2 = "bytes", "utf-16-be"
# SMPP 3.4, 5.2.19: numbers of the operator's own beside those of the phone network. 0 is whatever the centre makes it.
_SMPP = {
    1: LATIN1, 2: BYTES, 3: LATIN1, 4: BYTES, 5: "shift_jis", 6: "iso8859_5", 7: "iso8859_8", 8: UCS2, 9: BYTES,
    10: "iso2022_jp", 13: BYTES, 14: "euc_kr",
}  # fmt: skip
# 3GPP TS 23.038, 4: bits 3 and 2 of the general groups.
_GENERAL = {0: GSM, 1: BYTES, 2: UCS2, 3: GSM}
# What gateways write in `charset`; anything else is read by its `coding`.
_CHARSETS = {
    "utf8": "utf-8", "utf16be": UCS2, "ucs2": UCS2, "ucs2be": UCS2, "iso88591": LATIN1, "latin1": LATIN1,
    "windows1252": "cp1252", "usascii": LATIN1, "ascii": LATIN1,
}  # fmt: skip
_GATEWAY = {"1": BYTES, "2": UCS2}
_SEPTET = 7


@dataclass(frozen=True, slots=True)
class Piece:
    """One part as it came. `alphabet` names how its octets are read: one of this module's names or Python's codec."""

    alphabet: str
    payload: bytes
    header: bytes = b""


def alphabet_of(coding: int, usual: str) -> str:
    """How octets with this data_coding are read; `usual` stands for 0, as the operator has it."""
    if coding < 0x10:
        return _SMPP.get(coding, usual)
    group = coding >> 4
    if group == 0xF:
        return BYTES if coding & 4 else GSM
    if group >= 0xC:
        return UCS2 if group == 0xE else GSM
    return _GENERAL[coding >> 2 & 3] if group < 8 else usual


def alphabet_named(charset: str, coding: str) -> str:
    """How a gateway's text is read: by the character set it names, else by Kannel's `coding` (0, 1, 2)."""
    plain = "".join(letter for letter in charset.lower() if letter.isalnum())
    return _CHARSETS.get(plain) or _GATEWAY.get(coding, BYTES)


def text_of(pieces: Sequence[Piece | None]) -> str:
    """The words of a message; None is a part that never came, and is marked.

    Parts of one alphabet are joined before they are read: a letter may begin in one and end in the next.
    """
    runs = groupby(pieces, key=lambda piece: piece.alphabet if piece else None)
    words = [_read(alphabet, [piece for piece in run if piece]) if alphabet else MISSING for alphabet, run in runs]
    return "".join(_spaced(words)).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def _spaced(words: Sequence[str]) -> Iterator[str]:
    """The mark stands apart from the words beside it."""
    for index, word in enumerate(words):
        if word == MISSING:
            yield (" " if index else "") + MISSING + (" " if index + 1 < len(words) else "")
        else:
            yield word


def _read(alphabet: str, pieces: Sequence[Piece]) -> str:
    if alphabet == PACKED:
        return decoded(GSM7, b"".join(_unpacked(piece) for piece in pieces))
    octets = b"".join(piece.payload for piece in pieces)
    if alphabet == GSM and max(octets, default=0) < 0x80:
        return decoded(GSM7, octets)
    if alphabet in {GSM, BYTES}:
        return _guessed(octets)
    try:
        text = octets.decode(alphabet, "replace")
    except (LookupError, ValueError):
        return _guessed(octets)
    return text.lstrip("\ufeff")


def _guessed(octets: bytes) -> str:
    """Octets of which nobody said how to read them: UTF-8 where they are, Latin-1 else."""
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def _unpacked(piece: Piece) -> bytes:
    """A letter an octet, from seven bits a letter; the text begins at the next whole letter behind the header."""
    header_bits = 8 * len(piece.header)
    gap = -header_bits % _SEPTET
    bits = int.from_bytes(piece.payload, "little") >> gap
    room = 8 * len(piece.payload) - gap
    letters = bytes(bits >> _SEPTET * index & 0x7F for index in range(max(room, 0) // _SEPTET))
    # Where seven bits are left over, a phone fills them with nothing or with a line's end (23.038, 6.1.2.3.1).
    return letters[:-1] if letters and room % _SEPTET == 0 and letters[-1] in {0, 13} else letters
