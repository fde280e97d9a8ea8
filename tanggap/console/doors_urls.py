"""Addresses about the doors of each brand, below /kerja/saluran/."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.console.views.doors import brands, channels, locales

urlpatterns: list[URLPattern] = [
    path("", channels.channels, name="doors"),
    path("atur/<slug:brand>/<slug:kind>/", channels.configure, name="door-configure"),
    path("merek/", brands.brands, name="brands"),
    path("merek/baru/", brands.new, name="brand-new"),
    path("merek/<slug:slug>/", brands.brand, name="brand-edit"),
    path("bahasa/", locales.locales, name="locales"),
    path("bahasa/<slug:code>/", locales.review, name="locale-review"),
]
