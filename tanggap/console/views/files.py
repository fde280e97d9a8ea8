"""Files of cases, for officers: asked for one by one, and shown to nobody who does not see the case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanggap.cases.reviewing import file_for_staff
from tanggap.cases.services.review_file import review_file
from tanggap.cases.texts import is_protected
from tanggap.common.clock import now
from tanggap.common.errors import Invalid, Refused
from tanggap.console.access import actor_of, officer
from tanggap.files.serve import serve


@officer
@require_safe
def download(request: HttpRequest, token: str) -> HttpResponseBase:
    """`/kerja/berkas/<token>`."""
    case, stored = file_for_staff(actor_of(request), token)
    return serve(stored, range_header=request.headers.get("Range", ""), painted=is_protected(case))


@officer
@require_POST
def review(request: HttpRequest, token: str) -> HttpResponse:
    """Who may see a file, after a verifier looked at it."""
    actor = actor_of(request)
    case, _stored = file_for_staff(actor, token)
    try:
        review_file(token=token, visibility=request.POST.get("visibility", ""), actor=actor, now=now())
    except (Invalid, Refused) as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Tersimpan: siapa yang boleh melihat berkas itu."))
    return redirect("console:case", number=case.tracking_id)
