"""Requests to /hooks/ go straight to their view: providers carry no cookie and read no page (see api_door).

What they must never get is a good answer to something that was not kept. Whatever goes wrong is answered so that they
bring it again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve

from tanggap.config.api_door import HEADERS
from tanggap.config.middleware import MAINTENANCE_FILE

GetResponse = Callable[[HttpRequest], HttpResponse]
PREFIX = "/hooks/"
RETRY_SECONDS = "30"
logger = logging.getLogger(__name__)


class HookDoor:
    """Middleware that answers everything below /hooks/ and lets the rest pass."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response = _answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["Content-Length"] = str(len(response.content))
        return response


def _answer(request: HttpRequest) -> HttpResponse:
    if (settings.DATA_DIR / MAINTENANCE_FILE).exists():
        return _later()
    try:
        match = resolve(request.path_info)
        request.resolver_match = match
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except Http404:
        return _plain(404)
    except (OperationalError, InterfaceError) as error:
        logger.error("database out of reach", exc_info=error)
        return _later()
    except Exception as error:
        # Neither the payload nor the address, which may hold a proof, goes into the log.
        logger.error("a hook failed", exc_info=error)
        return _plain(500)
    return response


def _later() -> HttpResponse:
    response = _plain(503)
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _plain(status: int) -> HttpResponse:
    return HttpResponse(status=status, content_type="text/plain; charset=utf-8")
