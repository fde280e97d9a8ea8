"""A report card and its charts to take away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tanggap.common.charts import Chart, as_csv
from tanggap.common.clock import now
from tanggap.directory.models import Agency
from tanggap.evaluation.reporting.charts import CHARTS
from tanggap.evaluation.reporting.downloads import sheet_csv, sheet_json
from tanggap.evaluation.reporting.page import material_of
from tanggap.evaluation.reporting.paper import sheet_pdf
from tanggap.evaluation.reporting.sheet import agency_sheet
from tanggap.portal.views.agencies import KINDS, chosen_of, public_agency


@require_safe
def card(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """`/instansi/<code>/rapor.{pdf,csv,json}?periode=…`."""
    if kind not in KINDS:
        raise Http404
    body = public_agency(code)
    chosen = chosen_of(request, body)
    name = f"rapor-{_slug(body)}-{chosen.period.name}.{kind}"
    sheet = agency_sheet(body, chosen.period)
    if kind == "json":
        return _file(sheet_json(sheet), "application/json", name)
    if kind == "csv":
        return _file(sheet_csv(sheet), "text/csv; charset=utf-8", name)
    return _file(sheet_pdf(sheet, now=now()), "application/pdf", name)


@require_safe
def chart(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """`/instansi/<code>/grafik/<chart>.csv?periode=…`."""
    body = public_agency(code)
    if slug not in CHARTS:
        raise Http404
    chosen = chosen_of(request, body)
    return chart_file(CHARTS[slug](material_of(agency_sheet(body, chosen.period))), _slug(body), chosen.period.name)


def chart_file(chart: Chart, of: str, period: str) -> HttpResponse:
    """The lines of a chart's table as a file."""
    lines = ([cell.value for cell in row] for row in chart.rows)
    return _file(as_csv(chart.heads, lines), "text/csv; charset=utf-8", f"{chart.slug}-{of}-{period}.csv")


def _slug(agency: Agency) -> str:
    return agency.code.replace("/", "-")


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
