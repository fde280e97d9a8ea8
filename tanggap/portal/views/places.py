"""The place that an address of the statistics asks for."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from tanggap.directory.models import Region
from tanggap.evaluation.reporting.choosing import Chosen

LONGEST_CODE, LONGEST_SHOWN = len("35.27"), 30


def asked_region(request: HttpRequest) -> tuple[Region | None, str]:
    """The province, regency or city of the address, and what of it could not be understood.

    Smaller places have no figures of their own here: a village where nothing public is to be seen must not tell that
    there is a report.
    """
    raw = request.GET.get("wilayah", "").replace("\x00", "").strip()
    found = Region.objects.filter(pk=raw).first() if raw and len(raw) <= LONGEST_CODE else None
    return found, "" if found or not raw else raw[:LONGEST_SHOWN]


def address_of(name: str, arguments: list[str], region: str, chosen: Chosen) -> str:
    """A page of the statistics for the same period, and for a place if any."""
    asked = {"wilayah": region, "periode": chosen.name}
    query = urlencode({key: value for key, value in asked.items() if value})
    return reverse(name, args=arguments) + (f"?{query}" if query else "")
