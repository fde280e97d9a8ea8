"""`tanggap load-calendar --year 2028`: the national holidays of a new year, estimated until the decree is out."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tanggap.common.clock import now
from tanggap.directory.services.load_calendar import load_calendar

YEARS = range(2015, 2101)


class Command(BaseCommand):
    help = "Add the national holidays of a year that are missing; edited rows stay, running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, required=True, help="the year, such as 2028")

    def handle(self, *args: Any, **options: Any) -> None:
        year: int = options["year"]
        if year not in YEARS:
            raise CommandError(f"Tahun {year} di luar jangkauan: {YEARS.start} sampai {YEARS.stop - 1}.")
        added = load_calendar(year=year, actor_key="operator", now=now())
        for edit in added:
            self.stdout.write(f"{edit.date.isoformat()}\t{edit.after.name if edit.after else ''}")
        self.stderr.write(f"{len(added)} hari libur nasional {year} ditambahkan, sebagai perkiraan.")
