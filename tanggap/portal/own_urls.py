"""Addresses of a person's own cases and data, below /akun/. None of them holds anything personal."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.portal.views.own import door, home

app_name = "own"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("minta/", door.ask, name="ask"),
    path("kode/", door.code, name="code"),
    path("buka/<str:token>/", door.link, name="link"),
    path("tambah/", home.add, name="add"),
    path("tutup/", home.shut, name="shut"),
]
