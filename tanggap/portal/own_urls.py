"""Addresses of a person's own cases and data, below /akun/. None of them holds anything personal."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.portal.views.own import correct, data, door, erase, home

app_name = "own"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("minta/", door.ask, name="ask"),
    path("kode/", door.code, name="code"),
    path("buka/<str:token>/", door.link, name="link"),
    path("tambah/", home.add, name="add"),
    path("data/", data.data, name="data"),
    path("data/unduh.<str:kind>", data.download, name="download"),
    path("data/nama/", correct.name, name="name"),
    path("data/alamat/", correct.contact, name="contact"),
    path("data/alamat/kode/", correct.contact_code, name="contact-code"),
    path("data/kabar/", correct.news, name="news"),
    path("data/hapus/", erase.ask, name="erase"),
    path("data/hapus/batal/", erase.cancel, name="erase-cancel"),
    path("tutup/", home.shut, name="shut"),
]
