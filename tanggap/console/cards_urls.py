"""Addresses of report cards, below /kerja/rapor/."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.console.views import report_cards

urlpatterns: list[URLPattern] = [
    path("", report_cards.cards, name="cards"),
    path("<path:code>/laporan/<slug:slug>", report_cards.behind, name="behind"),
    path("<path:code>/", report_cards.card, name="card"),
]
