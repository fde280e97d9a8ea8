"""`tanggap audit`: whether events, chains, seals and rows agree."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand

from tanggap.cases.audit import audit
from tanggap.common.clock import now
from tanggap.evaluation.audit import audit_tallies


class Command(BaseCommand):
    help = (
        "Compare the rows of all cases and the tallies with the events, and check the ledger's chains and seals. "
        "Prints the tracking id, the aliases and what differs, a line each (exit 1), or that nothing does (exit 0)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        differences = chain(audit(progress=self.stderr.write), audit_tallies(now=now(), progress=self.stderr.write))
        for difference in differences:
            self.stdout.write(difference.line)
            found += 1
        if found:
            raise SystemExit(1)
        self.stdout.write("Tidak ada yang berbeda.")
