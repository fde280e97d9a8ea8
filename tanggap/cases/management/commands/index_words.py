"""`tanggap index-words`: what the search of public cases reads, written where it is missing."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tanggap.cases.services.index_words import index_words
from tanggap.common.clock import now


class Command(BaseCommand):
    help = "Write the searched words of public cases that have none yet. The worker does the same every hour."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="write every row anew, after a change of the stop words")

    def handle(self, *args: Any, **options: Any) -> None:
        read = index_words(now=now(), anew=options["all"], progress=self.stderr.write)
        self.stdout.write(f"{read} laporan umum siap dicari.")
