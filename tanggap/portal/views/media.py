"""What pages point to: QR codes, files of a case, the brand's colour."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tanggap.cases.models import Case, MessageKind
from tanggap.cases.policies import Disclosure
from tanggap.cases.selectors import open_case
from tanggap.common.ids import normalize_tracking_id
from tanggap.common.links import absolute
from tanggap.common.qr import qr_svg
from tanggap.directory.models import Brand
from tanggap.files.models import StoredFile, Visibility
from tanggap.files.serve import serve
from tanggap.portal import access

COLOUR = re.compile(r"#[0-9a-f]{6}")


@require_safe
@cache_control(public=True, max_age=86400)
def qr(request: HttpRequest, number: str) -> HttpResponse:
    """The address of a case as a QR code. Drawn for any well-formed number: it says nothing about what exists."""
    tracking_id = normalize_tracking_id(number)
    if tracking_id is None:
        raise Http404
    address = absolute(reverse("portal:case", args=[tracking_id]))
    return HttpResponse(qr_svg(address, scale=4, border=2), content_type="image/svg+xml")


@require_safe
def case_file(request: HttpRequest, number: str, token: str) -> HttpResponseBase:
    """A file of a case: for its reporter any, for everybody those made public while the case is."""
    view = open_case(access.actor_of(request), number)
    stored = _stored(view.case, token, everything=view.is_reporter)
    shown = view.disclosure == Disclosure.PUBLIC and stored.visibility == Visibility.PUBLIC
    if not (view.is_reporter or shown):
        raise Http404
    return serve(stored, range_header=request.headers.get("Range", ""), painted=not view.is_reporter)


def _stored(case: Case, token: str, *, everything: bool) -> StoredFile:
    """A file of the report or of a sent message in its thread that the reader may read. Raises NotFound."""
    sent = case.messages.filter(draft=False, discarded_at__isnull=True).exclude(kind=MessageKind.NOTE)
    if not everything:
        sent = sent.filter(hidden_at=None, unseen=False)
    owners = [case.stream, *(f"message:{pk}" for pk in sent.values_list("pk", flat=True))]
    stored = StoredFile.objects.filter(owner__in=owners, token=token[:32], deleted_at__isnull=True).first()
    if stored is None:
        raise Http404
    return stored


@require_safe
@cache_control(public=True, max_age=3600)
def brand_css(request: HttpRequest, slug: str) -> HttpResponse:
    """The one property a brand sets."""
    brand = Brand.objects.filter(slug=slug).first()
    if brand is None or not COLOUR.fullmatch(brand.colour):
        raise Http404
    return HttpResponse(f":root {{ --brand: {brand.colour} }}\n", content_type="text/css; charset=utf-8")
