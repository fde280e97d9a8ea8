"""The sheet on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from tanggap.cases.selectors.rundown import Line, Rundown
from tanggap.cases.telling.values import office_name
from tanggap.common import formats
from tanggap.common.clockwords import language
from tanggap.common.pdf import render_pdf

TEMPLATE: Final = Path(__file__).with_name("sheet.typ")


def parts_of(found: Rundown) -> list[tuple[str, str, Sequence[Line]]]:
    """Id, heading and lines of each part, in the order they are read out."""
    return [
        ("baru", _("Laporan baru"), found.fresh),
        ("dijawab", _("Dijawab"), found.answered),
        ("selesai", _("Selesai"), found.solved),
        ("janji", _("Janji yang segera tiba"), found.promised),
    ]


def sheet_pdf(found: Rundown, *, of: str, day: date, now: datetime) -> bytes:
    """The sheet as A4, in the reader's language."""
    title = _("Lembar radio, %(day)s") % {"day": formats.long_date(day, language())}
    data = {
        "title": title,
        "of": of,
        "note": _("Hanya laporan yang terbuka untuk umum. Jangan menambahkan nama atau dugaan siapa pelapornya."),
        "nothing": _("Tidak ada."),
        "page": _("Halaman"),
        "parts": [{"head": head, "lines": [_words(line) for line in lines]} for _id, head, lines in parts_of(found)],
    }
    return render_pdf(TEMPLATE, data, title=title, language=language(), at=now)


def _words(line: Line) -> dict[str, Any]:
    where = ", ".join(part for part in (office_name(line.agency), line.place) if part)
    promised = _("Dijanjikan %(day)s.") % {"day": formats.long_date(line.due_on, language())} if line.due_on else ""
    return {
        "title": line.title,
        "where": f"{where} · {line.number}",
        "text": line.text,
        "answer": " ".join(part for part in (promised, line.answer) if part),
        "answer_head": _("Jawaban instansi:"),
    }
