"""Agencies and units: found, looked at, changed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tanggap.accounts.roles import Role
from tanggap.console.access import with_role
from tanggap.console.reference.deeds import AGENCY
from tanggap.console.reference.finding import find_agencies, find_others
from tanggap.console.reference.history import history_of
from tanggap.console.views.reference.frame import change_named, make_change, reference_page
from tanggap.directory.models import Agency

TAB = "reference"
MOST_UNITS = 200


@with_role(Role.NATIONAL_ADMIN)
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """`/kerja/acuan/`: search by words of the name, or by the whole code, through every kind of reference data."""
    wanted = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:120]
    values = {"wanted": wanted, "rows": find_agencies(wanted), "others": find_others(wanted)}
    return reference_page(request, "instansi.html", values, tab=TAB)


@with_role(Role.NATIONAL_ADMIN)
@require_safe
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """One agency with everything that can be done, its names, its units and its history."""
    row = _agency(agency_id)
    units = row.children.filter(status=Agency.Status.ACTIVE).order_by("code")
    active = row.status == Agency.Status.ACTIVE and row.kind != Agency.Kind.NATION
    names = {"sebutan", "hapus-sebutan"}
    values = {
        "row": row,
        "aliases": list(row.aliases.order_by("alias")),
        "units": list(units[:MOST_UNITS]),
        "changes": [change for change in AGENCY if active or change.slug in names or _makes_units(row, change.slug)],
        "lines": history_of(row),
    }
    return reference_page(request, "instansi_satu.html", values, tab=TAB)


@with_role(Role.NATIONAL_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, agency_id: int, deed: str) -> HttpResponse:
    """One change: its form, what it would do, saved."""
    row = _agency(agency_id)
    back = reverse("console:reference-agency", args=[row.pk])
    return make_change(request, change_named(AGENCY, deed), row, back=back, tab=TAB)


def _makes_units(row: Agency, slug: str) -> bool:
    return slug == "unit-baru" and row.kind == Agency.Kind.NATION


def _agency(agency_id: int) -> Agency:
    row = Agency.objects.select_related("body", "parent", "merged_into", "region").filter(pk=agency_id).first()
    if row is None:
        raise Http404
    return row
