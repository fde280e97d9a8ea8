"""`tanggap audit`: whether events, chains, seals and rows agree."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand

from tanggap.cases.audit import audit
from tanggap.common.clock import now
from tanggap.evaluation.audit import audit_tallies
from tanggap.evaluation.verifying import all_differences


class Command(BaseCommand):
    help = (
        "Compare the rows of all cases and the tallies with the events, and check the ledger's chains and seals "
        "and the published periods. Prints the tracking id, the aliases and what differs, a line each (exit 1), or "
        "that nothing does (exit 0)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        tell = self.stderr.write
        differences = chain(
            audit(progress=tell), audit_tallies(now=now(), progress=tell), all_differences(progress=tell)
        )
        for difference in differences:
            self.stdout.write(difference.line)
            found += 1
        if found:
            raise SystemExit(1)
        self.stdout.write("Tidak ada yang berbeda.")
