"""What the hooks of Meta's apps share: the check of a new address, and a signed body that is taken whole."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tanggap.channels.hooks.door import Door, answer, body_of, door_of
from tanggap.channels.hooks.proving import is_signed, let_in

_CHALLENGE = re.compile(r"[\w.-]{1,200}", re.ASCII)


def app_hook(request: HttpRequest, *, channel: str, brand: str, take: Callable[[Door, bytes], bool]) -> HttpResponse:
    """GET: Meta asks whether we know the word agreed on. POST: `take` what it brings.

    `take` gives False where the settings have changed, and raises ValueError for what is no JSON.
    """
    if request.method == "GET":
        door = door_of(channel, brand, afresh=True)
        return _greeted(request, door.settings.get("verify_token", "")) if door else answer(404)
    body = body_of(request)
    if body is None:
        return answer(413)
    given = request.headers.get("X-Hub-Signature-256", "")
    try:
        status = let_in(
            channel,
            brand,
            lambda door: is_signed(body, given, door.settings.get("secret", "")),
            lambda door: take(door, body),
        )
    except ValueError:
        status = 400
    return answer(status, "OK" if status == 200 else "")


def _greeted(request: HttpRequest, word: str) -> HttpResponse:
    """The challenge back, to whoever knows the word agreed on."""
    challenge = request.GET.get("hub.challenge", "")
    given = request.GET.get("hub.verify_token", "")
    knows = bool(word) and hmac.compare_digest(given.encode("utf-8", "replace"), word.encode())
    if request.GET.get("hub.mode") != "subscribe" or not knows or not _CHALLENGE.fullmatch(challenge):
        return answer(403)
    return answer(200, challenge)
