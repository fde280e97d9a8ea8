"""Meta's webhook: the check when it is set up, and what became of the messages we sent.

The signature is over the raw body, so it is checked before anything is parsed. 200 is said only when every status is
committed; anything else makes Meta send the same again, which changes nothing.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tanggap.channels.hooks.door import answer, body_of, settings_for
from tanggap.channels.services.keep_inbound import Parcel, keep_inbound
from tanggap.common.clock import now
from tanggap.notify.services.record_report import STATES, record_report
from tanggap.notify.transports.whatsapp import reason_of

_CHALLENGE = re.compile(r"[\w.-]{1,200}", re.ASCII)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def whatsapp_hook(request: HttpRequest, brand: str) -> HttpResponse:
    """GET: Meta asks whether we know the word agreed on. POST: statuses."""
    settings = settings_for("whatsapp", brand)
    if settings is None:
        return answer(404)
    if request.method == "GET":
        return _greeted(request, settings.get("verify_token", ""))
    body = body_of(request)
    if body is None:
        return answer(413)
    if not is_signed(body, request.headers.get("X-Hub-Signature-256", ""), settings.get("secret", "")):
        return answer(403)
    try:
        told = json.loads(body)
    except ValueError:
        return answer(400)
    _take(told)
    keep_inbound(channel="whatsapp", brand=brand, parcels=list(_parcels(told)), now=now())
    return answer(200, "OK")


def is_signed(body: bytes, given: str, secret: str) -> bool:
    """Whether Meta signed this very body with the secret of our app."""
    expected = "sha256=" + hmac.digest(secret.encode(), body, sha256).hex()
    return bool(secret) and hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def _greeted(request: HttpRequest, word: str) -> HttpResponse:
    challenge = request.GET.get("hub.challenge", "")
    given = request.GET.get("hub.verify_token", "")
    knows = bool(word) and hmac.compare_digest(given.encode("utf-8", "replace"), word.encode())
    if request.GET.get("hub.mode") != "subscribe" or not knows or not _CHALLENGE.fullmatch(challenge):
        return answer(403)
    return answer(200, challenge)


def _take(told: Any) -> None:
    for value in _values(told):
        for status in _objects(value.get("statuses")):
            state, provider_id = str(status.get("status", "")), str(status.get("id", ""))
            if state in STATES and provider_id:
                error = _error_of(status) if state == "failed" else ""
                record_report(channel="whatsapp", provider_id=provider_id, state=state, at=_moment(status), error=error)


def _parcels(told: Any) -> Iterator[Parcel]:
    """Each message with what the payload says of its sender."""
    for value in _values(told):
        contacts = _objects(value.get("contacts"))
        for message in _objects(value.get("messages")):
            external_id, sender = str(message.get("id", "")), str(message.get("from", ""))
            if external_id:
                piece = {"message": message, "contacts": contacts}
                yield Parcel(external_id, json.dumps(piece).encode(), sender)


def _values(told: Any) -> Iterator[dict[str, Any]]:
    """What changed, wherever Meta's wrapping is as documented; the rest is left alone."""
    entries = told.get("entry") if isinstance(told, dict) else None
    for entry in _objects(entries):
        for change in _objects(entry.get("changes")):
            value = change.get("value")
            if isinstance(value, dict):
                yield value


def _objects(given: Any) -> list[dict[str, Any]]:
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def _moment(status: dict[str, Any]) -> datetime:
    """When it happened by Meta's clock; never later than by ours."""
    stamp = str(status.get("timestamp", ""))
    present = now()
    if not (stamp.isdecimal() and stamp.isascii() and len(stamp) <= 10):
        return present
    return min(datetime.fromtimestamp(int(stamp), UTC), present)


def _error_of(status: dict[str, Any]) -> str:
    errors = _objects(status.get("errors"))
    code = errors[0].get("code") if errors else None
    return reason_of(code) if isinstance(code, int) else "WhatsApp tidak dapat menyampaikan pesan ini"
