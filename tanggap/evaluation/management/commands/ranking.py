"""`tanggap ranking --group GROUP [--within CODE] --from DATE --to DATE --format json|csv`."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tanggap.common.clock import now
from tanggap.common.errors import TanggapError
from tanggap.directory.models import Region
from tanggap.directory.selectors import region_by_code
from tanggap.evaluation.comparing import comparison
from tanggap.evaluation.groups import Group
from tanggap.evaluation.management.arguments import add_period, asked_period
from tanggap.evaluation.ranking.order import as_table
from tanggap.evaluation.services.fold_everything import fold_everything


class Command(BaseCommand):
    help = (
        "The ranking of a peer group over the cases received in a period, by the published scorecard. Bodies below the "
        "minimum number of cases have no rank."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--group", choices=[group.value for group in Group], required=True)
        parser.add_argument("--within", metavar="CODE", help="only the bodies of this province")
        add_period(parser)
        parser.add_argument("--format", choices=["json", "csv"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        period = asked_period(options["first"], options["last"])
        group = Group(options["group"])
        fold_everything(now=now(), progress=self.stderr.write)
        found = comparison(group, period, _province(options["within"], group))
        if options["format"] == "json":
            lines = [line.as_json() for line in found.lines]
            self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=2))
            return
        csv.writer(self.stdout, lineterminator="\n").writerows(as_table(found.scorecard, found.lines))


def _province(code: str | None, group: Group) -> Region | None:
    if code is None:
        return None
    if group == Group.NATIONAL:
        raise CommandError("Badan tingkat pusat tidak dibagi menurut provinsi; hilangkan --within.", returncode=2)
    try:
        region = region_by_code(code)
    except TanggapError as refusal:
        raise CommandError(refusal.message, returncode=2) from refusal
    if region.parent_id is not None:
        raise CommandError(f"“{code}” bukan provinsi; --within memerlukan kode provinsi, misalnya 33.", returncode=2)
    return region
