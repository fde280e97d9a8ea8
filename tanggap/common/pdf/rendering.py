"""One function: a template and its data become a tagged PDF/A-2a that is also PDF/UA-1."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

import typst
from django.utils.translation import gettext as _

from tanggap.common.errors import Refused, TooMany

FOLDER: Final = Path(__file__).parent
STANDARDS: Final = ["a-2a", "ua-1"]
MAX_DATA: Final = 2_000_000
"""Bytes of data. The templates are ours and run over their data once, so this also bounds the time they take."""
MAX_TITLE: Final = 300
MISSING: Final = "\u25a1"
"""What stands where no font has the sign: PDF/A forbids signs that cannot be shown."""

# Its type stubs do not know that it takes several files.
_typst: Final[Any] = typst.compile
_WAIT: Final = 60.0
# The entry says what its absence says; poppler takes it for a fault. As long as before, so that no offset moves.
_SUSPECTS: Final = b"/MarkInfo<</Marked true/Suspects false>>"
_MARKED: Final = b"/MarkInfo<</Marked true>>".ljust(len(_SUSPECTS))
_ROUNDS: Final = 8
_ROOM: Final = BoundedSemaphore(2)
_UNSHOWN: Final = re.compile(r'(?:the text|codepoint) `"(.+?)"`', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}")
_ALWAYS_SHOWN: Final = re.compile(r"[^\n\t\x20-\x7e\xa0-\u024f\u2010-\u2027\u2030-\u203a\u20ac\u25a1]")


def render_pdf(
    template: Path,
    data: Mapping[str, Any],
    *,
    title: str,
    language: str,
    author: str = "",
    at: datetime | None = None,
    files: Mapping[str, bytes] | None = None,
) -> bytes:
    """The PDF that `template` makes of `data`, in the same bytes for the same input and `at`.

    The template is a .typ file of ours with `#let body(data) = …`; it may import `parts.typ` and show `files` (their
    names given without a folder) as pictures, and reads nothing else. `data` is anything JSON can hold. Signs that no
    font has are replaced by a box. Raises Refused for more data than a document may hold, TooMany while too many
    documents are being made.
    """
    clean = _clean(title)[:MAX_TITLE].strip()
    content = {
        "title": clean or template.stem,
        "author": _clean(author),
        "language": language[:2],
        "data": _clean(data),
    }
    text = json.dumps(content, ensure_ascii=False)
    if len(text.encode()) > MAX_DATA:
        raise Refused(_("Dokumen ini terlalu panjang. Persempit pilihannya, lalu coba lagi."), code="pdf_too_long")
    inputs: dict[str, bytes] = {**(files or {}), **_frame(), "template.typ": template.read_bytes()}
    if not _ROOM.acquire(timeout=_WAIT):
        raise TooMany(_("Banyak dokumen sedang dibuat. Coba lagi sebentar lagi."), code="pdf_busy")
    try:
        return _compile(inputs, text, at.astimezone(UTC).replace(microsecond=0) if at is not None else None)
    finally:
        _ROOM.release()


def _compile(inputs: dict[str, bytes], text: str, at: datetime | None) -> bytes:
    """Try, put a box where a sign cannot be shown, try again; in the end only what is shown for certain stays."""
    for left in range(_ROUNDS, -1, -1):
        try:
            made: bytes = _typst(
                {**inputs, "data.json": text.encode()},
                font_paths=_fonts(),
                pdf_standards=STANDARDS,
                timestamp=at,
            )
        except typst.TypstError as error:
            found = _UNSHOWN.search(str(error))
            if found is None or left == 0:
                raise
            sign = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), found[1])
            text = text.replace(sign, MISSING) if left > 1 and sign in text else _ALWAYS_SHOWN.sub(MISSING, text)
        else:
            return made.replace(_SUSPECTS, _MARKED)
    raise AssertionError("unreachable")


@cache
def _fonts() -> typst.Fonts:
    """Our own letters; where they lack a sign, those inside typst. Never what happens to be installed."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FOLDER / "fonts")])


@cache
def _frame() -> dict[str, bytes]:
    return {name: (FOLDER / name).read_bytes() for name in ("main.typ", "parts.typ")}


def _clean(value: Any) -> Any:
    """The same data with only what can stand on paper in its strings: no control, private or unassigned signs."""
    if isinstance(value, str):
        return "".join(_sign(one) for one in value)
    if isinstance(value, Mapping):
        return {str(key): _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value


def _sign(one: str) -> str:
    if one == "\r":
        return ""
    if one in "\n\t" or one.isprintable() or unicodedata.category(one) == "Zs":
        return one
    # Marks that turn the direction of writing could make a name read as another.
    return "" if unicodedata.category(one) == "Cf" else MISSING
