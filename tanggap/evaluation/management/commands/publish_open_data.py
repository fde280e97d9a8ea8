"""`tanggap publish-open-data [--month YYYY-MM]`."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tanggap.common.clock import now
from tanggap.common.errors import TanggapError
from tanggap.evaluation.services.publish_open_data import publish_open_data


def _month(raw: str) -> date:
    try:
        return date.fromisoformat(f"{raw}-01")
    except ValueError:
        raise ArgumentTypeError(f"“{raw}” bukan bulan; contoh: 2026-10") from None


class Command(BaseCommand):
    help = "Publish a new version of the open data, of all months up to the last finished one; the earlier ones stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--month", type=_month, metavar="YYYY-MM", help="the last month in it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            version = publish_open_data(now=now(), month=options["month"], progress=self.stderr.write)
        except TanggapError as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
        self.stdout.write(f"Versi {version.number} terbit." if version else "Tidak ada yang baru.")
