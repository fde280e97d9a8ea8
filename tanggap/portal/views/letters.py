"""Where the QR code of a letter leads: whether such a letter was issued, by whom and when. Nothing about any case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tanggap.directory.selectors import calendar_of
from tanggap.escalation.letters.content import subject_of
from tanggap.escalation.selectors.letters import letter_by_code


@require_safe
@never_cache
def letter(request: HttpRequest, verification_code: str) -> HttpResponse:
    """`/surat/<code>/`: an unknown code is a page that does not exist."""
    found = letter_by_code(verification_code)
    signed_copy = found.content.get("signed_copy") or {}
    values = {
        "letter": found,
        "subject": subject_of(found),
        "cases": found.steps.values("case").distinct().count(),
        "zone": calendar_of(found.agency_id).zone,
        "signed_sha256": signed_copy.get("sha256", ""),
    }
    response = render(request, "portal/surat.html", values)
    response["X-Robots-Tag"] = "noindex"
    return response
