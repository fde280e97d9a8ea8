"""`tanggap report-card --agency CODE|--region CODE --from DATE --to DATE [--as-of TIME] --format json|csv|pdf`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tanggap.common.clock import now
from tanggap.common.errors import TanggapError
from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import find_agency, region_by_code
from tanggap.evaluation.management.arguments import add_period, asked_period
from tanggap.evaluation.periods import Period
from tanggap.evaluation.reporting.downloads import card_csv, card_json
from tanggap.evaluation.reporting.paper import sheet_pdf
from tanggap.evaluation.reporting.sheet import official_card, official_sheet
from tanggap.evaluation.services.fold_everything import fold_everything


def _moment(raw: str) -> datetime:
    try:
        at = datetime.fromisoformat(raw)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise ArgumentTypeError(f"“{raw}” bukan waktu dengan zona; contoh: 2024-12-31T23:59:59+07:00")
    return at


class Command(BaseCommand):
    help = "The figures of one agency with its units, or of one region, over the cases received in a period."

    def add_arguments(self, parser: ArgumentParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--agency", metavar="CODE")
        whose.add_argument("--region", metavar="CODE")
        add_period(parser)
        parser.add_argument("--as-of", dest="as_of", type=_moment, metavar="TIME", help="as things stood then")
        parser.add_argument("--format", choices=["json", "csv", "pdf"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        asked_period(options["first"], options["last"])
        fold_everything(now=now(), progress=self.stderr.write)
        of, period, as_of = self._whose(options), Period(options["first"], options["last"]), options["as_of"]
        if options["format"] == "pdf":
            sys.stdout.buffer.write(sheet_pdf(official_sheet(of, period, as_of), now=now()))
            return
        card = official_card(of, period, as_of)
        if options["format"] == "json":
            self.stdout.write(card_json(card))
        else:
            self.stdout.write(card_csv(card), ending="")

    def _whose(self, options: dict[str, Any]) -> Agency | Region:
        try:
            if options["agency"]:
                return find_agency(options["agency"])
            return region_by_code(options["region"] or "")
        except TanggapError as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
