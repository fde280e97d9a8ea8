"""The libraries of answers as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy

from tanggap.cases.texts import clean_text
from tanggap.console.models import AnswerTemplate
from tanggap.console.reference.sheets.mark import OfficerMark
from tanggap.console.services.save_answer_template import TemplateWords, save_answer_template
from tanggap.directory.exchange import Table
from tanggap.directory.exchange.shape import Line, agency_of, each, told

COLUMNS: Final = ("agency_code", "title", "answer_kind", "text")


def _rows() -> Iterator[tuple[str, ...]]:
    rows = AnswerTemplate.objects.filter(retired_at__isnull=True).order_by("agency__code", "title")
    yield from rows.values_list("agency__code", "title", "answer_kind", "text")


def _take(line: Line, mark: OfficerMark) -> str:
    agency = agency_of(line)
    row = AnswerTemplate.objects.filter(agency=agency, title=line["title"], retired_at__isnull=True).first()
    before = (row.answer_kind, row.text) if row else ("", "")
    after = (line["answer_kind"] or before[0], clean_text(line["text"]))
    if row is not None and before == after:
        return ""
    words = TemplateWords(title=line["title"], text=after[1], answer_kind=after[0])
    save_answer_template(agency=agency, words=words, actor=mark.actor, now=mark.now, template=row, reason=mark.reason)
    return told(zip(COLUMNS[2:], before, after, strict=True))


TABLE: Final[Table[OfficerMark]] = Table(
    "contoh-jawaban",
    gettext_lazy("Contoh jawaban"),
    COLUMNS,
    ("agency_code", "title", "text"),
    _rows,
    each(_take),
    prose=("text",),
)
