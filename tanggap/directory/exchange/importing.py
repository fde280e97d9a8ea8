"""A file of reference data, line by line: good lines are done, bad ones told with number and reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import DataError, transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, TanggapError
from tanggap.common.spreadsheet import FORMULA, NotASheet, read_xlsx
from tanggap.common.worlds import inside
from tanggap.directory import cache
from tanggap.directory.exchange.tables import Line, Mark, Table
from tanggap.directory.tree import lock_tree, require_reason

MOST_LINES: Final = 1000
MOST_BYTES: Final = 300_000
LONGEST_CELL: Final = 1000
TRIAL: Final = "impor"


@dataclass(frozen=True)
class Outcome:
    """What became of one line; `wrong` is the reason where it was refused."""

    number: int
    key: str
    done: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class Report:
    """All lines that did something or were refused; the others were as they should be already."""

    done: list[Outcome]
    wrong: list[Outcome]
    unchanged: int


def as_text(content: bytes) -> str:
    """CSV text of a file that is CSV (UTF-8) or XLSX. Raises Invalid."""
    if len(content) > MOST_BYTES:
        raise Invalid(_("Berkas terlalu besar: paling besar 300 kB. Bagi menjadi beberapa."), field="file")
    if content.startswith(b"PK\x03\x04"):
        try:
            rows = read_xlsx(content)
        except NotASheet as error:
            raise Invalid(_("Berkas ini bukan XLSX yang dapat dibaca."), field="file") from error
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        return out.getvalue()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(_("Simpan berkas sebagai CSV UTF-8 atau XLSX."), field="file") from error


def import_reference(
    *, table: Table, text: str, actor_key: str, reason: str, now: datetime, dry_run: bool = True
) -> Report:
    """Do what each line says, in a savepoint of its own; with `dry_run` everything is undone in the end.

    What the process remembers meanwhile is remembered apart: it may be undone, and no other page may see it. Later
    lines see what earlier ones did, dry or not: a unit and its sub-unit may come in one file. Raises Invalid
    for a file whose columns are not the table's, or that is too long.
    """
    mark = Mark(actor_key=actor_key, reason=require_reason(reason), now=now)
    lines = list(_lines(table, text))
    try:
        with inside(TRIAL), transaction.atomic():
            lock_tree()
            cache.clear()
            outcomes = [_outcome(table, number, line, mark) for number, line in lines]
            transaction.set_rollback(dry_run)
    finally:
        cache.clear()
    done = [one for one in outcomes if one.done]
    wrong = [one for one in outcomes if one.wrong]
    return Report(done, wrong, len(outcomes) - len(done) - len(wrong))


def _lines(table: Table, text: str) -> Iterator[tuple[int, Line]]:
    if "\0" in text:
        raise Invalid(_("Berkas ini bukan teks."), field="file")
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=_delimiter(text))
    try:
        heads = [head.strip().lower() for head in next(reader, [])]
        _check_heads(table, heads)
        for count, cells in enumerate(reader):
            if count >= MOST_LINES:
                raise Invalid(_("Paling banyak 1.000 baris. Bagi berkasnya."), field="file")
            if any(cell.strip() for cell in cells):
                given = dict(zip(heads, map(_cell, cells), strict=False))
                yield reader.line_num, {column: given.get(column, "") for column in table.columns}
    except csv.Error as error:
        raise Invalid(_("Baris %(n)s tidak dapat dibaca.") % {"n": reader.line_num}, field="file") from error


def _delimiter(text: str) -> str:
    """A spreadsheet set to Indonesian writes semicolons."""
    head = text.split("\n", 1)[0]
    return ";" if head.count(";") > head.count(",") else ","


def _check_heads(table: Table, heads: list[str]) -> None:
    missing = [column for column in table.required if column not in heads]
    unknown = [head for head in heads if head and head not in table.columns]
    if missing or unknown or len(heads) != len(set(heads)):
        words = {"columns": ", ".join(table.columns), "wrong": ", ".join([*missing, *unknown])[:200] or "-"}
        raise Invalid(_("Kolomnya harus: %(columns)s. Yang kurang atau tidak dikenal: %(wrong)s") % words, field="file")


def _cell(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running it."""
    text = " ".join(cell.split())
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def _outcome(table: Table, number: int, line: Line, mark: Mark) -> Outcome:
    key = " ".join(line[column] for column in table.required)[:120]
    empty = [column for column in table.required if not line[column]]
    if empty:
        return Outcome(number, key, wrong=_("Kolom %(names)s kosong.") % {"names": ", ".join(empty)})
    if any(len(value) > LONGEST_CELL for value in line.values()):
        return Outcome(number, key, wrong=_("Ada isian yang lebih panjang dari 1.000 huruf."))
    try:
        with transaction.atomic():
            return Outcome(number, key, done=table.take(line, mark))
    except TanggapError as error:
        return Outcome(number, key, wrong=error.message)
    except (ValidationError, DataError):
        return Outcome(number, key, wrong=_("Ada isian yang terlalu panjang atau tidak sah."))
