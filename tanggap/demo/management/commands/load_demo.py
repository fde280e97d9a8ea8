"""`tanggap load-demo`: invented people and cases, so that a first look shows a country at work."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tanggap.common.clock import now
from tanggap.demo.briefing import brief_the_leaders
from tanggap.demo.gathering import NothingToPlan
from tanggap.demo.judging import judge_the_past
from tanggap.demo.loading import NotHere, Wanted, load
from tanggap.demo.planning.make import WIB, begins
from tanggap.escalation.services.watch_missing import watch_missing

SEED, CASES, MOST_CASES = 1945, 5000, 100_000


class Command(BaseCommand):
    """Exit 0 also when everything is there already; 2 where the example may not be loaded."""

    help = "Memuat orang dan laporan karangan. Mengulang tidak mengubah apa pun."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--cases", type=int, default=CASES)
        parser.add_argument("--day", type=date.fromisoformat, help="YYYY-MM-DD, hari pertama (bawaan: hari ini)")

    def handle(self, *args: Any, **options: Any) -> None:
        today = now().astimezone(WIB).date()
        day = options["day"] or today
        if day > today:
            raise CommandError("Hari contoh tidak boleh sesudah hari ini.", returncode=2)
        if not 1 <= options["cases"] <= MOST_CASES:
            raise CommandError(f"Jumlah laporan antara 1 dan {MOST_CASES}.", returncode=2)
        if not settings.DEMO:
            raise CommandError(
                "Folder ini bukan contoh: halamannya tidak akan menyebut bahwa laporannya karangan. "
                "Mulailah bin/run dengan folder kosong.",
                returncode=2,
            )
        try:
            passwords = load(
                Wanted(options["seed"], day, options["cases"]),
                folder=settings.DATA_DIR,
                now=now(),
                tell=self._tell,
            )
        except (NotHere, NothingToPlan) as error:
            raise CommandError(str(error), returncode=2) from error
        # Bulk loading tells no reaction of its cases: from here on their ladders run like everybody's.
        watch_missing(now=now())
        judge_the_past(day=day, now=now(), tell=self._tell)
        brief_the_leaders(now=min(now(), begins(day)), tell=self._tell)
        self._tell("Orang contoh dan kata sandinya (juga di demo-passwords.txt dalam folder data):")
        for address, password in passwords.items():
            self._tell(f"  {address:<34} {password}")

    def _tell(self, line: str) -> None:
        self.stderr.write(line)
        self.stderr.flush()
