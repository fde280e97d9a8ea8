"""The register of outgoing letters, as CSV and PDF."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanggap.common import formats
from tanggap.common.clock import now
from tanggap.common.errors import Refused
from tanggap.console.access import actor_of, officer, own_agency, own_calendar
from tanggap.console.letter_rows import addressee
from tanggap.console.views.letters import between, days_wanted
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.letters.content import subject_of
from tanggap.escalation.letters.drawing import register_pdf
from tanggap.escalation.letters.posts import post_name
from tanggap.escalation.models import Letter

MOST = 5000
HEADS = ("No.", "Nomor surat", "Nomor resmi", "Tanggal", "Penerbit", "Kepada", "Hal", "Laporan", "Tembusan", "SHA-256")
WIDTHS = ("9", "38", "40", "22", "32", "42", "1fr", "17", "34")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _letters(request: HttpRequest) -> list[Letter]:
    since, until = days_wanted(request.GET)
    rows = between(actor_of(request), since, until).order_by("agency__code", "year", "serial", "pk")
    found = list(rows[: MOST + 1])
    if len(found) > MOST:
        raise Refused(_("Lebih dari %(n)s surat. Pilih rentang hari yang lebih pendek.") % {"n": MOST}, code="too_many")
    return found


def _rows(letters: list[Letter]) -> Iterator[list[str]]:
    for count, letter in enumerate(letters, start=1):
        day = calendar_of(letter.agency_id).local_date(letter.issued_at) if letter.issued_at else letter.on
        yield [
            str(count),
            letter.number,
            letter.external_number,
            day.isoformat(),
            letter.agency.name,
            addressee(letter.recipient_role, letter.recipient_agency),
            subject_of(letter),
            str(getattr(letter, "cases", "")),
            "; ".join(post_name(role, letter.recipient_agency) for role in letter.copies),
            letter.sha256,
        ]


@officer
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """`/kerja/surat/agenda.csv?since=…&until=…`."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    for row in _rows(_letters(request)):
        # A spreadsheet takes a cell that begins so for a formula.
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="agenda-surat.csv"'
    return response


@officer
@require_safe
def as_pdf(request: HttpRequest) -> HttpResponse:
    """`/kerja/surat/agenda.pdf?since=…&until=…`."""
    actor, moment = actor_of(request), now()
    agency, zone = own_agency(actor), own_calendar(actor).zone
    rows = [row[:-1] for row in _rows(_letters(request))]
    for row in rows:
        row[3] = formats.plain_date(date.fromisoformat(row[3]))
    content = {
        "agency": agency.full_name,
        "period": _period(*days_wanted(request.GET)),
        "heads": list(HEADS[:-1]),
        "widths": list(WIDTHS),
        "rows": rows,
        "made": f"Dicetak {formats.long_datetime(moment, zone)}",
    }
    document = register_pdf(content, title="Buku agenda surat keluar", author=agency.full_name, at=moment)
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="agenda-surat.pdf"'
    return response


def _period(since: date | None, until: date | None) -> str:
    """The days in Indonesian: the register is an official paper whatever language its reader uses."""
    if since is not None and since == until:
        return formats.long_date(since)
    parts = []
    if since is not None:
        parts.append(f"sejak {formats.long_date(since)}")
    if until is not None:
        parts.append(f"sampai dengan {formats.long_date(until)}")
    return " ".join(parts) or "Semua hari"
