"""Around every request: the health addresses, one log line, the counters, and the maintenance page."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from tanggap.common import errorpages
from tanggap.config import health, metrics

GetResponse = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger("tanggap.request")

MAINTENANCE_FILE = "maintenance"


class ProxyMiddleware:
    """The sender's own address behind our reverse proxies, for limits and for what only this machine may read.

    Each proxy appends whom it heard, so the last `PROXY_HOPS` entries are ours and anything before them is
    the sender's invention. Without proxies of ours the header is not looked at.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        hops = settings.PROXY_HOPS
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if hops and len(forwarded) >= hops:
            request.META["REMOTE_ADDR"] = forwarded[-hops].strip()
        return self.get_response(request)


class CompressionMiddleware(GZipMiddleware):
    """Compresses what everybody may read: on a slow network a page of statistics comes in a fifth of the time.

    Whoever watches the length of compressed answers and makes a browser ask again and again can guess a secret that
    stands beside words of his own in them (BREACH). What a browser brings along by itself and gets a secret for is the
    session: no answer to or with one is compressed.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        session = settings.SESSION_COOKIE_NAME
        if session in request.COOKIES or session in response.cookies:
            return response
        return super().process_response(request, response)


class OperationsMiddleware:
    """Answers health before host check, session and language, none of which may make it fail; counts the rest."""

    views = {"/healthz": health.healthz, "/readyz": health.readyz, "/metrics": metrics.metrics}

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = self.views.get(request.path_info)
        if view is not None and request.method in {"GET", "HEAD"}:
            try:
                return view(request)
            except Http404:
                pass
        return self._observed(request)

    def _observed(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        mark = secrets.token_hex(8)
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        # The template of the route: an address may carry a tracking id or what somebody typed.
        match = request.resolver_match
        route = match.route if match is not None else "-"
        method = request.method or "-"
        metrics.observe(method, route, response.status_code, seconds)
        fields = {"method": method, "route": route, "status": response.status_code, "ms": round(seconds * 1000, 1)}
        logger.info("request", extra={**fields, "request": mark})
        response.headers["X-Request-Id"] = mark
        return response


class MaintenanceMiddleware:
    """While the file `maintenance` lies in the data folder, everything is politely put off; what was typed is shown."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (settings.DATA_DIR / MAINTENANCE_FILE).exists():
            return errorpages.unavailable(request)
        return self.get_response(request)
