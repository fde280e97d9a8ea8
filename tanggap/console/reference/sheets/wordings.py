"""The instance's own words for messages as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy

from tanggap.console.reference.sheets.mark import OfficerMark
from tanggap.console.wordings import present_words
from tanggap.directory.exchange import Table
from tanggap.directory.exchange.shape import Line, each, told
from tanggap.notify.models import Wording
from tanggap.notify.own_words import check_known, cleaned
from tanggap.notify.services.set_wording import set_wording

COLUMNS: Final = ("template", "channel", "language", "subject", "body")


def _rows() -> Iterator[tuple[str, ...]]:
    yield from Wording.objects.order_by(*COLUMNS[:3]).values_list(*COLUMNS)


def _take(line: Line, mark: OfficerMark) -> str:
    place = (line["template"], line["channel"], line["language"])
    check_known(*place)
    row = Wording.objects.filter(template=place[0], channel=place[1], language=place[2]).first()
    subject, body = cleaned(place[0], line["subject"] or (row.subject if row else ""), line["body"])
    if row is not None and (row.subject, row.body) == (subject, body):
        return ""
    before = present_words(*place, {place: row} if row else {})
    set_wording(template=place[0], channel=place[1], language=place[2], subject=subject, body=body, **mark.words)
    after = (subject or before[0], body)
    return told(zip(COLUMNS[3:], before, after, strict=True))


TABLE: Final[Table[OfficerMark]] = Table(
    "kata-pesan",
    gettext_lazy("Kata pesan sendiri"),
    COLUMNS,
    ("template", "channel", "language", "body"),
    _rows,
    each(_take),
    prose=("body",),
)
