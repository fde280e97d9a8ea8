"""Telegram's webhook: one update a request, proved by the secret that was given to setWebhook."""

from __future__ import annotations

import hmac
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tanggap.channels.hooks.door import Door, answer, body_of
from tanggap.channels.hooks.proving import let_in
from tanggap.channels.payloads import digits, parsed
from tanggap.channels.said import Unreadable
from tanggap.channels.services.keep_inbound import Parcel, keep_inbound
from tanggap.channels.telegram.reading import concerns_us, sender_of
from tanggap.common.clock import now

CHANNEL = "telegram"


@csrf_exempt
@require_POST
def telegram_hook(request: HttpRequest, brand: str) -> HttpResponse:
    """Keep one update; 200 only after the commit, since Telegram brings again whatever was answered otherwise."""
    body = body_of(request)
    if body is None:
        return answer(413)
    given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    try:
        status = let_in(
            CHANNEL,
            brand,
            lambda door: knows_secret(given, door.settings.get("secret", "")),
            lambda door: _take(door, body),
        )
    except ValueError:
        status = 400
    return answer(status, "OK" if status == 200 else "")


def knows_secret(given: str, secret: str) -> bool:
    """Whether it is the secret we gave Telegram; without one of ours nobody knows it."""
    return bool(secret) and hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())


def _take(door: Door, body: bytes) -> bool:
    """Keep it, unless the settings have changed (False). Raises ValueError for what is no JSON."""
    update = parsed(body)
    number = digits(update, "update_id")
    if not number or not concerns_us(update):
        return True
    # Numbers of updates are unique for one bot, and a bot serves one brand.
    parcel = Parcel(f"{door.brand}:{number}", body, _account_of(update))
    return keep_inbound(channel=CHANNEL, brand=door.brand, parcels=[parcel], now=now(), under=door.sealed)


def _account_of(update: Any) -> str:
    try:
        return sender_of(update).account
    except Unreadable:
        return ""
