"""Letters as people's programs really send them: words of headers and bodies in whatever alphabet. Pure."""

from __future__ import annotations

import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header

LONGEST_HEADER = 4_000
# What an office program of the region writes when it says nothing about it.
USUAL = "cp1252"


def decoded(data: bytes, charset: str = "") -> str:
    """The text in the alphabet that is named, else as UTF-8, else as Western. Never fails."""
    for name in (charset.strip().strip("\"'"), "utf-8"):
        try:
            if name:
                return cleaned(data.decode(name))
        except (LookupError, UnicodeError, ValueError):
            # Also a codec that makes no text of bytes, and a name with a NUL in it.
            continue
    return cleaned(data.decode(USUAL, "replace"))


def plain_header(raw: object) -> str:
    """One header in one line as it was sent, raw bytes repaired. Cut after 4,000 characters."""
    return " ".join(_repaired(str(raw)[:LONGEST_HEADER]).split())


def header_text(raw: object) -> str:
    """The same with the words of RFC 2047 in clear. Never before an address is looked for: they could make another."""
    plain = plain_header(raw)
    if "=?" not in plain:
        return plain
    try:
        pieces = decode_header(plain)
    except (HeaderParseError, ValueError):
        return plain
    words = [piece if isinstance(piece, str) else decoded(piece, name or "") for piece, name in pieces]
    return " ".join("".join(words).split())


def _repaired(text: str) -> str:
    """Bytes that stood raw in a header come from the parser as surrogates."""
    if text.isascii():
        return text
    return decoded(text.encode("utf-8", "surrogateescape") if _is_escaped(text) else text.encode("utf-8", "replace"))


def _is_escaped(text: str) -> bool:
    return all(not 0xD800 <= ord(one) <= 0xDFFF or 0xDC80 <= ord(one) <= 0xDCFF for one in text)


def cleaned(text: str) -> str:
    """Without what no letter means to say: control characters, and signs that turn the reading direction."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in text if one in "\n\t" or _may_stand(one))


def _may_stand(one: str) -> bool:
    category = unicodedata.category(one)
    # Joiners belong into Javanese and into emoji; the marks of direction and the byte order mark do not.
    return category not in {"Cc", "Cs"} and one not in _TURNING


_TURNING = frozenset("\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
