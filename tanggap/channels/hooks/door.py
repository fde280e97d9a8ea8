"""What every hook does first: whose settings, how long a body, and answers for machines."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from tanggap.common.crypto import CannotUnseal
from tanggap.notify.models import ChannelConfig
from tanggap.notify.transports.registry import settings_of

# Meta sends up to 3 MB in one request.
MOST_BYTES = 3 * 1024 * 1024


def settings_for(channel: str, brand: str) -> dict[str, str] | None:
    """The settings of the very brand in the address; None where this channel is not open there."""
    row = ChannelConfig.objects.filter(channel=channel, brand=brand, enabled=True).first()
    if row is None:
        return None
    try:
        return settings_of(row)
    except CannotUnseal:
        return None


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
