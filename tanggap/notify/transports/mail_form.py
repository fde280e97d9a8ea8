"""How our mail is written: headers that thread, that stop auto-replies, and that make a repeated one recognisable."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from tanggap.common import clock
from tanggap.notify.transports.base import Rendered

LOCAL_DOMAIN = "localhost"
LONGEST_SUBJECT = 150
_ADDRESS = re.compile(r"[^\s<>@,;:\"]+@[^\s<>@,;:\"]+")


def mail_of(message: Rendered, *, sender: str) -> EmailMessage:
    """The whole mail. The same key always makes the same Message-ID, whatever happened to the first attempt.

    Raises ValueError for an address that is none: what is no address could become a second one.
    """
    if not _ADDRESS.fullmatch(message.address):
        raise ValueError("not an address")
    domain = sender.rpartition("@")[2] or LOCAL_DOMAIN
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(display_name=_one_line(message.brand_name), addr_spec=sender)
    mail["To"] = Address(addr_spec=message.address)
    mail["Subject"] = _one_line(message.subject)[:LONGEST_SUBJECT]
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = message_id(message.key, domain)
    if message.thread:
        mail["References"] = mail["In-Reply-To"] = f"<thread.{message.thread}@{domain}>"
    # RFC 3834: nobody's absence note may answer it, and become a reply to a case.
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(message.text)
    if message.extra.get("html"):
        mail.add_alternative(str(message.extra["html"]), subtype="html")
    for file in message.attachments:
        main, _slash, sub = file.media_type.partition("/")
        mail.add_attachment(file.content, maintype=main, subtype=sub or "octet-stream", filename=file.name)
    return mail


def message_id(key: str, domain: str) -> str:
    """The id that bounces and replies will name."""
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def _one_line(text: str) -> str:
    return " ".join(text.split())
