"""`/bantuan/`: how to report and follow, for citizens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tanggap.common.clockwords import language
from tanggap.common.guide import as_html, guide


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """One page with a section for each question."""
    shown = guide("warga", language())
    return render(request, "portal/bantuan.html", {"guide": shown, "text": as_html(shown.blocks)})
