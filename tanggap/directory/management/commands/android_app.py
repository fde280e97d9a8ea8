"""`tanggap android-app --brand nasional --package … --fingerprint …`: what `/.well-known/assetlinks.json` says."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tanggap.common.clock import now
from tanggap.common.errors import TanggapError
from tanggap.directory.services.set_android_app import set_android_app


class Command(BaseCommand):
    help = "Say which app in Android's store opens a brand's address as its own; without a package, none does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--brand", default="nasional", metavar="B", help="slug of the brand (nasional)")
        parser.add_argument("--package", default="", metavar="NAME", help="such as id.go.contoh.lapor")
        parser.add_argument(
            "--fingerprint", action="append", default=[], metavar="SHA256", help="of a certificate; may be repeated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            brand = set_android_app(
                slug=options["brand"],
                package=options["package"],
                fingerprints=options["fingerprint"],
                actor_key="operator",
                now=now(),
            )
        except TanggapError as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
        self.stderr.write(f"{brand.slug}: {brand.android_package or '-'}")
