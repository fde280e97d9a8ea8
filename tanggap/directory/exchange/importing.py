"""A file of reference data, line by line: bad lines are told with number and reason, and one of them undoes all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, TanggapError
from tanggap.common.spreadsheet import NotASheet, read_xlsx
from tanggap.common.worlds import inside
from tanggap.directory import cache
from tanggap.directory.exchange.shape import Line, M_contra, Table, cell
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


def import_reference(*, table: Table[M_contra], text: str, mark: M_contra, dry_run: bool = True) -> Report:
    """Do what each line says, in a savepoint of its own; with `dry_run`, or with one wrong line, everything is undone.

    What the process remembers meanwhile is remembered apart: it may be undone, and no other page may see it. Later
    lines see what earlier ones did, dry or not: a unit and its sub-unit may come in one file. Raises Invalid
    for a file whose columns are not the table's, or that is too long.
    """
    mark = replace(mark, reason=require_reason(mark.reason))
    lines = list(_lines(table, text))
    try:
        with inside(TRIAL), transaction.atomic():
            lock_tree()
            cache.clear()
            outcomes = [_outcome(table, numbered, mark) for numbered in _together(table, lines)]
            transaction.set_rollback(dry_run or any(one.wrong for one in outcomes))
    finally:
        cache.clear()
    done = [one for one in outcomes if one.done]
    wrong = [one for one in outcomes if one.wrong]
    return Report(done, wrong, len(outcomes) - len(done) - len(wrong))


def _together(table: Table[M_contra], lines: list[tuple[int, Line]]) -> list[list[tuple[int, Line]]]:
    """Lines that are one thing, where the first of them stands."""
    if not table.together:
        return [[line] for line in lines]
    found: dict[tuple[str, ...], list[tuple[int, Line]]] = {}
    for number, line in lines:
        found.setdefault(tuple(line[column] for column in table.together), []).append((number, line))
    return list(found.values())


def _lines(table: Table[M_contra], text: str) -> Iterator[tuple[int, Line]]:
    if "\0" in text:
        raise Invalid(_("Berkas ini bukan teks."), field="file")
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=_delimiter(text))
    try:
        heads = [head.strip().lower() for head in next(reader, [])]
        _check_heads(table, heads)
        for count, cells in enumerate(reader):
            if count >= MOST_LINES:
                raise Invalid(_("Paling banyak 1.000 baris. Bagi berkasnya."), field="file")
            if any(one.strip() for one in cells):
                given = dict(zip(heads, cells, strict=False))
                line = {name: cell(given.get(name, ""), prose=name in table.prose) for name in table.columns}
                yield reader.line_num, line
    except csv.Error as error:
        raise Invalid(_("Baris %(n)s tidak dapat dibaca.") % {"n": reader.line_num}, field="file") from error


def _delimiter(text: str) -> str:
    """A spreadsheet set to Indonesian writes semicolons."""
    head = text.split("\n", 1)[0]
    return ";" if head.count(";") > head.count(",") else ","


def _check_heads(table: Table[M_contra], heads: list[str]) -> None:
    missing = [column for column in table.required if column not in heads]
    unknown = [head for head in heads if head and head not in table.columns]
    if missing or unknown or len(heads) != len(set(heads)):
        words = {"columns": ", ".join(table.columns), "wrong": ", ".join([*missing, *unknown])[:200] or "-"}
        raise Invalid(_("Kolomnya harus: %(columns)s. Yang kurang atau tidak dikenal: %(wrong)s") % words, field="file")


def _outcome(table: Table[M_contra], numbered: list[tuple[int, Line]], mark: M_contra) -> Outcome:
    number, line = numbered[0]
    key = " ".join(line[column] for column in table.together or table.required if column not in table.prose)[:120]
    for bad, one in numbered:
        if wrong := _fault(table, one):
            return Outcome(bad, key, wrong=wrong)
    try:
        with transaction.atomic():
            return Outcome(number, key, done=table.take([line for _number, line in numbered], mark))
    except TanggapError as error:
        return Outcome(number, key, wrong=error.message)
    except (ValidationError, DataError, IntegrityError):
        return Outcome(number, key, wrong=_("Ada isian yang terlalu panjang atau tidak sah."))


def _fault(table: Table[M_contra], line: Line) -> str:
    """What is wrong with a line whatever its table does."""
    empty = [column for column in table.required if not line[column]]
    if empty:
        return _("Kolom %(names)s kosong.") % {"names": ", ".join(empty)}
    if any(len(value) > LONGEST_CELL for column, value in line.items() if column not in table.prose):
        return _("Ada isian yang lebih panjang dari 1.000 huruf.")
    return ""
