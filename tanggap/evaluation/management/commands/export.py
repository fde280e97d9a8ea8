"""`tanggap export --format parquet --out DIR [--from DATE --to DATE]`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tanggap.common.clock import now
from tanggap.common.errors import TanggapError
from tanggap.evaluation.management.arguments import asked_period, day
from tanggap.evaluation.parquet import export_parquet


class Command(BaseCommand):
    help = "Cases and events as Parquet, a folder a month, without texts and people; the months that the days touch."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["parquet"], default="parquet")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder that is not there yet")
        parser.add_argument("--from", dest="first", type=day, metavar="DATE")
        parser.add_argument("--to", dest="last", type=day, metavar="DATE", help="included")

    def handle(self, *args: Any, **options: Any) -> None:
        first, last = options["first"], options["last"]
        if (first is None) != (last is None):
            raise CommandError("Berikan --from dan --to bersama-sama, atau tidak keduanya.", returncode=2)
        period = asked_period(first, last) if first else None
        try:
            made = export_parquet(options["out"].absolute(), period, now=now(), progress=self.stderr.write)
        except TanggapError as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
        rows = sum(file["rows"] for file in made["files"])
        self.stdout.write(f"{len(made['files'])} berkas, {rows} baris di {options['out']}")
