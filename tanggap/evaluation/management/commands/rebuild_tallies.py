"""`tanggap rebuild-tallies`: all figures counted anew from the events."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tanggap.common.clock import now
from tanggap.evaluation.services.fold_everything import fold_everything
from tanggap.evaluation.services.rebuild_tallies import rebuild_tallies


class Command(BaseCommand):
    help = "Count every case again from its events, a year at a time; what happens meanwhile is counted afterwards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--workers", type=int, choices=range(1, 65), default=1, metavar="N", help="processes")

    def handle(self, *args: Any, **options: Any) -> None:
        counted = rebuild_tallies(now=now(), progress=self.stderr.write, workers=options["workers"])
        fold_everything(now=now(), progress=self.stderr.write)
        self.stdout.write(f"{counted} laporan dihitung ulang.")
