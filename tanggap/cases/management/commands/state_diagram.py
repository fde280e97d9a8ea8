"""`tanggap state-diagram`: the page docs/state-diagram.md, on standard output."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tanggap.cases.state_diagram import render


class Command(BaseCommand):
    help = "Print the states of a case and the actions between them as Markdown with a Mermaid diagram."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(render(), ending="")
