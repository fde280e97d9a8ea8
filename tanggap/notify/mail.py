"""Mail of the sign-in pages, by the outbox: so it is retried, and waits for no mail server while somebody signs in."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from tanggap.common import clock
from tanggap.notify.outgoing import Outgoing, Way
from tanggap.notify.rendering import seal_text
from tanggap.notify.services.enqueue import enqueue_many

TEMPLATE = "account_mail"


class OutboxBackend(BaseEmailBackend):
    """Django's way of sending mail: one row of the outbox for every recipient, urgent, its words sealed."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        now = clock.now()
        outgoings = []
        for mail in email_messages:
            for address in mail.recipients():
                key = f"mail:{uuid4().hex}"
                outgoings.append(
                    Outgoing(
                        key=key,
                        template=TEMPLATE,
                        ways=[Way("email", address)],
                        due_at=now,
                        not_before=now,
                        values=seal_text(key, subject=str(mail.subject), body=str(mail.body), html=_html(mail)),
                        recipient_role="account",
                        urgent=True,
                    )
                )
        enqueue_many(outgoings, now=now)
        return len(email_messages)


def _html(mail: EmailMessage) -> str:
    """The other form of the same words, where there is one."""
    for content, media_type in getattr(mail, "alternatives", ()):
        if media_type == "text/html":
            return str(content)
    return ""
