"""One open mailbox: what is new in it, letters up to a size, and waiting for more. Every answer has a time limit."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from imaplib import IMAP4
from typing import Any

from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError

from tanggap.channels.email.account import Account

SECONDS = 30.0
# Larger letters lose their files: so much is read for the words.
MOST_BYTES = 25 * 1024 * 1024
BYTES_OF_A_LARGE_ONE = 1024 * 1024
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class CannotRead(Exception):
    """The mailbox cannot be read now. The text is for the health of the channel: nothing of address or letter."""


@dataclass(frozen=True, slots=True)
class Found:
    """A letter in the mailbox, as far as it was read."""

    raw: bytes
    size: int


class Box:
    """Used by one thread; `close` may come from another, and ends whatever it waits for."""

    def __init__(self, account: Account) -> None:
        self._account = account
        try:
            self._box = _connected(account)
        except (OSError, IMAP4.error, ImapToolsError, ValueError) as error:
            raise CannotRead(_reason(error)) from None
        try:
            self.validity = self._entered()
        except (OSError, IMAP4.error, ImapToolsError, ValueError) as error:
            self.close()
            raise CannotRead(_reason(error)) from None

    def close(self) -> None:
        """End the connection at once."""
        with suppress(OSError):
            self._box.client.sock.shutdown(socket.SHUT_RDWR)
        with suppress(OSError, IMAP4.error):
            self._box.client.shutdown()

    def after(self, uid: int) -> list[int]:
        """Letters with a higher number, oldest first."""
        # The server answers n:* with the last letter also where that is older than n.
        return [one for one in self._uids(f"UID {uid + 1}:*") if one > uid]

    def since(self, day: date, *, unread: bool) -> list[int]:
        """Letters that came on that day or later, oldest first; only those nobody has read where `unread`."""
        return self._uids(str(AND(date_gte=day, seen=False) if unread else AND(date_gte=day)))

    def last(self) -> int:
        """The number of the newest letter; 0 in an empty mailbox."""
        return max(self._uids("ALL"), default=0)

    def fetch(self, uid: int) -> Found | None:
        """The letter, left unread; None where it is gone. Of one that is too large the beginning."""
        told = b" ".join(_bytes(self._asked("FETCH", str(uid), "(RFC822.SIZE)")))
        size = _SIZE.search(told)
        if size is None:
            return None
        most = MOST_BYTES if int(size[1]) <= MOST_BYTES else BYTES_OF_A_LARGE_ONE
        answer = self._asked("FETCH", str(uid), f"(BODY.PEEK[]<0.{most}>)")
        content = next((one[1] for one in answer if isinstance(one, tuple) and len(one) > 1), None)
        return Found(content[:most], int(size[1])) if isinstance(content, bytes) else None

    def settle(self, uid: int) -> None:
        """What is done with a letter that was kept: read, moved or removed, as configured."""
        try:
            if self._account.move_to:
                self._box.move([str(uid)], self._account.move_to)
            elif self._account.delete:
                self._box.delete([str(uid)])
            else:
                self._asked("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")
        except (OSError, IMAP4.error, ImapToolsError) as error:
            raise CannotRead(_reason(error)) from None

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Until something comes, `stop` is set (and the mailbox closed), or the time is over."""
        if "IDLE" not in self._box.client.capabilities:
            stop.wait(seconds)
            return
        try:
            news = self._idle()
            if not news:
                self._box.idle.poll(timeout=seconds)
            idle: Any = self._box.idle
            idle.stop()
        except (OSError, IMAP4.error, ImapToolsError) as error:
            raise CannotRead(_reason(error)) from None

    def _idle(self) -> bool:
        """Begin to listen; whether the server told something before it began."""
        client: Any = self._box.client
        tag = self._box.idle._idle_tag = client._command("IDLE")
        news = False
        while client._get_response() is not None:
            if client.tagged_commands[tag]:
                raise IMAP4.error("no IDLE")
            news = True
        return news

    def _entered(self) -> int:
        """Sign in and open the folder; the number that says whether letters keep their numbers."""
        account = self._account
        plain = account.user.isascii() and account.password.isascii()
        login = self._box.login if plain else self._box.login_utf8
        login(account.user, account.password, initial_folder=None)
        self._box.folder.set(account.folder)
        told = self._box.client.response("UIDVALIDITY")[1]
        return int(told[-1]) if told and told[-1] else 0

    def _uids(self, criteria: str) -> list[int]:
        (line, *_more) = self._asked("SEARCH", criteria) or [b""]
        return sorted(int(one) for one in (line or b"").split() if one.isdigit())

    def _asked(self, command: str, *arguments: str) -> list[Any]:
        try:
            state, answer = self._box.client.uid(command, *arguments)
        except (OSError, IMAP4.error) as error:
            raise CannotRead(_reason(error)) from None
        if state != "OK":
            raise CannotRead(f"kotak surat menolak perintah {command}")
        return list(answer)


def _bytes(answer: list[Any]) -> list[bytes]:
    return [part for one in answer for part in (one if isinstance(one, tuple) else (one,)) if isinstance(part, bytes)]


def _connected(account: Account) -> BaseMailBox:
    if not account.tls:
        return MailBoxUnencrypted(account.host, account.port, timeout=SECONDS)
    trust = ssl.create_default_context(cafile=account.authority or None)
    return MailBox(account.host, account.port, timeout=SECONDS, ssl_context=trust)


def _reason(error: Exception) -> str:
    if isinstance(error, MailboxLoginError):
        return "kotak surat menolak nama atau kata sandi"
    if isinstance(error, ssl.SSLCertVerificationError):
        return "sertifikat peladen surel tidak dipercaya"
    if isinstance(error, IMAP4.abort):
        return "peladen surel memutus hubungan"
    if isinstance(error, OSError):
        return f"peladen surel tidak dapat dihubungi ({type(error).__name__})"
    return f"kotak surat tidak dapat dibaca ({type(error).__name__})"
