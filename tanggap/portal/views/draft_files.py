"""Files of a report that is still being written."""

from __future__ import annotations

from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tanggap.cases.services.count_intake import count_intake
from tanggap.common.clock import now
from tanggap.common.errors import Forbidden, Invalid, TanggapError
from tanggap.files.grid import serve_numbered
from tanggap.files.serve import serve
from tanggap.portal import access, uploads
from tanggap.portal.uploads import Chunk, is_key
from tanggap.portal.views.queue import problem
from tanggap.portal.views.submit import from_elsewhere

LONGEST_NUMBER, LONGEST_NAME = 12, 1000


# As the form itself (`submit.report`) without a token. By POST, because the form's key opens it and must stand in no
# address, log or history.
@csrf_exempt
@never_cache
@require_POST
def picture(request: HttpRequest) -> HttpResponseBase:
    """`/lapor/gambar/`: a picture as it was sent, to whoever holds the form's `key` and its `picture` token.

    Its token as `numbered` instead: a small copy with the numbers of the parts that can be covered.
    """
    if from_elsewhere(request):
        raise Forbidden(_("Buka formulir laporan dari situs ini."))
    key = request.POST.get("key", "")
    numbered = request.POST.get("numbered", "")
    stored = uploads.picture_of(key, numbered or request.POST.get("picture", "")) if is_key(key) else None
    if stored is None:
        raise Http404
    if numbered:
        # Decoded and drawn for each request: counted, or one key would keep the processor busy.
        count_intake(channel="upload-piece", address=access.address_of(request), now=now())
        return serve_numbered(stored)
    return serve(stored, range_header=request.headers.get("Range", ""))


# Without a token, as the form itself.
@csrf_exempt
@never_cache
@require_POST
def chunk(request: HttpRequest) -> HttpResponse:
    """`/lapor/unggah/`: a piece of a file for the form's `key`; the answer says where to go on."""
    if from_elsewhere(request):
        raise Forbidden(_("Buka formulir laporan dari situs ini."))
    try:
        key, piece = _read(request)
        count_intake(channel="upload-piece", address=access.address_of(request), now=now())
        there, stored = uploads.receive_chunk(key, piece)
    except TanggapError as error:
        return problem(error)
    if stored is None:
        return JsonResponse({"offset": there})
    return JsonResponse({"offset": there, "file": stored.token}, status=201)


def _read(request: HttpRequest) -> tuple[str, Chunk]:
    """The piece is the body, the rest stands in headers: each part of a form would be taken for a file by itself."""
    said = {name: request.headers.get(f"Upload-{name}", "") for name in ("Key", "Part", "Name", "Length", "Offset")}
    numbers = all(
        one.isascii() and one.isdigit() and len(one) < LONGEST_NUMBER for one in (said["Length"], said["Offset"])
    )
    if not (is_key(said["Key"]) and is_key(said["Part"]) and numbers):
        raise Invalid(_("Berkas ini tidak dapat dibaca. Pilih lagi."), code="wrong_chunk")
    name = unquote(said["Name"][:LONGEST_NAME])
    return said["Key"], Chunk(said["Part"], name, int(said["Length"]), int(said["Offset"]), request.body)
