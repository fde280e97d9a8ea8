"""Addresses of the counter, below /kerja/loket/, and of the radio's sheet."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.console.views.counter import desk, offline, tags

urlpatterns: list[URLPattern] = [
    path("", desk.desk, name="counter"),
    path("tanda-terima/", desk.receipt_again, name="counter-receipt"),
    path("wilayah/", desk.regions, name="counter-regions"),
    path("kunci/", offline.permit, name="counter-permit"),
    path("luring/", offline.shell, name="counter-shell"),
    path("tanda/", tags.tags, name="source-tags"),
    path("tanda/<slug:tag>/akhiri/", tags.end, name="source-tag-end"),
    path("tanda/<slug:tag>/poster.pdf", tags.poster, name="poster"),
    path("pekerja.js", offline.worker, name="counter-worker"),
]
