"""How often one source may ask something that costs the database a search: counted in this process, forgotten after."""

from __future__ import annotations

import threading
import time
from collections import Counter

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tanggap.common.crypto import keyed_digest
from tanggap.common.errors import TooMany

MOST_SOURCES = 20_000


class Pace:
    """At most `amount` questions in `seconds` from one network address; many people may share one."""

    def __init__(self, amount: int, seconds: int) -> None:
        self.amount, self.seconds = amount, seconds
        self._lock = threading.Lock()
        self._window = 0
        self._asked: Counter[str] = Counter()

    def count(self, request: HttpRequest) -> None:
        """Count one question. Raises TooMany. The address itself is not kept."""
        source = keyed_digest(request.META.get("REMOTE_ADDR") or "none")[:16]
        now = int(time.monotonic())
        with self._lock:
            window = now // self.seconds
            if window != self._window or len(self._asked) > MOST_SOURCES:
                self._window, self._asked = window, Counter()
            self._asked[source] += 1
            asked = self._asked[source]
        if asked > self.amount:
            raise TooMany(
                _("Terlalu banyak pencarian dalam waktu singkat. Tunggu sebentar, lalu coba lagi."),
                retry_after=self.seconds - now % self.seconds,
            )
