"""Meta's webhook of WhatsApp: the check when it is set up, what people write, and what became of what we sent.

The signature is over the raw body, so it is checked before anything is parsed. 200 is said only when every message
and status of the batch is committed, in one transaction; anything else makes Meta send the same again, which changes
nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tanggap.channels.hooks.door import Door
from tanggap.channels.hooks.meta_app import app_hook
from tanggap.channels.payloads import moment_of, objects, parsed, part, words
from tanggap.channels.said import Unreadable
from tanggap.channels.services.keep_inbound import Parcel, keep_inbound
from tanggap.channels.whatsapp.reading import sender_of
from tanggap.common.clock import now
from tanggap.notify.services.record_report import STATES, record_report
from tanggap.notify.transports.whatsapp import reason_of

CHANNEL = "whatsapp"


@csrf_exempt
@require_http_methods(["GET", "POST"])
def whatsapp_hook(request: HttpRequest, brand: str) -> HttpResponse:
    """GET: Meta asks whether we know the word agreed on. POST: messages and statuses."""
    return app_hook(request, channel=CHANNEL, brand=brand, take=_take)


def _take(door: Door, body: bytes) -> bool:
    """Keep all of it, or nothing where the settings have changed (False). Raises ValueError for what is no JSON."""
    values = list(_values(parsed(body), door.settings.get("phone_number_id", "")))
    parcels = [parcel for value in values for parcel in _parcels(value)]
    reports = [report for value in values for report in _reports(value)]
    moment = now()
    if not reports:
        return not parcels or keep_inbound(
            channel=CHANNEL, brand=door.brand, parcels=parcels, now=moment, under=door.sealed
        )
    with transaction.atomic():
        if not keep_inbound(channel=CHANNEL, brand=door.brand, parcels=parcels, now=moment, under=door.sealed):
            return False
        for provider_id, state, at, error in reports:
            happened = min(at or moment, moment)
            record_report(channel=CHANNEL, provider_id=provider_id, state=state, at=happened, error=error)
    return True


def _values(told: Any, number_id: str) -> Iterator[dict[str, Any]]:
    """What changed at our number, wherever Meta's wrapping is as documented; the rest is left alone.

    An app with several numbers is told of all of them at one address, unless each has its own (docs/how-to).
    """
    for entry in objects(told.get("entry") if isinstance(told, dict) else None):
        for change in objects(entry.get("changes")):
            value = part(change, "value")
            about = words(part(value, "metadata"), "phone_number_id")
            if change.get("field") == "messages" and (not number_id or about in ("", number_id)):
                yield value


def _parcels(value: dict[str, Any]) -> Iterator[Parcel]:
    """Each message with the card of its sender: whatever else the batch holds is no part of it."""
    contacts = objects(value.get("contacts"))
    for message in objects(value.get("messages")):
        external_id = words(message, "id")
        # What is said in a group is said to others, too: it is nobody's report.
        if not external_id or message.get("group_id"):
            continue
        piece = {"message": message, "contact": _contact_of(message, contacts), "metadata": part(value, "metadata")}
        yield Parcel(external_id, json.dumps(piece, separators=(",", ":")).encode(), _account_of(piece))


def _contact_of(message: dict[str, Any], contacts: list[dict[str, Any]]) -> dict[str, Any]:
    """The card with the message's own id or number; the only one of an only message, where neither is told."""
    for ours, theirs in (("from_user_id", "user_id"), ("from", "wa_id")):
        name = words(message, ours)
        found = next((card for card in contacts if name and words(card, theirs) == name), None)
        if found is not None:
            return found
    nameless = not words(message, "from_user_id") and not words(message, "from")
    return contacts[0] if nameless and len(contacts) == 1 and message.get("type") != "system" else {}


def _account_of(piece: dict[str, Any]) -> str:
    """Who sent it, exactly as the reader will find; empty where it will find nobody."""
    try:
        return sender_of(piece["message"], piece["contact"]).account
    except Unreadable:
        return ""


def _reports(value: dict[str, Any]) -> Iterator[tuple[str, str, datetime | None, str]]:
    for status in objects(value.get("statuses")):
        state, provider_id = words(status, "status"), words(status, "id")
        if state in STATES and provider_id:
            error = _error_of(status) if state == "failed" else ""
            yield provider_id, state, moment_of(status, "timestamp"), error


def _error_of(status: dict[str, Any]) -> str:
    errors = objects(status.get("errors"))
    code = errors[0].get("code") if errors else None
    return reason_of(code) if isinstance(code, int) else "WhatsApp tidak dapat menyampaikan pesan ini"
