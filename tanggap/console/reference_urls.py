"""Addresses of reference data, below /kerja/acuan/."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.console.views.reference import agencies, categories, transfer

urlpatterns: list[URLPattern] = [
    path("", agencies.agencies, name="reference"),
    path("instansi/<int:agency_id>/", agencies.agency, name="reference-agency"),
    path("instansi/<int:agency_id>/<slug:deed>/", agencies.change, name="reference-agency-change"),
    path("kategori/", categories.categories, name="reference-categories"),
    path("kategori/baru/", categories.new, name="reference-category-new"),
    path("kategori/<slug:code>/", categories.category, name="reference-category"),
    path("kategori/<slug:code>/<slug:deed>/", categories.change, name="reference-category-change"),
    path("impor/", transfer.transfer, name="reference-import"),
    path("ekspor/<slug:table>.<slug:kind>", transfer.export, name="reference-export"),
]
