"""The report card on paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from tanggap.common import formats
from tanggap.common.charts import Chart
from tanggap.common.clockwords import language
from tanggap.common.pdf import render_pdf
from tanggap.directory.models import Agency
from tanggap.evaluation.reporting.choosing import period_words
from tanggap.evaluation.reporting.page import GROUPS, charts_of, rows_of
from tanggap.evaluation.reporting.sheet import Sheet

TEMPLATE: Final = Path(__file__).with_name("card.typ")


def sheet_pdf(sheet: Sheet, *, now: datetime) -> bytes:
    """The sheet as A4, in the reader's language: every figure with what it is compared with, every chart as a table."""
    name = sheet.of.full_name if isinstance(sheet.of, Agency) else sheet.of.name
    title = _("Rapor %(name)s") % {"name": name}
    moment = formats.long_datetime(sheet.card.as_of, ZoneInfo(sheet.of.zone), language())
    heads, rows = _table(sheet)
    data = {
        "title": title,
        "period": period_words(sheet.period),
        "dates": " – ".join(formats.plain_date(day, language()) for day in (sheet.card.first, sheet.card.last)),
        "as_of": _("Keadaan pada %(moment)s.") % {"moment": moment},
        "note": _note(sheet),
        "heads": heads,
        "rows": rows,
        "charts": [_chart(one) for one in charts_of(sheet) if not one.empty],
        "page": _("Halaman"),
    }
    return render_pdf(TEMPLATE, data, title=f"{title}, {data['period']}", language=language(), at=now)


def _table(sheet: Sheet) -> tuple[list[str], list[list[str]]]:
    heads = [_("Angka"), _("Masa ini"), _("Masa sebelumnya")]
    group = GROUPS.get(sheet.group) if sheet.group else None
    if group:
        heads.append(_("Median %(group)s") % {"group": group})
    if sheet.national:
        heads.append(_("Nasional"))
    rows = []
    for row in rows_of(sheet):
        cells = [row.name, row.value, row.before]
        cells += [row.peers] if group else []
        cells += [row.national] if sheet.national else []
        rows.append(cells)
    return heads, rows


def _note(sheet: Sheet) -> str:
    if sheet.guarded:
        return _("Laporan rahasia, anonim, dan berkadar pengawasan ikut dihitung, tetapi tidak ditampilkan.")
    return _("Laporan rahasia tidak ikut dihitung di halaman ini; di rapor resmi ikut.")


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "title": chart.title,
        "note": chart.note,
        "heads": list(chart.heads),
        "rows": [[cell.text for cell in row] for row in chart.rows],
    }
