"""Addresses of the API, below /api/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from tanggap.api.v1 import api

urlpatterns: list[URLPattern | URLResolver] = [path("v1/", api.urls)]
