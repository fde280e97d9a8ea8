"""Addresses about rankings, below /kerja/peringkat/."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.console.views.ranking import flags, periods, weights

urlpatterns: list[URLPattern] = [
    path("", periods.periods, name="rankings"),
    path("bobot/", weights.weights, name="ranking-weights"),
    path("simulasi/", periods.simulate, name="ranking-simulator"),
    path("masa/<slug:period>/", periods.period, name="ranking-period"),
    path("masa/<slug:period>/angka.json", periods.figures, name="ranking-figures"),
    path("masa/<slug:period>/tanda/", flags.flags, name="ranking-flags"),
    path("tanda/<int:flag_id>/", flags.flag, name="ranking-flag"),
]
