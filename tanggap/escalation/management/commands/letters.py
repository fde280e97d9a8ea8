"""`tanggap letters --format json`: letters issued."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from tanggap.escalation.selectors.letters import letter_items


class Command(BaseCommand):
    help = "Every issued letter, a row for each case in it, with the path of its PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            self.stdout.write("[", ending="")
            for number, item in enumerate(letter_items()):
                self.stdout.write(("," if number else "") + "\n" + json.dumps(item, ensure_ascii=False), ending="")
            self.stdout.write("\n]")
