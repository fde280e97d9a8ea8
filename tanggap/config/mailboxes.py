"""Mailboxes that people write to, kept open by the worker: a thread for each, which waits for letters (IDLE).

The minute's job opens and closes them. A letter whose announcement was lost is found by the look of every minute.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Collection

import structlog
from django.conf import settings
from django.db import connections

from tanggap.channels.email.account import Account, BadAddress, parse_account
from tanggap.channels.email.mailbox import Box, CannotRead
from tanggap.channels.services.read_mailbox import CHANNEL, read_mailbox
from tanggap.common.clock import now
from tanggap.common.crypto import CannotUnseal
from tanggap.notify.models import ChannelConfig
from tanggap.notify.services.note_inbound import note_inbound
from tanggap.notify.transports.registry import settings_of

log = structlog.get_logger(__name__)
LOOK_SECONDS = 60.0
PAUSES = (5.0, 15.0, 60.0, 300.0)
# Nothing takes so long: whoever was silent for it hangs on a server that answers byte by byte.
STALLED_SECONDS = 600.0


class Reader(threading.Thread):
    """Reads one mailbox until it is told to stop. It holds a connection of the database only while it keeps letters."""

    def __init__(self, account: Account) -> None:
        super().__init__(name=f"mailbox-{account.brand}", daemon=True)
        self.account = account
        self._over = threading.Event()
        self._box: Box | None = None
        self._touched_at = time.monotonic()
        self._good_at = 0.0

    @property
    def is_stalled(self) -> bool:
        return time.monotonic() - self._touched_at > STALLED_SECONDS

    def run(self) -> None:
        failures = 0
        while not self._over.is_set():
            self._touched_at = time.monotonic()
            try:
                self._box = Box(self.account)
                self._read(self._box)
                failures = 0
            except CannotRead as reason:
                failures = 1 if self._was_good() else failures + 1
                self._complain(str(reason))
            except Exception as error:
                # A database that is away for a moment must not end the reading for good.
                failures += 1
                log.exception("mailbox.broke", brand=self.account.brand)
                self._complain(f"galat ({type(error).__name__})")
            finally:
                self._shut()
                connections.close_all()
            self._over.wait(PAUSES[min(failures, len(PAUSES)) - 1] if failures else 0)

    def close(self) -> None:
        """Stop, whatever it waits for."""
        self._over.set()
        self._shut()

    def _was_good(self) -> bool:
        """Whether the connection that broke had been working."""
        return self._good_at > 0 and time.monotonic() - self._good_at < 2 * LOOK_SECONDS

    def _read(self, box: Box) -> None:
        while not self._over.is_set():
            more = True
            while more and not self._over.is_set():
                self._touched_at = self._good_at = time.monotonic()
                more = read_mailbox(box=box, brand=self.account.brand, now=now())
            connections.close_all()
            box.wait(LOOK_SECONDS, self._over)

    def _complain(self, reason: str) -> None:
        if self._over.is_set():
            return
        log.warning("mailbox.cannot_read", brand=self.account.brand, reason=reason)
        try:
            note_inbound(channel=CHANNEL, brand=self.account.brand, now=now(), error=reason)
        except Exception:
            log.exception("mailbox.not_noted", brand=self.account.brand)

    def _shut(self) -> None:
        box, self._box = self._box, None
        if box is not None:
            box.close()


_lock = threading.Lock()
_readers: dict[Account, Reader] = {}


def accounts() -> set[Account]:
    """The mailboxes configured now; in the example there are none."""
    if settings.DEMO:
        return set()
    found = set()
    for row in ChannelConfig.objects.filter(channel=CHANNEL, enabled=True):
        try:
            given = settings_of(row)
            if given.get("imap"):
                found.add(parse_account(row.brand, given["imap"], authority=given.get("ca", "")))
        except (BadAddress, CannotUnseal):
            note_inbound(channel=CHANNEL, brand=row.brand, now=now(), error="alamat kotak surat tidak dapat dipakai")
    return found


def keep(wanted: Collection[Account]) -> None:
    """Open what is not open, close what is no longer configured or hangs."""
    with _lock:
        for account, reader in list(_readers.items()):
            if account not in wanted or reader.is_stalled or not reader.is_alive():
                reader.close()
                del _readers[account]
        for account in wanted:
            if account not in _readers:
                _readers[account] = Reader(account)
                _readers[account].start()


def close_all(seconds: float = 0) -> None:
    """End every reader of this process, and wait for them that long."""
    readers = list(_readers.values())
    keep(())
    for reader in readers:
        reader.join(seconds)


atexit.register(close_all)
