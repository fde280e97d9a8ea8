"""Addresses about messages, below /kerja/pesan/."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.console.views.messages import backlog, dead, wordings
from tanggap.console.views.messages.costs import add_a_cap, add_a_price, costs

urlpatterns: list[URLPattern] = [
    path("", backlog.backlog, name="messages"),
    path("gagal/", dead.dead, name="dead-letters"),
    path("gagal/kirim-lagi/", dead.resend, name="send-again"),
    path("kata/", wordings.wordings, name="wordings"),
    path("kata/<slug:template>/<slug:channel>/<slug:language>/", wordings.wording, name="wording"),
    path("kata/<slug:template>/<slug:channel>/<slug:language>/kembalikan/", wordings.reset, name="wording-reset"),
    path("biaya/", costs, name="costs"),
    path("biaya/harga/", add_a_price, name="add-price"),
    path("biaya/batas/", add_a_cap, name="add-cap"),
]
