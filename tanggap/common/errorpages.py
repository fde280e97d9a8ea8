"""A page in plain words for everything that can go wrong: what happened, what was kept, what to do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import translation

from tanggap.common import context
from tanggap.common.errors import TanggapError, TooMany

SHOWN = 20_000
"""At most so many characters of one field are given back on a page."""
SECRETS = ("password", "kata_sandi", "kode", "otp", "code")


def error_page(request: HttpRequest, status: int, message: str = "", **more: Any) -> HttpResponse:
    """The page for `status` in the reader's language; `message` replaces its usual sentence."""
    values = {"message": message, "status": status, **context.page(request), **more}
    return HttpResponse(loader.render_to_string(f"{status}.html", values, request), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; an upload over the limit says so (413)."""
    too_big = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    return error_page(request, 413 if too_big else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but not for this."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, also for what exists but is not this reader's to know."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, drawn without the database and without the request's person: either may be what broke."""
    with translation.override(getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)):
        html = loader.render_to_string("500.html", {"status": 500, **context.page(request)})
    return HttpResponse(html, status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database cannot be reached, or maintenance. Nothing typed is taken, and the page says so."""
    html = loader.render_to_string("503.html", {"status": 503, **context.page(request), "typed": typed(request)})
    return HttpResponse(html, status=503, headers={"Retry-After": "60"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or cookies are off: what was typed is given back to be copied, never sent on."""
    return error_page(request, 403, typed=typed(request), stale_form=True)


def refused(request: HttpRequest, error: TanggapError) -> HttpResponse:
    """The page for one of our own errors, when no form was there to show it beside its field."""
    status = error.status if error.status in {404, 409, 422, 429} else 400
    if status == 404:
        return error_page(request, 404)
    page = error_page(request, 409 if status == 422 else status, error.message, typed=typed(request))
    page.status_code = status
    if isinstance(error, TooMany) and error.retry_after:
        page.headers["Retry-After"] = str(error.retry_after)
    return page


def typed(request: HttpRequest) -> list[str]:
    """The longer texts of the form, to be shown again; nothing that looks like a secret."""
    if request.method != "POST":
        return []
    try:
        fields = request.POST.items()
    except Exception:  # a body that cannot be read has nothing to give back
        return []
    return [
        str(value)[:SHOWN]
        for name, value in fields
        if len(str(value)) > 20 and name != "csrfmiddlewaretoken" and not any(s in name.lower() for s in SECRETS)
    ][:10]
