"""`tanggap audit`: whether events, chains, seals and rows agree."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tanggap.cases.audit import audit


class Command(BaseCommand):
    help = (
        "Compare the rows of all cases with their events, and check the ledger's chains and daily seals. Prints the "
        "tracking id, the aliases and what differs, a line each (exit 1), or that nothing does (exit 0)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for difference in audit(progress=self.stderr.write):
            self.stdout.write(difference.line)
            found += 1
        if found:
            raise SystemExit(1)
        self.stdout.write("Tidak ada yang berbeda.")
