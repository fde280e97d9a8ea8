"""The one message that says something about an account or a proof: to an address, never about a case."""

from __future__ import annotations

from datetime import datetime

from tanggap.cases.contact_proofs import CHANNELS, Address
from tanggap.notify.outgoing import Outgoing, Way
from tanggap.notify.rendering import seal_text
from tanggap.notify.services.enqueue import enqueue

TEMPLATE = "account_mail"
BY_DEFAULT = "id"


def write_to(
    address: Address,
    *,
    key: str,
    subject: str,
    body: str,
    now: datetime,
    language: str = BY_DEFAULT,
    brand: str = "",
) -> None:
    """Put it into the outbox, once for each `key`. The words are sealed until sent and forgotten afterwards."""
    enqueue(
        Outgoing(
            key=key,
            template=TEMPLATE,
            ways=[Way(CHANNELS[address.kind], address.value)],
            due_at=now,
            not_before=now,
            values=seal_text(key, subject=subject, body=body),
            language=language,
            brand=brand,
            recipient_role="account",
            urgent=True,
        ),
        now=now,
    )
