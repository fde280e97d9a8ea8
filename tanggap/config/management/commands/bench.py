"""`tanggap bench KIND`: a figure beside its floor, as a ratio, in one run, on a database of its own."""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

KINDS = ("intake", "inbox", "search", "sweep", "letters", "inbound", "evaluation", "regions", "export", "mask")


class Command(BaseCommand):
    help = "Measure the product beside a floor, on a database made for it and dropped afterwards."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        rows = "inbox, sweep: cases in the larger run (default 1000000, 100000); letters: how many (default 1000); "
        rows += "evaluation: cases in the largest run (default 5000000); export: rows of the file (default 50000)"
        parser.add_argument("--rows", type=int, help=rows)
        parser.add_argument("--seconds", type=int, default=15, help="intake, inbound: length of one run")
        parser.add_argument("--connections", type=int, default=16, help="intake, inbound: connections at once")
        parser.add_argument("--rounds", type=int, default=1, help="intake, inbound: runs between the floors")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, **options: Any) -> None:
        try:
            module = importlib.import_module(f"bench.{options['kind']}")
        except ModuleNotFoundError as error:
            if error.name not in {"bench", f"bench.{options['kind']}"}:
                raise
            raise CommandError("the folder bench/ of the checkout is not here") from error
        figures = module.run(progress=_tell, **self._asked(options))
        if options["format"] == "json":
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
            return
        for name, value in figures.items():
            self.stdout.write(f"{name}: {value}")

    def _asked(self, options: dict[str, Any]) -> dict[str, Any]:
        if options["kind"] in {"intake", "inbound"}:
            return {name: options[name] for name in ("seconds", "connections", "rounds")}
        return {"rows": options["rows"]} if options["rows"] else {}


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
