"""Counters of this instance for Prometheus, summed over the web server's processes.

Labels are route templates and state names, never addresses or ids: a metric holds nothing about one person.
"""

from __future__ import annotations

import hmac
import os
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY

REQUESTS = Counter("tanggap_http_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram(
    "tanggap_http_seconds",
    "Time to answer a request.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def observe(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    REQUESTS.labels(method if method in METHODS else "other", route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


class JobsCollector:
    """How many jobs wait, run and have failed: read from the database when asked."""

    def collect(self) -> list[GaugeMetricFamily]:
        family = GaugeMetricFamily("tanggap_jobs", "Jobs by state.", labels=["state"])
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status")
                for status, count in cursor.fetchall():
                    family.add_metric([status], count)
        except DatabaseError:
            return []
        return [family]


def metrics(request: HttpRequest) -> HttpResponse:
    """For this machine, or for whoever shows the token of TANGGAP_METRICS_TOKEN; otherwise there is no such page."""
    if not (_from_here(request) or _has_token(request)):
        raise Http404
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    body = generate_latest(registry)
    jobs = CollectorRegistry()
    jobs.register(JobsCollector())
    return HttpResponse(body + generate_latest(jobs), content_type=CONTENT_TYPE_LATEST)


def _from_here(request: HttpRequest) -> bool:
    """Directly from this machine. Behind a proxy everybody seems to come from here, so a forwarded request is not."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _has_token(request: HttpRequest) -> bool:
    token: str = settings.METRICS_TOKEN
    shown = request.headers.get("Authorization", "")
    return bool(token) and hmac.compare_digest(shown.encode(), f"Bearer {token}".encode())
