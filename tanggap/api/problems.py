"""Every refusal of the API in one form: problem+json (RFC 9457) with a sentence, a code and the field to blame."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError

from tanggap.common.errors import TanggapError, TooMany

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 20
LONGEST_NAME = 60
SECONDS_UNAVAILABLE = 60

logger = logging.getLogger("tanggap.api")


def problem(
    status: int,
    detail: str,
    *,
    code: str,
    field: str | None = None,
    errors: Iterable[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer for one refusal; `errors` names further fields, when more than one is to blame."""
    body: dict[str, Any] = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, "code": code}
    if field:
        body["field"] = field
    if listed := list(errors)[:MOST_ERRORS]:
        body["errors"] = listed
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=MEDIA_TYPE, headers=headers)


def of_error(error: TanggapError, *, field: str | None = None) -> HttpResponse:
    """One of our own errors; `field` gives the name the caller used."""
    retry = error.retry_after if isinstance(error, TooMany) else None
    headers = {"Retry-After": str(retry)} if retry else None
    return problem(error.status, error.message, code=error.code, field=field or error.field, headers=headers)


def of_validation(error: ValidationError) -> HttpResponse:
    """What was sent does not fit the published schema: the first field is named, the others listed."""
    if any(
        entry["type"] == "missing" and len(entry["loc"]) == 2 and entry["loc"][0] == "body" for entry in error.errors
    ):
        return _unreadable()  # there was no body at all
    found = [_explained(entry) for entry in error.errors[:MOST_ERRORS]]
    first = found[0]
    return problem(
        422, first["detail"], code=first["code"], field=first["field"] or None, errors=found if len(found) > 1 else ()
    )


def _explained(entry: Mapping[str, Any]) -> dict[str, str]:
    """One fault of pydantic in our words. What was sent is not repeated: it may be somebody's name."""
    # ("body", <argument>, "reporter", "phone") → reporter.phone; ("query", "limit") → limit.
    location = [str(part) for part in entry["loc"]]
    names = location[2:] if location[:1] == ["body"] else location[1:]
    field = ".".join(name[:LONGEST_NAME] for name in names)
    kind, context = str(entry["type"]), entry.get("ctx") or {}
    return {"field": field.encode(errors="replace").decode(), "detail": _sentence(kind, context), "code": _code(kind)}


def _code(kind: str) -> str:
    codes = {"missing": "required", "extra_forbidden": "unknown_field", "string_too_long": "too_long"}
    return codes.get(kind, "invalid")


def _sentence(kind: str, context: Mapping[str, Any]) -> str:
    if kind == "string_too_long":
        return _("Terlalu panjang: paling banyak %(n)s huruf.") % {"n": context.get("max_length", "?")}
    if kind in {"greater_than_equal", "less_than_equal"}:
        return _("Angka ini di luar batas.")
    if kind in {"literal_error", "enum"}:
        return _("Nilai ini tidak dikenal. Pilihan yang ada: %(known)s.") % {"known": context.get("expected", "")}
    sentences = {
        "missing": _("Bagian ini wajib diisi."),
        "extra_forbidden": _("Bagian ini tidak dikenal. Periksa ejaannya; tidak ada yang disimpan."),
        "string_too_short": _("Bagian ini belum diisi."),
        "string_type": _("Bagian ini harus berupa teks."),
        "bool_type": _("Bagian ini harus true atau false."),
        "wrong_date": _("Tulis tanggal seperti 2026-11-25."),
    }
    return sentences.get(kind, _("Bagian ini tidak dapat dibaca. Lihat bentuknya di /api/v1/openapi.json."))


def _unreadable() -> HttpResponse:
    return problem(400, _("Kiriman ini bukan JSON yang dapat dibaca. Tidak ada yang disimpan."), code="bad_request")


def of_exception(exception: BaseException) -> HttpResponse:
    """Any other exception; one that is our own fault becomes 500 and is logged without its words."""
    if isinstance(exception, RequestDataTooBig):
        return problem(413, _("Kiriman terlalu besar: paling banyak 1 MB."), code="too_large")
    if isinstance(exception, Http404):
        return problem(404, _("Alamat ini tidak ada. Lihat /api/v1/openapi.json."), code="not_found")
    if isinstance(exception, HttpError | SuspiciousOperation):
        return _unreadable()
    if isinstance(exception, OperationalError | InterfaceError):
        logger.error("database out of reach", exc_info=exception)
        return unavailable()
    logger.error("unexpected", exc_info=exception)
    return problem(500, _("Ada kesalahan di pihak kami. Coba lagi sebentar lagi."), code="server_error")


def unavailable() -> HttpResponse:
    """503: the database is out of reach, or maintenance."""
    return problem(
        503,
        _("Layanan sedang tidak dapat dipakai. Kiriman ini belum disimpan; coba lagi sebentar lagi."),
        code="unavailable",
        headers={"Retry-After": str(SECONDS_UNAVAILABLE)},
    )


def of_response(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An error that something below us wrote in another form (405)."""
    if response.status_code < 400 or response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
        return response
    if response.status_code == 405:
        allowed = response.headers.get("Allow", "")
        detail = _("Cara ini tidak dipakai di alamat ini. Yang dapat dipakai: %(allowed)s.") % {"allowed": allowed}
        return problem(405, detail, code="method_not_allowed", headers={"Allow": allowed})
    return problem(response.status_code, _("Permintaan ini tidak dapat dilayani."), code="refused")
