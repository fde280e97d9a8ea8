"""Files of a report that is still being written."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tanggap.common.errors import Forbidden
from tanggap.files.serve import serve
from tanggap.portal import uploads
from tanggap.portal.uploads import is_key
from tanggap.portal.views.submit import from_elsewhere


# As the form itself (`submit.report`) without a token. By POST, because the form's key opens it and must stand in no
# address, log or history.
@csrf_exempt
@never_cache
@require_POST
def picture(request: HttpRequest) -> HttpResponseBase:
    """`/lapor/gambar/`: a picture as it was sent, to whoever holds the form's `key` and its `picture` token."""
    if from_elsewhere(request):
        raise Forbidden(_("Buka formulir laporan dari situs ini."))
    key = request.POST.get("key", "")
    stored = uploads.picture_of(key, request.POST.get("picture", "")) if is_key(key) else None
    if stored is None:
        raise Http404
    return serve(stored, range_header=request.headers.get("Range", ""))
