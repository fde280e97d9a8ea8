"""Telling an instance how it reaches a channel: addresses and secrets, sealed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.contacts import normalize_email
from tanggap.common.errors import Invalid
from tanggap.notify.models import ChannelConfig, ChannelHealth
from tanggap.notify.transports.email import Server
from tanggap.notify.transports.registry import seal_settings

KINDS: dict[str, tuple[str, ...]] = {
    "whatsapp": ("secret", "verify_token", "token", "phone_number_id", "api_base", "number"),
    "telegram": ("secret", "token", "api_base", "bot"),
    "email": ("imap", "smtp", "address", "ca"),
    "sms": ("smpp", "http", "secret"),
    "meta": ("secret", "verify_token", "token", "page_id", "instagram_id", "account", "api_base"),
    "x": ("token", "account", "token_secret", "consumer_key", "consumer_secret", "api_base"),
    "webhook": ("secret",),
}
REQUIRED: dict[str, tuple[str, ...]] = {
    "whatsapp": ("token", "phone_number_id"),
    "telegram": ("token",),
    "email": ("address",),
    "sms": (),
    "meta": ("token", "page_id"),
    "x": ("token", "account"),
    "webhook": ("secret",),
}
# One app of Meta serves the page and the Instagram account that belongs to it; each is a channel of its own.
CHANNELS_OF = {"meta": ("facebook", "instagram")}
SIGNING = ("token_secret", "consumer_key", "consumer_secret")
URLS = {
    "imap": {"imap", "imaps"},
    "smtp": {"smtp", "smtps", "smtp+starttls"},
    "smpp": {"smpp", "smpps"},
    "http": {"http", "https"},
    "api_base": {"http", "https"},
}
_HERE = {"localhost", "127.0.0.1", "::1"}


@transaction.atomic
def configure_channel(*, kind: str, brand: str, settings: Mapping[str, str], now: datetime) -> ChannelConfig:
    """Keep the settings of one kind for one brand; what was kept before is replaced. Raises Invalid.

    The row that is returned is that of the kind's first channel.
    """
    given = {name: value.strip() for name, value in settings.items() if value.strip()}
    check_settings(kind, given)
    channels = channels_of(kind, given)
    gone = set(CHANNELS_OF.get(kind, ())) - set(channels)
    ChannelConfig.objects.filter(brand=brand, channel__in=gone).delete()
    rows = [
        ChannelConfig.objects.update_or_create(
            brand=brand,
            channel=channel,
            defaults={"sealed": seal_settings(brand, channel, given), "enabled": True, "updated_at": now},
        )[0]
        for channel in channels
    ]
    # Whoever has just mended the settings need not wait for the next try.
    ChannelHealth.objects.filter(brand=brand, channel__in=channels).update(retry_at=None)
    return rows[0]


def channels_of(kind: str, given: Mapping[str, str]) -> tuple[str, ...]:
    """The channels that settings of this kind open: Instagram only with its account's number."""
    found = CHANNELS_OF.get(kind, (kind,))
    return tuple(channel for channel in found if channel != "instagram" or given.get("instagram_id"))


def check_settings(kind: str, given: Mapping[str, str]) -> None:
    """Raises Invalid with what is missing or cannot be read; never with a value, since secrets are among them."""
    if kind not in KINDS:
        raise Invalid(_("Saluran itu tidak dikenal. Yang ada: %(kinds)s.") % {"kinds": ", ".join(KINDS)}, field="kind")
    _check_presence(kind, given)
    for name, schemes in URLS.items():
        if name in given:
            _check_url(name, given[name], schemes)
    if kind == "email" and normalize_email(given["address"]) is None and not given["address"].endswith("@localhost"):
        raise Invalid(_("Alamat surel pengirim itu tidak dapat dibaca."), field="address")
    if "smtp" in given:
        _check_privacy(given["smtp"])
    if urlsplit(given.get("imap", "")).scheme == "imap" and urlsplit(given["imap"]).hostname not in _HERE:
        raise Invalid(_("Kotak surat hanya dibaca lewat sambungan terenkripsi: pakai imaps://."), field="imap")


def _check_presence(kind: str, given: Mapping[str, str]) -> None:
    missing = [name for name in REQUIRED[kind] if name not in given]
    if missing:
        raise Invalid(_("Isi juga: %(names)s.") % {"names": ", ".join(map(option, missing))}, field=missing[0])
    if kind == "email" and not {"imap", "smtp"} & given.keys():
        raise Invalid(_("Isi --smtp untuk mengirim, --imap untuk menerima, atau keduanya."), field="smtp")
    if kind == "x" and 0 < len(given.keys() & set(SIGNING)) < len(SIGNING):
        words = _("Kunci tanda tangan X hanya berguna lengkap: %(names)s.")
        raise Invalid(words % {"names": ", ".join(map(option, SIGNING))}, field="consumer_key")
    if kind == "sms" and len({"smpp", "http"} & given.keys()) != 1:
        raise Invalid(_("Isi salah satu: --smpp atau --http."), field="smpp")


def option(name: str) -> str:
    """The setting as the command line spells it."""
    return "--" + name.replace("_", "-")


def _check_url(name: str, url: str, schemes: set[str]) -> None:
    try:
        parts = urlsplit(url)
        well = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        well = False
    if not well:
        words = _("%(name)s harus berupa alamat lengkap, misalnya %(scheme)s://tuan-rumah.")
        raise Invalid(words % {"name": option(name), "scheme": sorted(schemes)[-1]}, field=name)


def _check_privacy(url: str) -> None:
    server = Server.parsed(url)
    if server.scheme == "smtp" and server.user and server.host not in _HERE:
        raise Invalid(
            _("Kata sandi surel hanya dikirim lewat sambungan terenkripsi: pakai smtps:// atau smtp+starttls://."),
            field="smtp",
        )
