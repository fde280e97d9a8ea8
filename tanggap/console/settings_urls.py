"""Addresses of the rules, below /kerja/aturan/."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.console.views.settings import calendar, changes, guard, ladders, limits, retention

urlpatterns: list[URLPattern] = [
    path("", changes.rules, name="rules"),
    path("kalender/", calendar.show, name="rule-calendar"),
    path("kalender/hari/", calendar.add_day, name="rule-day"),
    path("kalender/hari/<int:day_id>/hapus/", calendar.remove_day, name="rule-day-remove"),
    path("kalender/pekan/", calendar.add_week, name="rule-week"),
    path("kalender/pekan/<int:week_id>/hapus/", calendar.remove_week, name="rule-week-remove"),
    path("batas/", limits.show, name="rule-limits"),
    path("batas/ubah/", limits.change, name="rule-limit"),
    path("tangga/", ladders.show, name="rule-ladders"),
    path("tangga/<slug:clock>/", ladders.change, name="rule-ladder"),
    path("penjagaan/", guard.guard, name="rule-guard"),
    path("masa-simpan/", retention.retention, name="rule-retention"),
    path("perubahan/", changes.show, name="rule-changes"),
    path("perubahan/<int:event_id>/", changes.one, name="rule-change"),
]
