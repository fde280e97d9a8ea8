"""A table as an XLSX file and back: one sheet, its cells as text. openpyxl writes and reads what was bounded first.

A file from outside is an archive of XML: a small one can unpack to gigabytes, and a document type is where bombs of
entities live. Both are refused before the library sees them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import chain
from typing import IO, Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES: Final = 20_000_000
"""Unpacked, of all parts together."""
MOST_COLUMNS: Final = 64
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class NotASheet(ValueError):
    """What was given is no XLSX file that can be read."""


def write_xlsx(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """As `save_xlsx`, for a table that is small enough to be held."""
    out = io.BytesIO()
    save_xlsx(out, heads, rows)
    return out.getvalue()


def save_xlsx(out: IO[bytes], heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Heads and rows as one sheet. Numbers stay numbers; everything else is text, so that nothing runs as a formula.

    Written on the way: no more than a row is held.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    for row in chain([heads], rows):
        sheet.append([_cell(sheet, value) for value in row])
    book.save(out)


def _cell(sheet: Any, value: Any) -> Any:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.data_type = "s"
    return cell


def read_xlsx(content: bytes) -> list[list[str]]:
    """The rows of the first sheet as text, heads included. Raises NotASheet."""
    try:
        _check(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        if (sheet.max_column or 0) > MOST_COLUMNS:
            raise NotASheet("too many columns")
        return [_texts(row) for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)]
    except NotASheet:
        raise
    except Exception as error:  # the library says what it dislikes in a damaged file in every way there is
        raise NotASheet(str(error)) from error


def _check(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        # Reading stops at the size that the archive names, whatever really is in it.
        if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
            raise NotASheet("too large")
        for part in archive.infolist():
            text = archive.read(part)
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise NotASheet("a document type, or another encoding than UTF-8")


def _texts(row: Sequence[Any]) -> list[str]:
    texts = ["" if value is None else _text(value) for value in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(value: Any) -> str:
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
