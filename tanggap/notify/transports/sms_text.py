"""How a text becomes short messages: alphabet, parts, and the header that joins them again. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

# 3GPP TS 23.038: the default alphabet, and the characters that need an escape before them.
_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = {"\f": 10, "^": 20, "{": 40, "}": 41, "\\": 47, "[": 60, "~": 61, "]": 62, "|": 64, "€": 101}
_CODES = {character: bytes([code]) for code, character in enumerate(_BASIC) if character != "\x1b"}
_ESCAPE = 27
_CODES |= {character: bytes([_ESCAPE, code]) for character, code in _ESCAPED.items()}
_BEHIND_ESCAPE = {code: character for character, code in _ESCAPED.items()}

# One typographic sign would halve what a message holds: these look the same written plainly.
_PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "…": "...",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "•": "-", "·": ".", "\t": " ", "\u200b": "", "`": "'",
    }
)  # fmt: skip

GSM7, UCS2 = 0, 8
MOST_PARTS = 10
_WHOLE = {GSM7: 160, UCS2: 140}
_PIECE = {GSM7: 153, UCS2: 134}


class TooLong(ValueError):
    """The text would need more parts than we send."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A text ready to submit: `coding` is SMPP's data_coding; `pieces` carry their header where there are several."""

    coding: int
    pieces: tuple[bytes, ...]

    @property
    def joined(self) -> bool:
        return len(self.pieces) > 1


def plainly(text: str) -> str:
    """The text without signs that look alike but cost double."""
    return text.translate(_PLAIN).replace("\r\n", "\n")


def is_gsm(text: str) -> bool:
    return all(character in _CODES for character in text)


def parts_of(text: str, *, key: str) -> Parts:
    """Encode and split. The reference in the headers comes from `key`: a repeated attempt joins the same message."""
    text = plainly(text)
    coding = GSM7 if is_gsm(text) else UCS2
    letters = [_CODES[character] if coding == GSM7 else character.encode("utf-16-be") for character in text]
    whole = b"".join(letters)
    if len(whole) <= _WHOLE[coding]:
        return Parts(coding, (whole,))
    pieces = list(_filled(letters, _PIECE[coding]))
    if len(pieces) > MOST_PARTS:
        raise TooLong
    reference = sha256(key.encode()).digest()[0]
    header = bytes([5, 0, 3, reference, len(pieces)])
    return Parts(coding, tuple(header + bytes([number]) + piece for number, piece in enumerate(pieces, 1)))


def parts_needed(text: str) -> int:
    """How many short messages this text costs."""
    try:
        return len(parts_of(text, key="").pieces)
    except TooLong:
        return MOST_PARTS + 1


def decoded(coding: int, payload: bytes) -> str:
    """The text of a payload without its header; what is no letter becomes a mark."""
    if coding == UCS2:
        return payload.decode("utf-16-be", "replace")
    if coding != GSM7:
        return payload.decode("latin-1")
    text, escaped = "", False
    for code in payload:
        if code == _ESCAPE and not escaped:
            escaped = True
            continue
        plain = _BASIC[code] if code < len(_BASIC) else "\ufffd"
        # An escape that the table does not know shows the letter behind it (3GPP TS 23.038, 6.2.1.1).
        text += _BEHIND_ESCAPE.get(code, plain) if escaped else plain
        escaped = False
    return text


def _filled(letters: list[bytes], room: int) -> Iterator[bytes]:
    """Pieces as full as they get without cutting a letter in two."""
    piece = b""
    for letter in letters:
        if len(piece) + len(letter) > room:
            yield piece
            piece = b""
        piece += letter
    if piece:
        yield piece
