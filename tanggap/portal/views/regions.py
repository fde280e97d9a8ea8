"""Regions while their name is typed, for the picker's JavaScript; the form's own search does the same without it."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from tanggap.cases.services.count_intake import count_intake
from tanggap.common.clock import now
from tanggap.common.errors import TooMany
from tanggap.portal import access, picking
from tanggap.portal.forms.report import UNKNOWN

LONGEST_QUERY = 120
SECONDS_KEPT = 3600


@require_safe
def regions(request: HttpRequest) -> JsonResponse:
    """`/lapor/wilayah/?q=`: at most eight regions as `code`, `name` and what lies `above`."""
    try:
        count_intake(channel="region-search", address=access.address_of(request), now=now())
    except TooMany as refusal:
        # As JSON: the picker shows nothing and the form goes on.
        return JsonResponse({"items": []}, status=refusal.status, headers={"Retry-After": str(refusal.retry_after)})
    options = picking.region_options(request.GET.get("q", "")[:LONGEST_QUERY], "")
    items = [
        {"code": option.value, "name": option.title, "above": option.hint}
        for option in options
        if option.value != UNKNOWN
    ]
    return JsonResponse({"items": items}, headers={"Cache-Control": f"private, max-age={SECONDS_KEPT}"})
