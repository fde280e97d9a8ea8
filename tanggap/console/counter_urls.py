"""Addresses of the counter, below /kerja/loket/, and of the radio's sheet."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.console.views.counter import desk, offline

urlpatterns: list[URLPattern] = [
    path("", desk.desk, name="counter"),
    path("tanda-terima/", desk.receipt_again, name="counter-receipt"),
    path("wilayah/", desk.regions, name="counter-regions"),
    path("kunci/", offline.permit, name="counter-permit"),
    path("luring/", offline.shell, name="counter-shell"),
    path("pekerja.js", offline.worker, name="counter-worker"),
]
