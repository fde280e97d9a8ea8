"""Addresses about officers, below /kerja/orang/."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.console import people

urlpatterns: list[URLPattern] = [
    path("", people.people, name="people"),
    path("saya/", people.oneself, name="oneself"),
    path("undang/", people.invite, name="invite"),
    path("unit-tanpa-penghubung/", people.vacant, name="vacant"),
    path("<int:person_id>/", people.person, name="person"),
    path("<int:person_id>/nonaktifkan/", people.deactivate, name="deactivate"),
    path("<int:person_id>/aktifkan/", people.reactivate, name="reactivate"),
    path("pos/<int:membership_id>/akhiri/", people.end, name="end-post"),
    path("pos/<int:membership_id>/titipkan/", people.lend, name="lend-post"),
    path("titipan/<int:delegation_id>/akhiri/", people.take_back, name="take-back"),
]
