"""`tanggap verify-period NAME`: whether a period is still what its manifest says."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tanggap.evaluation.models import RankedPeriod
from tanggap.evaluation.verifying import differences


class Command(BaseCommand):
    help = (
        "Compare a period with its signed manifest: its figures and ranking, and the events of every case behind them "
        "as they stood. Prints the tracking id, the aliases and what differs, a line each (exit 1), or that nothing "
        "does (exit 0)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="as the console names it, such as 2026-Q3")

    def handle(self, *args: Any, **options: Any) -> None:
        period = RankedPeriod.objects.filter(name=options["name"]).first()
        if period is None:
            raise CommandError(f"Masa penilaian “{options['name'][:40]}” tidak ada.", returncode=2)
        if period.state == RankedPeriod.State.REQUESTED:
            raise CommandError(f"Masa penilaian “{period.name}” belum dihitung.", returncode=2)
        found = 0
        for difference in differences(period, progress=self.stderr.write):
            self.stdout.write(difference.line)
            found += 1
        if found:
            raise SystemExit(1)
        self.stdout.write("Tidak ada yang berbeda.")
