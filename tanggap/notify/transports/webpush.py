"""Web push: every browser of the recipient gets the tracking id, the clock and a link, never more.

The address of this way is the recipient's key; the browsers behind it are rows. A push service that answers 404 or
410 ends the subscription.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings as django_settings

from tanggap.notify.transports import browsers, push_crypto
from tanggap.notify.transports.base import Accepted, Permanent, ProviderDown, Rendered, Temporary, TransportError
from tanggap.notify.transports.browsers import Browser
from tanggap.notify.transports.wire import Answer, Wire

LIVES = 24 * 3600
EXCHANGE_SECONDS = 10.0
# The outbox lends a message for a limited time; slow services must not use up more of it.
SEND_SECONDS = 25.0
FIELDS = ("tracking_id", "clock", "link")


class WebPushTransport:
    """Settings: allow_private = "1" lets endpoints lead into private networks (tests). Endpoints come from browsers,
    so from anybody: like a webhook's, they may only lead to the public internet."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._wire = Wire(public_only=settings.get("allow_private") != "1", seconds=EXCHANGE_SECONDS)

    def send(self, message: Rendered) -> Accepted:
        """Accepted when one browser took it; otherwise the failure that may pass is the one that counts."""
        failures: list[TransportError] = []
        took, until = "", time.monotonic() + SEND_SECONDS
        for browser in browsers.browsers_of(message.address):
            if time.monotonic() > until:
                failures.append(Temporary("batas waktu: layanan pemberitahuan menjawab terlalu lambat"))
                break
            try:
                took = self._push(message, browser)
            except TransportError as error:
                failures.append(error)
        if took:
            return Accepted(provider_id=took)
        passing = [error for error in failures if isinstance(error, Temporary)]
        if passing:
            raise passing[0]
        raise Permanent("410: tidak ada peramban yang masih berlangganan", address_is_dead=True)

    def close(self) -> None:
        self._wire.close()

    def _push(self, message: Rendered, browser: Browser) -> str:
        body = push_crypto.sealed_for(payload_of(message), browser=browser.key, secret=browser.secret)
        try:
            answer = self._wire.exchange("POST", browser.endpoint, body, self._headers(message, browser.endpoint))
        except ProviderDown as error:
            # Every browser maker runs a push service of its own: one of them is not the channel.
            raise Temporary(str(error)) from None
        if answer.good:
            return topic(f"{message.key}:{browser.id}")
        if answer.status in {404, 410}:
            browsers.forget_browser(browser.id)
        raise failure_of(answer)

    def _headers(self, message: Rendered, endpoint: str) -> dict[str, str]:
        parts = urlsplit(endpoint)
        signed = push_crypto.authorization(
            browsers.sender_key(),
            audience=f"{parts.scheme}://{parts.netloc}",
            contact=django_settings.BASE_URL,
            expires=int(time.time()) + LIVES // 2,
        )
        return {
            "Authorization": signed,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(LIVES),
            "Urgency": "high" if message.extra.get("urgent") else "normal",
            # The push service replaces a waiting message of the same topic: a repeated attempt shows once.
            "Topic": topic(message.key),
        }


def payload_of(message: Rendered) -> bytes:
    told = {name: str(message.extra.get(name, "")) for name in FIELDS}
    value = {"title": message.brand_name[:60], "tag": topic(message.key), **told}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def topic(key: str) -> str:
    """At most 32 characters of URL-safe base64 (RFC 8030)."""
    return push_crypto.written(sha256(key.encode()).digest())[:32]


def failure_of(answer: Answer) -> TransportError:
    if answer.status in {404, 410}:
        return Permanent(f"{answer.status}: peramban tidak lagi berlangganan", address_is_dead=True)
    if answer.status >= 500 or answer.status == 429:
        return Temporary(f"{answer.status}: layanan pemberitahuan meminta menunggu", retry_after=answer.retry_after)
    return Permanent(f"{answer.status}: layanan pemberitahuan menolak pesan ini")
