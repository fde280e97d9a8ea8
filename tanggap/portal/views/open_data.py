"""Open data: the versions, their files and what the columns mean."""

from __future__ import annotations

import logging
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from tanggap.evaluation.models import OpenDataFile, OpenDataVersion
from tanggap.evaluation.opendata.keeping import open_file
from tanggap.evaluation.opendata.tables import LICENCE, TABLES

_LOG = logging.getLogger(__name__)
PACKAGE = "datapackage.json"
MOST_VERSIONS = 36
FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """`/data/`."""
    found = list(OpenDataVersion.objects.prefetch_related("files")[:MOST_VERSIONS])
    values = {"section": "statistik", "versions": found, "latest": found[0] if found else None, "tables": TABLES}
    return render(request, "portal/data.html", {**values, "licence": LICENCE})


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """`/data/datapackage.json`: that of the newest version."""
    newest = OpenDataVersion.objects.first()
    if newest is None:
        raise Http404
    return redirect("portal:open-data-file", version=newest.number, name=PACKAGE)


@require_safe
def file(request: HttpRequest, version: int, name: str) -> HttpResponseBase:
    """`/data/v3/cases-2026.csv`: a file of a version, streamed; it never changes."""
    if name == PACKAGE:
        found = get_object_or_404(OpenDataVersion, number=version)
        response: HttpResponseBase = JsonResponse(found.package, json_dumps_params={"ensure_ascii": False, "indent": 2})
    else:
        row = get_object_or_404(OpenDataFile, version__number=version, name=name)
        response = FileResponse(_content(row), as_attachment=True, filename=name, content_type="text/csv")
        response["Content-Length"] = str(row.size)
    response["Cache-Control"] = FOR_EVER
    return response


def _content(row: OpenDataFile) -> BinaryIO:
    try:
        return open_file(row.sha256)
    except FileNotFoundError:
        _LOG.error("the content of open data %s is missing", row.sha256)
        raise Http404 from None
