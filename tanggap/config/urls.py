"""Every address of the site, a room each."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from tanggap.config import health, metrics
from tanggap.console.reference.tables import site as reference_site

operations: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *operations,
    path("api/", include("tanggap.api.urls")),
    path("kerja/", include("tanggap.console.urls")),
    path("admin/", reference_site.urls),
    path("akun/", include("tanggap.portal.own_urls")),
    path("akun/", include("tanggap.accounts.urls")),
    path("hooks/", include("tanggap.channels.urls")),
    path("", include("tanggap.portal.urls")),
]

handler400 = "tanggap.common.errorpages.bad_request"
handler403 = "tanggap.common.errorpages.permission_denied"
handler404 = "tanggap.common.errorpages.not_found"
handler500 = "tanggap.common.errorpages.server_error"
