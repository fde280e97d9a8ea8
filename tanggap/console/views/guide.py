"""`/kerja/panduan/`: the guides of the roles, a page each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from tanggap.common.clockwords import language
from tanggap.common.guide import SLUGS, as_html, guide
from tanggap.common.guide.book import handbook_pdf
from tanggap.console.access import actor_of, officer
from tanggap.console.help import guides_of
from tanggap.console.pages import page


@officer
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """The reader's own guide."""
    return redirect("console:guide", slug=guides_of(actor_of(request))[0])


@officer
@require_safe
def handbook(request: HttpRequest) -> HttpResponse:
    """All guides of officers as one book."""
    name = "officer-handbook.pdf" if language() == "en" else "buku-petugas.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(handbook_pdf(language()), content_type="application/pdf", headers=headers)


@officer
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide; all of them may be read by every officer."""
    if slug not in SLUGS:
        raise Http404
    shown = guide(slug, language())
    shelf = [(one, guide(one, language()).title, one == slug) for one in guides_of(actor_of(request))]
    return page(request, "panduan.html", {"guide": shown, "text": as_html(shown.blocks), "shelf": shelf})
