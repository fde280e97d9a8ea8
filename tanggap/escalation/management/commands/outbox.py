"""`tanggap outbox --format json`: messages written, sent and waiting."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from tanggap.escalation.selectors.outbox import outbox_items


class Command(BaseCommand):
    help = "Every step of the ladders and every other message, with what became of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            self.stdout.write("[", ending="")
            for number, item in enumerate(outbox_items()):
                self.stdout.write(("," if number else "") + "\n" + json.dumps(item, ensure_ascii=False), ending="")
            self.stdout.write("\n]")
