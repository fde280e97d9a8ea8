"""`tanggap erasures`: the list of who was forgotten, and forgetting them again after a restore."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tanggap.cases.erased_list import append_to, read_list
from tanggap.cases.services.repeat_erasures import FAILED, repeat_erasures
from tanggap.common.clock import now


class Command(BaseCommand):
    help = "Append to a list of erasures what it lacks, or carry out again what such a list names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--to", type=Path, metavar="FILE", help="append what FILE lacks")
        what.add_argument("--replay", type=Path, metavar="FILE", help="after a restore: erase again what FILE names")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["to"]:
            self.stdout.write(f"appended\t{append_to(options['to'])}")
            return
        path: Path = options["replay"]
        if not path.exists():
            raise CommandError(f"There is no list {path}.", returncode=2)
        outcomes = repeat_erasures(erased=read_list(path), now=now())
        for name, number in sorted(outcomes.items()):
            self.stdout.write(f"{name}\t{number}")
        if outcomes[FAILED]:
            sys.exit(1)
