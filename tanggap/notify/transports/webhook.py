"""Signed webhooks: the receiver learns that a case moved, and asks our API for what it may see.

`X-Tanggap-Signature: t=<unix seconds>,v1=<hex>` is HMAC-SHA256 over `<t>.<raw body>` with the shared secret; a
receiver refuses what is older than five minutes. `Idempotency-Key` is the same at every attempt. The body carries
the tracking id, the clock and a link, for every case alike.
"""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Mapping
from hashlib import sha256

from tanggap.notify.transports.base import Accepted, Permanent, ProviderDown, Rendered, Temporary
from tanggap.notify.transports.wire import Wire, is_http

SIGNATURE = "X-Tanggap-Signature"
FIELDS = ("tracking_id", "clock", "link")


class WebhookTransport:
    """Settings: secret; allow_private = "1" lets addresses lead into private networks. The address is the URL."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._secret = settings["secret"]
        self._wire = Wire(public_only=settings.get("allow_private") != "1")

    def send(self, message: Rendered) -> Accepted:
        if not is_http(message.address):
            raise Permanent("alamat: bukan alamat http", address_is_dead=True)
        body = body_of(message)
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": message.key,
            SIGNATURE: signature(self._secret, body, at=int(time.time())),
        }
        try:
            answer = self._wire.exchange("POST", message.address, body, headers)
        except ProviderDown as error:
            # Each receiver is its own provider: one that is down must not hold up the others.
            raise Temporary(str(error)) from None
        if answer.good:
            return Accepted(delivered=True)
        if answer.status == 410:
            raise Permanent("410: penerima tidak menginginkan lagi", address_is_dead=True)
        if answer.status >= 500 or answer.status in {408, 425, 429}:
            raise Temporary(f"{answer.status}: penerima meminta menunggu", retry_after=answer.retry_after)
        raise Permanent(f"{answer.status}: penerima menolak webhook ini")

    def close(self) -> None:
        self._wire.close()


def body_of(message: Rendered) -> bytes:
    told = {name: str(message.extra.get(name, "")) for name in FIELDS}
    value = {"id": message.key, "event": message.extra.get("event", message.template), **told}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def signature(secret: str, body: bytes, *, at: int) -> str:
    """The value of the header."""
    digest = hmac.digest(secret.encode(), f"{at}.".encode() + body, sha256).hex()
    return f"t={at},v1={digest}"
