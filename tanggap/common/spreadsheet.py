"""A table as an XLSX file and back: one sheet, its cells as text. Only what such a table needs.

A file from outside is an archive and XML: both are bounded, and a document type (where bombs of entities live) is
refused.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from xml.etree import ElementTree
from xml.sax.saxutils import escape

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES: Final = 20_000_000
"""Unpacked, of one part."""
MOST_COLUMNS: Final = 64
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_UNSHOWN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CELL: Final = re.compile(r"([A-Z]{1,3})\d+")

_PARTS: Final = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{MEDIA_TYPE}.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>"
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


class NotASheet(ValueError):
    """What was given is no XLSX file that can be read."""


def write_xlsx(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Heads and rows as one sheet. Numbers stay numbers; everything else is text, so that nothing runs as a formula."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for row in (heads, *rows):
                sheet.write(f"<row>{''.join(map(_written, row))}</row>".encode())
            sheet.write(b"</sheetData></worksheet>")
    return out.getvalue()


def _written(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"<c><v>{value}</v></c>"
    text = escape(_UNSHOWN.sub("", "" if value is None else str(value)))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def read_xlsx(content: bytes) -> list[list[str]]:
    """The rows of the first sheet as text, heads included. Raises NotASheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            sheets = sorted(name for name in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
            if not sheets:
                raise NotASheet("no sheet")
            shared = _shared(_part(archive, "xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else []
            return list(_rows(_part(archive, min(sheets, key=_number)), shared))
    except (
        zipfile.BadZipFile,
        ElementTree.ParseError,
        ValueError,
        IndexError,
        KeyError,
        RuntimeError,
        OSError,
    ) as error:
        raise NotASheet(str(error)) from error
    except (NotImplementedError, EOFError, MemoryError) as error:
        raise NotASheet("damaged or packed in an unknown way") from error


def _number(name: str) -> int:
    return int(re.sub(r"\D", "", name))


def _part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with archive.open(name) as part:
        text = part.read(MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise NotASheet("too large")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise NotASheet("a document type, or another encoding than UTF-8")
    return ElementTree.fromstring(text)  # noqa: S314 - bounded, and without a document type there are no entities


def _shared(root: ElementTree.Element) -> list[str]:
    return ["".join(text.text or "" for text in item.iter(f"{{{_MAIN}}}t")) for item in root.iter(f"{{{_MAIN}}}si")]


def _rows(root: ElementTree.Element, shared: list[str]) -> Iterator[list[str]]:
    for row in root.iter(f"{{{_MAIN}}}row"):
        cells: list[str] = []
        for cell in row.iter(f"{{{_MAIN}}}c"):
            at = _column(cell.get("r", ""), len(cells))
            if at >= MOST_COLUMNS:
                raise NotASheet("too many columns")
            cells += [""] * (at - len(cells))
            cells.append(_read(cell, shared))
        yield cells


def _column(reference: str, default: int) -> int:
    found = _CELL.fullmatch(reference)
    if found is None:
        return default
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return max(number - 1, default)


def _read(cell: ElementTree.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{{{_MAIN}}}t"))
    value = cell.find(f"{{{_MAIN}}}v")
    text = value.text or "" if value is not None else ""
    return shared[int(text)] if cell.get("t") == "s" else text
