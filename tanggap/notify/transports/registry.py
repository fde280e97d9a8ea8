"""Which transport serves a channel, for which brand, with which settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import Any

from django.conf import settings

from tanggap.common.crypto import seal_json, unseal_json
from tanggap.notify.models import ChannelConfig
from tanggap.notify.transports.base import Transport
from tanggap.notify.transports.null import BlackHole, MailFolder

Maker = Callable[[dict[str, str]], Transport]

_HERE = "tanggap.notify.transports"
CLASSES = {
    "email": f"{_HERE}.email.EmailTransport",
    "sms": f"{_HERE}.sms.SmsTransport",
    "whatsapp": f"{_HERE}.whatsapp.WhatsAppTransport",
    "telegram": f"{_HERE}.telegram.TelegramTransport",
    "facebook": f"{_HERE}.meta.FacebookTransport",
    "instagram": f"{_HERE}.meta.InstagramTransport",
    "x": f"{_HERE}.x.XTransport",
    "webpush": f"{_HERE}.webpush.WebPushTransport",
    "webhook": f"{_HERE}.webhook.WebhookTransport",
}
# Their keys are the house's own, so they work without a row.
NEEDS_NOTHING = {"webpush"}
# What a row must hold before it can send; one of the names is enough.
NEEDS = {"email": ("smtp",), "sms": ("smpp", "http")}
HOUSE_BRAND = "nasional"


def config_context(brand: str, channel: str) -> str:
    """Ties the sealed settings to their row."""
    return f"channel:{brand}:{channel}"


def seal_settings(brand: str, channel: str, values: Mapping[str, str]) -> bytes:
    """The settings as a row keeps them."""
    return seal_json(dict(values), context=config_context(brand, channel))


def settings_of(row: ChannelConfig) -> dict[str, str]:
    """The settings, opened."""
    opened: dict[str, str] = unseal_json(row.sealed, context=config_context(row.brand, row.channel))
    return opened


@dataclass(frozen=True)
class Providers:
    """The configured ways out of one channel, read once for a round of deliveries.

    A brand without a row of its own uses the house's, or where there is none the oldest: an instance of one regency
    has one mail server for all its doors, and so have the mails of no brand. A provider goes by its row's brand.
    """

    channel: str
    rows: dict[str, ChannelConfig] = field(default_factory=dict)

    @classmethod
    def of(cls, channel: str) -> Providers:
        rows = ChannelConfig.objects.filter(channel=channel, enabled=True).order_by("id")
        return cls(channel, {row.brand: row for row in rows if _can_send(row)})

    @cached_property
    def usual(self) -> str:
        """The provider of every brand that has none of its own; empty where nothing is configured."""
        return HOUSE_BRAND if HOUSE_BRAND in self.rows else next(iter(self.rows), "")

    def provider_of(self, brand: str) -> str:
        return brand if brand in self.rows else self.usual

    def can_send(self, brand: str) -> bool:
        """Whether a message of this brand can leave here at all; mail can, if only into our own folder."""
        usable = self.channel in NEEDS_NOTHING or self.channel == "email" or bool(settings.DEMO)
        return usable or self.provider_of(brand) in self.rows

    def transport_for(self, brand: str) -> Transport | None:
        """A new transport; None where the channel is not configured. In the example nothing leaves."""
        if settings.DEMO:
            return BlackHole()
        row = self.rows.get(self.provider_of(brand))
        if row is None and self.channel == "email":
            return MailFolder()
        if row is None and self.channel not in NEEDS_NOTHING:
            return None
        # The brand stands in the address reports come back to.
        return _maker(self.channel)({**settings_of(row), "brand": row.brand} if row else {})


def transport_for(channel: str, brand: str) -> Transport | None:
    """The transport of one brand."""
    return Providers.of(channel).transport_for(brand)


def _can_send(row: ChannelConfig) -> bool:
    """Whether the row is for sending too: a mailbox that is only read has no server for it."""
    if row.channel not in CLASSES:
        return False
    needed = NEEDS.get(row.channel)
    return needed is None or any(settings_of(row).get(name) for name in needed)


def _maker(channel: str) -> Maker:
    module, _dot, name = CLASSES[channel].rpartition(".")
    maker: Any = getattr(import_module(module), name)
    return maker  # type: ignore[no-any-return]
