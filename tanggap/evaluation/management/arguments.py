"""Arguments that several commands about figures take."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date

from django.core.management.base import CommandError

from tanggap.evaluation.periods import Period


def day(raw: str) -> date:
    """A date as it is typed."""
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise ArgumentTypeError(f"“{raw}” bukan tanggal; contoh: 2024-01-31") from None


def add_period(parser: ArgumentParser) -> None:
    """`--from DATE --to DATE`, both included."""
    parser.add_argument("--from", dest="first", type=day, required=True, metavar="DATE")
    parser.add_argument("--to", dest="last", type=day, required=True, metavar="DATE", help="included")


def asked_period(first: date, last: date) -> Period:
    """The period of both days. Raises CommandError where it ends before it begins."""
    if first > last:
        raise CommandError("Tanggal --from sesudah --to.", returncode=2)
    return Period(first, last)
