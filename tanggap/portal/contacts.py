"""Addresses this browser proved to be the reader's own: for an hour, sealed in the session (ADR 0047)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import datetime, timedelta

from django.http import HttpRequest

from tanggap.cases.contact_proofs import Address
from tanggap.common.clock import now
from tanggap.common.crypto import CannotUnseal, seal_json, unseal_json

SESSION = "alamat_terbukti"
CONTEXT = "proved-contact"
HOLDS = timedelta(hours=1)


def remember(request: HttpRequest, address: Address) -> None:
    """Open what the address opens in this browser; one address of each kind. The session gets a new name, so that
    whoever knew the old one is left outside."""
    others = [one for one in proved(request) if one.kind != address.kind]
    content = {"until": (now() + HOLDS).timestamp(), "known": [[one.kind, one.value] for one in (*others, address)]}
    request.session[SESSION] = b64encode(seal_json(content, context=CONTEXT)).decode()
    request.session.cycle_key()


def forget(request: HttpRequest) -> None:
    """Shut everything an address opened."""
    request.session.pop(SESSION, None)


def proved(request: HttpRequest) -> list[Address]:
    """The addresses proved within the hour."""
    return _read(request)[0]


def open_until(request: HttpRequest) -> datetime | None:
    """When it shuts by itself; none when nothing is open."""
    known, until = _read(request)
    return datetime.fromtimestamp(until, now().tzinfo) if known else None


def _read(request: HttpRequest) -> tuple[list[Address], float]:
    stored = request.session.get(SESSION)
    if not stored:
        return [], 0
    try:
        content = unseal_json(b64decode(stored), context=CONTEXT)
    except (CannotUnseal, ValueError):
        content = {"until": 0, "known": []}
    if content["until"] <= now().timestamp():
        forget(request)
        return [], 0
    return [Address(kind, value) for kind, value in content["known"]], float(content["until"])
