"""Addresses as they stand in messages, on paper and in answers: with the name of this instance before them."""

from __future__ import annotations

from django.conf import settings


def absolute(path: str = "") -> str:
    """`path` (with its first slash) under the address of this instance; the address alone without one."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"
