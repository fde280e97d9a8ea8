"""Requests to /api/ go straight to their view.

They carry no cookie, session, page language or form, so what stands between the network and a page (sessions, CSRF,
messages, sign-in, static files) could only cost them time, and answer their errors with pages of HTML.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils import translation

from tanggap.api import problems
from tanggap.config.middleware import MAINTENANCE_FILE

GetResponse = Callable[[HttpRequest], HttpResponse]
PREFIX = "/api/"
HEADERS = {
    # Nothing here is ever a document; a browser that is made to open it finds nothing to run.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Language": "id",
}


class ApiDoor:
    """Middleware that answers everything below /api/ and lets the rest pass."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        with translation.override("id"):
            response = problems.of_response(request, _answer(request))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["Content-Length"] = str(len(response.content))
        return response


def _answer(request: HttpRequest) -> HttpResponse:
    if (settings.DATA_DIR / MAINTENANCE_FILE).exists():
        return problems.unavailable()
    try:
        match = resolve(request.path_info)
        request.resolver_match = match
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except Exception as error:
        return problems.of_exception(error)
    return response
