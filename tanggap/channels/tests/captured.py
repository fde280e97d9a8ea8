"""Payloads in the shapes that providers document, of invented people; malformed ones too."""

from __future__ import annotations

import hmac
from hashlib import sha256
from pathlib import Path

from django.test import Client

from tanggap.common.clock import now
from tanggap.notify.models import ChannelConfig
from tanggap.notify.transports.registry import seal_settings
from tests.faults.peers.social import ACCOUNT, PAGE

FOLDER = Path(__file__).with_name("payloads")
SECRETS = {
    "whatsapp": "app-secret-of-the-stub",
    "telegram": "secret_of_the_webhook",
    "facebook": "app-secret-of-the-page",
}
# The page and its Instagram account come by one hook.
HOOKS = {"facebook": "meta"}
SETTINGS = {
    "whatsapp": {"secret": SECRETS["whatsapp"], "token": "wa-token", "phone_number_id": "1055", "verify_token": "v"},
    "telegram": {"secret": SECRETS["telegram"], "token": "42:TG"},
    "facebook": {"secret": SECRETS["facebook"], "token": "page-token", "page_id": PAGE, "instagram_id": ACCOUNT},
}


def payload(channel: str, name: str) -> bytes:
    return (FOLDER / channel / f"{name}.json").read_bytes()


def names(channel: str) -> list[str]:
    return sorted(path.stem for path in (FOLDER / channel).glob("*.json"))


def configure(channel: str, brand: str = "nasional", **changed: str) -> None:
    sealed = seal_settings(brand, channel, SETTINGS[channel] | changed)
    ChannelConfig.objects.update_or_create(
        brand=brand, channel=channel, defaults={"sealed": sealed, "enabled": True, "updated_at": now()}
    )


def proof(channel: str, body: bytes, secret: str | None = None) -> dict[str, str]:
    """The header by which the provider proves itself."""
    known = SECRETS[channel] if secret is None else secret
    if channel == "telegram":
        return {"X-Telegram-Bot-Api-Secret-Token": known}
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(known.encode(), body, sha256).hexdigest()}


def bring(channel: str, body: bytes, *, brand: str = "nasional", headers: dict[str, str] | None = None) -> int:
    """What the hook answers; its errors are answers too, as for a provider."""
    client = Client(raise_request_exception=False)
    given = proof(channel, body) if headers is None else headers
    address = f"/hooks/{HOOKS.get(channel, channel)}/{brand}"
    return client.post(address, body, content_type="application/json", headers=given).status_code
