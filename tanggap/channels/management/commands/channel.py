"""`tanggap channel add KIND --brand B …` and `tanggap channel list`: how an instance reaches its channels."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tanggap.common.clock import now
from tanggap.common.errors import Invalid
from tanggap.directory.models import Brand
from tanggap.notify.models import ChannelConfig, ChannelHealth
from tanggap.notify.services.configure_channel import KINDS, URLS, configure_channel, option
from tanggap.notify.transports.registry import HOUSE_BRAND, settings_of

LONGEST_FILE = 64 * 1024


class Command(BaseCommand):
    help = "Add and list the ways in and out of each brand. Secrets are sealed and never printed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="add|list")
        adding = deeds.add_parser("add", help="set up a channel; what was set before is replaced")
        kinds = adding.add_subparsers(dest="kind", required=True, metavar="KIND")
        for kind, names in KINDS.items():
            one = kinds.add_parser(kind, help=", ".join(option(name) for name in names))
            one.add_argument("--brand", default=HOUSE_BRAND, metavar="B", help=f"slug of the brand ({HOUSE_BRAND})")
            for name in names:
                one.add_argument(option(name), default="", metavar="VALUE", help="@FILE reads it from a file")
        listing = deeds.add_parser("list", help="what is set up, without its secrets")
        listing.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["deed"] == "list":
            self._list(options["format"])
            return
        try:
            self._add(options["kind"], options["brand"], options)
        except Invalid as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal

    def _add(self, kind: str, brand: str, options: dict[str, Any]) -> None:
        if not Brand.objects.filter(slug=brand).exists():
            known = ", ".join(Brand.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"Merek {brand} tidak ada. Yang ada: {known or '-'}.", returncode=2)
        given = {name: _value(options[name]) for name in KINDS[kind]}
        configure_channel(kind=kind, brand=brand, settings=given, now=now())
        self.stderr.write(f"Saluran {kind} untuk merek {brand} sudah diatur.")
        if settings.DEMO:
            self.stderr.write("Ini contoh: pesan tetap tidak meninggalkan mesin ini.")

    def _list(self, form: str) -> None:
        rows = [_shown(row) for row in ChannelConfig.objects.order_by("brand", "channel")]
        if form == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            told = ", ".join(f"{name} {value}".strip() for name, value in row["settings"].items())
            state = "" if row["enabled"] else " (mati)"
            self.stdout.write(
                f"{row['brand']}  {row['channel']}{state}  {told}  {row['last_error']} {row['in_error']}".rstrip()
            )


def _value(given: str) -> str:
    """The value, or what the file after @ holds: a secret on the command line can be seen by every user."""
    if not given.startswith("@"):
        return given
    try:
        return Path(given[1:]).read_text(encoding="utf-8")[:LONGEST_FILE].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{given[1:]} tidak dapat dibaca.", returncode=2) from error


def _shown(row: ChannelConfig) -> dict[str, Any]:
    """What may be seen of a channel: where it leads, which secrets are there, how it does."""
    health = ChannelHealth.objects.filter(brand=row.brand, channel=row.channel).first()
    return {
        "brand": row.brand,
        "channel": row.channel,
        "enabled": row.enabled,
        "settings": {name: _open(name, value) for name, value in settings_of(row).items()},
        "failing_since": health.failing_since.isoformat() if health and health.failing_since else None,
        "last_error": health.last_error if health and health.failures else "",
        "in_error": health.in_error if health else "",
    }


def _open(name: str, value: str) -> str:
    """An address without whom it is opened as; a dot for what is secret."""
    if name in URLS:
        parts = urlsplit(value)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname}{port}"
    return value if name in {"address", "account", "kind", "phone_number_id", "page_id", "instagram_id", "ca"} else "•"
