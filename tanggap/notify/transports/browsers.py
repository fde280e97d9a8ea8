"""Browsers that asked to be told: kept sealed, found by a blind index, forgotten when their push service says so."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common import crypto
from tanggap.common.errors import Invalid
from tanggap.notify.models import PushSubscription
from tanggap.notify.transports.push_crypto import derived_key, plain, point, written
from tanggap.notify.transports.wire import is_http

MOST_BROWSERS = 10
_LONGEST_ENDPOINT = 1000


@dataclass(frozen=True, slots=True)
class Browser:
    """One subscription, opened."""

    id: int
    endpoint: str
    key: bytes
    secret: bytes


def public_push_key() -> str:
    """What a page hands `pushManager.subscribe` as applicationServerKey."""
    return written(point(sender_key().public_key()))


def sender_key() -> ec.EllipticCurvePrivateKey:
    """Our key towards push services, made from the ring: a restored instance keeps its subscriptions."""
    return derived_key(crypto.keyring().signing_key)


@transaction.atomic
def subscribe(*, recipient_key: str, subscription: Mapping[str, Any], now: datetime) -> PushSubscription:
    """Keep what `PushSubscription.toJSON()` gave. The same browser again replaces its row; the oldest go."""
    endpoint, key, secret = _checked(subscription)
    index = crypto.blind_index("push", endpoint)
    sealed = crypto.seal_json([endpoint, written(key), written(secret)], context=_context(index))
    row, _created = PushSubscription.objects.update_or_create(
        recipient_key=recipient_key, endpoint_index=index, defaults={"sealed": sealed, "created_at": now}
    )
    kept = PushSubscription.objects.filter(recipient_key=recipient_key).order_by("-created_at", "-pk")
    PushSubscription.objects.filter(pk__in=[row.pk for row in kept[MOST_BROWSERS : 2 * MOST_BROWSERS]]).delete()
    return row


def unsubscribe(*, recipient_key: str, endpoint: str) -> bool:
    """Forget a browser of this recipient."""
    index = crypto.blind_index("push", endpoint)
    return PushSubscription.objects.filter(recipient_key=recipient_key, endpoint_index=index).delete()[0] > 0


def forget_recipient(recipient_key: str) -> int:
    """Tell this recipient nothing more by push; how many browsers were forgotten."""
    return PushSubscription.objects.filter(recipient_key=recipient_key).delete()[0]


def can_be_pushed(recipient_key: str) -> bool:
    """Whether any browser of this recipient asked to be told; the address of the way `webpush` is this very key."""
    return PushSubscription.objects.filter(recipient_key=recipient_key).exists()


def is_browser_of(recipient_key: str, subscription: Mapping[str, Any]) -> bool:
    """Whether this is one of the recipient's browsers: it knows the secret that it gave with its endpoint."""
    try:
        endpoint, _key, secret = _checked(subscription)
    except Invalid:
        return False
    known = (browser for browser in browsers_of(recipient_key) if browser.endpoint == endpoint)
    return any(hmac.compare_digest(browser.secret, secret) for browser in known)


def browsers_of(recipient_key: str) -> list[Browser]:
    """Newest first. A row that does not open (another ring) is left out."""
    found = []
    for row in PushSubscription.objects.filter(recipient_key=recipient_key).order_by("-pk")[:MOST_BROWSERS]:
        try:
            endpoint, key, secret = crypto.unseal_json(row.sealed, context=_context(bytes(row.endpoint_index)))
        except crypto.CannotUnseal:
            continue
        found.append(Browser(row.pk, endpoint, plain(key), plain(secret)))
    return found


def forget_browser(browser_id: int) -> None:
    """The push service says that this subscription is no more."""
    PushSubscription.objects.filter(pk=browser_id).delete()


def _context(index: bytes) -> str:
    return f"push:{index.hex()}"


def _checked(subscription: Mapping[str, Any]) -> tuple[str, bytes, bytes]:
    """Endpoint, public point and shared secret. Where the endpoint leads is checked when it is used."""
    try:
        endpoint = str(subscription["endpoint"])
        key, secret = plain(subscription["keys"]["p256dh"]), plain(subscription["keys"]["auth"])
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    except (KeyError, TypeError, ValueError):
        raise Invalid(_("Langganan pemberitahuan ini tidak dapat dibaca.")) from None
    if len(endpoint) > _LONGEST_ENDPOINT or not is_http(endpoint) or len(key) != 65 or len(secret) != 16:
        raise Invalid(_("Langganan pemberitahuan ini tidak dapat dibaca."))
    return endpoint, key, secret
