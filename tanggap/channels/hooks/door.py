"""What every hook does first: whose settings, how long a body, and answers for machines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from tanggap.common.crypto import CannotUnseal
from tanggap.notify.models import ChannelConfig
from tanggap.notify.transports.registry import settings_of

# Meta sends up to 3 MB in one request.
MOST_BYTES = 3 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Door:
    """One channel of one brand as it was configured when we looked. `sealed` tells one configuration from another."""

    channel: str
    brand: str
    settings: Mapping[str, str]
    sealed: bytes


_SEEN: dict[tuple[str, str], Door] = {}


def door_of(channel: str, brand: str, *, afresh: bool = False) -> Door | None:
    """The door of the very brand in the address; None where this channel is not open there.

    As this process last saw it, unless `afresh`: a hook asked hundreds of times a second does not read and unseal the
    same row each time. Whatever is kept is kept under its `sealed` (see keep_inbound), which finds an old one out.
    """
    known = _SEEN.get((channel, brand))
    if known is not None and not afresh:
        return known
    row = ChannelConfig.objects.filter(channel=channel, brand=brand, enabled=True).first()
    try:
        found = Door(channel, brand, settings_of(row), bytes(row.sealed)) if row else None
    except CannotUnseal:
        found = None
    if found is None:
        _SEEN.pop((channel, brand), None)
    else:
        _SEEN[channel, brand] = found
    return found


def settings_for(channel: str, brand: str) -> dict[str, str] | None:
    """The settings of the very brand in the address, read now; None where this channel is not open there."""
    door = door_of(channel, brand, afresh=True)
    return dict(door.settings) if door else None


def body_of(request: HttpRequest) -> bytes | None:
    """The raw body, which is what was signed; None when it is longer than any provider's."""
    given = request.headers.get("Content-Length", "")
    if given.isdecimal() and int(given) > MOST_BYTES:
        return None
    body: bytes = request.read(MOST_BYTES + 1)
    return body if len(body) <= MOST_BYTES else None


def answer(status: int, text: str = "") -> HttpResponse:
    """Plain text, so that nothing given back is ever read as a page."""
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
