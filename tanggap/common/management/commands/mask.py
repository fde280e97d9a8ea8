"""`tanggap mask`: reads standard input, writes it with personal data masked; every line stays."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from tanggap.common.masking import mask

_BATCH = 1024 * 1024


class Command(BaseCommand):
    help = "Replaces personal data on standard input by placeholders; changes nothing else."
    requires_system_checks: Any = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Work through batches of whole lines; bytes that are no UTF-8 pass through unchanged."""
        while batch := sys.stdin.buffer.readlines(_BATCH):
            text = b"".join(batch).decode("utf-8", "surrogateescape")
            sys.stdout.buffer.write(mask(text).text.encode("utf-8", "surrogateescape"))
            sys.stdout.buffer.flush()
