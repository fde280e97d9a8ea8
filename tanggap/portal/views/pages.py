"""Plain pages: rights, privacy, accessibility, channels."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tanggap.cases.promises import usual_limits
from tanggap.cases.receipt.signing import MARK, public_key_pem
from tanggap.common.crypto import public_key
from tanggap.portal.views.cookies import COOKIES


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """What the law and the clocks promise."""
    return render(request, "portal/hak.html", {"limits": usual_limits()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about a person, who sees it, and how to have it corrected or erased."""
    return render(request, "portal/privasi.html", {"cookies": COOKIES})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the pages can be used, and where to complain about them."""
    return render(request, "portal/akses.html")


@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    """Every way to hand in a report."""
    return render(request, "portal/kanal.html")


@require_safe
def signatures(request: HttpRequest) -> HttpResponse:
    """How anybody checks the signature of a receipt, without us and without a network."""
    return render(request, "portal/tanda_tangan.html", {"key": public_key().hex(), "mark": MARK.decode().strip()})


@require_safe
def signing_key(request: HttpRequest) -> HttpResponse:
    """The public key as a file."""
    disposition = 'attachment; filename="kunci-tanggap.pem"'
    return HttpResponse(
        public_key_pem(), content_type="application/x-pem-file", headers={"Content-Disposition": disposition}
    )
