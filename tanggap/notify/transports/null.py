"""Transports that reach nobody: for the example, for development, for tests, and for a pilot without a mail server."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from django.conf import settings as django_settings

from tanggap.notify.transports.base import Accepted, Rendered
from tanggap.notify.transports.mail_form import mail_of

# How the id begins of what only lies in our own folder: nobody was reached by it.
FILED = "file:"


class BlackHole:
    """Takes everything and keeps nothing: in the example no message may leave."""

    def __init__(self, settings: Mapping[str, str] | None = None) -> None:
        pass

    def send(self, message: Rendered) -> Accepted:
        return Accepted(provider_id=f"hole:{_digest(message.key)}", delivered=True)

    def close(self) -> None:
        pass


class Console(BlackHole):
    """Prints to standard error what would leave; for development only, since addresses stand in it."""

    def send(self, message: Rendered) -> Accepted:
        sys.stderr.write(f"--- {message.address}\n{message.subject}\n{message.text}\n")
        return Accepted(provider_id=f"console:{_digest(message.key)}")


class InMemory(BlackHole):
    """Keeps what was sent in this process; for tests."""

    sent: ClassVar[list[Rendered]] = []

    def send(self, message: Rendered) -> Accepted:
        self.sent.append(message)
        return Accepted(provider_id=f"memory:{_digest(message.key)}")


class MailFolder(BlackHole):
    """One file a message in DIR/mail, readable by the server's own user only: where the operator of a pilot finds the
    links. The same key makes the same file."""

    def send(self, message: Rendered) -> Accepted:
        folder = Path(django_settings.DATA_DIR) / "mail"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        name = f"{_digest(message.key)}.eml"
        mail: EmailMessage = mail_of(message, sender="tanggap@localhost")
        descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(mail.as_bytes())
        return Accepted(provider_id=f"{FILED}{name}")


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:32]
