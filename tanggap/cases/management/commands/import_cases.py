"""`tanggap import-cases FILE.csv [--agency CODE] [--live]`: historical cases with their times."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tanggap.cases.history.importing import import_history
from tanggap.common import clock
from tanggap.common.errors import Invalid
from tanggap.directory.selectors import find_agency


class Command(BaseCommand):
    help = (
        "Import historical cases from a CSV file. Nothing is sent or scheduled; bad lines go to FILE.rejected.csv "
        "(exit 1), good ones are taken; running it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv", help="UTF-8 CSV with a header row")
        parser.add_argument("--agency", metavar="CODE", help="the agency of lines that name none; units are its own")
        parser.add_argument("--live", action="store_true", help="let the timers run for these cases from now on")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            agency = find_agency(options["agency"]) if options["agency"] else None
            summary = import_history(
                options["file"],
                now=clock.now(),
                agency=agency,
                live=options["live"],
                progress=self.stderr.write,
            )
        except Invalid as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
        self.stdout.write(json.dumps(summary.as_json()))
        if summary.rejected:
            raise SystemExit(1)
