"""The reader's language, and a page in plain words for every error our own code raises."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from tanggap.common import errorpages
from tanggap.common.errors import TanggapError

GetResponse = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)
YEAR = 365 * 24 * 3600


class LanguageMiddleware:
    """`?lang=en` for this page and, by a cookie, the next ones; otherwise Indonesian.

    The browser's Accept-Language is left aside on purpose: most phones sold here are set to English,
    and their owners still read Indonesian better.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = dict(settings.LANGUAGES)
        asked = request.GET.get("lang", "")
        kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = next((code for code in (asked, kept) if code in known), settings.LANGUAGE_CODE)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        if asked in known and asked != kept:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, asked, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.HTTPS
            )
        return response


class ErrorsMiddleware:
    """Our own errors, and a database out of reach, become pages; everything else stays a fault to be mended."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TanggapError):
            return errorpages.refused(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            logger.error("database out of reach", exc_info=exception)
            return errorpages.unavailable(request)
        return None
