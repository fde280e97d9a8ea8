"""SMS by a gateway with Kannel's form: people's words, and what became of ours.

A report comes to the address we gave along with its message, and is proved by it. Words come to the address the
operator of the gateway wrote down, and are proved by the secret in it, or by a signature over the body. The answer is
empty: what a gateway gets back it would send to the person.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tanggap.channels.hooks.door import answer, body_of, settings_for
from tanggap.channels.hooks.proving import is_signed
from tanggap.channels.services.keep_sms import keep_sms
from tanggap.channels.services.note_answer import note_answer
from tanggap.channels.sms.alphabets import Piece, alphabet_named
from tanggap.channels.sms.packet import Origin, Packet
from tanggap.common.clock import now
from tanggap.notify.services.record_report import record_report
from tanggap.notify.transports.sms import report_proof

# Kannel's numbers: delivered; not delivered, refused by the centre, expired. The others can still change.
_STATES = {"1": "delivered", "2": "failed", "16": "failed", "34": "failed"}
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_MOST_FIELDS = 50
_LONGEST_NAME = 100

Fields = Mapping[str, bytes]


@csrf_exempt
@require_http_methods(["GET", "POST"])
def sms_hook(request: HttpRequest, brand: str) -> HttpResponse:
    """Take one report or one message."""
    settings = settings_for("sms", brand)
    secret = settings.get("secret", "") if settings else ""
    if not secret:
        return answer(404)
    body = body_of(request)
    if body is None:
        return answer(413)
    try:
        signed = _fields(body.decode("latin-1"))
        fields = _fields(request.META.get("QUERY_STRING", "")) | signed
    except ValueError:
        return answer(400)
    if "proof" in fields:
        return _report(fields, secret)
    if body and is_signed(body, request.headers.get("X-Tanggap-Signature", ""), secret):
        return _message(signed, brand)
    if hmac.compare_digest(fields.get("secret", b""), secret.encode()):
        return _message(fields, brand)
    return answer(403)


def _fields(encoded: str) -> dict[str, bytes]:
    """The fields as octets: their alphabet is told by others. Raises ValueError for more than anybody sends."""
    pairs = parse_qsl(encoded, keep_blank_values=True, encoding="latin-1", max_num_fields=_MOST_FIELDS)
    return {name: value.encode("latin-1", "replace") for name, value in pairs}


def _report(fields: Fields, secret: str) -> HttpResponse:
    """What became of a message of ours; the proof was made for it with the channel's secret."""
    provider_id = _text(fields, "id")
    proof = report_proof(secret, provider_id).encode()
    if not _ID.fullmatch(provider_id) or not hmac.compare_digest(fields["proof"], proof):
        return answer(403)
    number = _text(fields, "state")
    state = _STATES.get(number)
    if state:
        error = f"{number}: operator tidak dapat menyampaikan SMS" if state == "failed" else ""
        record_report(channel="sms", provider_id=provider_id, state=state, at=now(), error=error)
    return answer(200, "OK")


def _message(fields: Fields, brand: str) -> HttpResponse:
    """Keep a person's words; the answer follows the commit."""
    sender = _text(fields, "from")
    if not sender:
        return answer(400)
    alphabet = alphabet_named(_text(fields, "charset"), _text(fields, "coding"))
    packet = Packet(
        Origin(brand, sender, _text(fields, "to")),
        Piece(alphabet, fields.get("text", b""), _header(fields.get("udh", b""))),
        name=_text(fields, "id"),
        at=_text(fields, "time"),
    )
    note_answer(part=keep_sms(packet=packet, now=now()), now=now())
    return answer(200)


def _text(fields: Fields, name: str) -> str:
    return fields.get(name, b"").decode("utf-8", "replace").strip()[:_LONGEST_NAME]


def _header(given: bytes) -> bytes:
    """The header as octets, or written in hexadecimal as some gateways do; nothing where it is neither."""
    for header in (given, _from_hex(given)):
        if header and len(header) == 1 + header[0]:
            return header
    return b""


def _from_hex(given: bytes) -> bytes:
    try:
        return bytes.fromhex(given.decode("ascii"))
    except ValueError:
        return b""
