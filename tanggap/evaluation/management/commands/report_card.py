"""`tanggap report-card --agency CODE|--region CODE --from DATE --to DATE [--as-of TIME] --format json|csv|pdf`."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tanggap.common.clock import now
from tanggap.common.errors import TanggapError
from tanggap.directory.selectors import find_agency, region_by_code
from tanggap.evaluation.management.arguments import add_period, asked_period
from tanggap.evaluation.report_card import ReportCard
from tanggap.evaluation.selectors import region_card, report_card
from tanggap.evaluation.services.fold_tallies import fold_everything


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
        if options["format"] == "pdf":
            raise CommandError("Rapor sebagai PDF belum tersedia; pilih json atau csv.", returncode=2)
        asked_period(options["first"], options["last"])
        fold_everything(now=now(), progress=self.stderr.write)
        card = self._card(**{name: options[name] for name in ("agency", "region", "first", "last", "as_of")})
        if options["format"] == "json":
            self.stdout.write(json.dumps(card.as_json(), ensure_ascii=False, indent=2))
            return
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(("figure", "key", "value"))
        writer.writerows(card.as_rows())

    def _card(
        self, *, agency: str | None, region: str | None, first: date, last: date, as_of: datetime | None
    ) -> ReportCard:
        try:
            if agency:
                return report_card(find_agency(agency), first, last, as_of)
            return region_card(region_by_code(region or ""), first, last, as_of)
        except TanggapError as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
