"""`tanggap sweep [--at TIME]`: do what the clocks say is due."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand

from tanggap.common.clock import now
from tanggap.escalation.services.sweep_at import sweep_at

EXAMPLE = "2026-11-25T08:00:00+07:00"


def _moment(raw: str) -> datetime:
    try:
        at = datetime.fromisoformat(raw)
    except ValueError:
        raise ArgumentTypeError(f"“{raw}” bukan waktu; contoh: {EXAMPLE}") from None
    if at.tzinfo is None:
        raise ArgumentTypeError(f"“{raw}” tanpa selisih zona waktu; contoh: {EXAMPLE}")
    return at.astimezone(UTC)


def say(line: str) -> None:
    """Progress, apart from the result."""
    sys.stderr.write(f"{line}\n")


class Command(BaseCommand):
    help = "Take the steps of every ladder that are due: messages, letters, escalations; and what time alone closes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", type=_moment, metavar="TIME", help="as if it were this time, with its offset")

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep_at(at=options["at"] or now(), progress=say)
        self.stdout.write(f"cases {swept.cases}\nsteps {swept.steps}\nskipped {swept.skipped}\nletters {swept.letters}")
