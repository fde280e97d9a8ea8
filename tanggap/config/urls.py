"""Every address of the site, a room each."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from tanggap.config import health, metrics

operations: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
]

urlpatterns: list[URLPattern | URLResolver] = [*operations]
