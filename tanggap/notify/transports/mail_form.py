"""How our mail is written: headers that thread, that stop auto-replies, and that make a repeated one recognisable."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from tanggap.common import clock
from tanggap.common.crypto import keyed_digest
from tanggap.notify.transports.base import Rendered

LOCAL_DOMAIN = "localhost"
LONGEST_SUBJECT = 150
_ADDRESS = re.compile(r"[^\s<>@,;:\"]+@[^\s<>@,;:\"]+")


def mail_of(message: Rendered, *, sender: str, answered: bool = False) -> EmailMessage:
    """The whole mail. The same key always makes the same Message-ID, whatever happened to the first attempt.

    Where the sender's mailbox is read (`answered`), an answer to a message about a case leads back to the case.
    Raises ValueError for an address that is none: what is no address could become a second one.
    """
    if not _ADDRESS.fullmatch(message.address):
        raise ValueError("not an address")
    domain = sender.rpartition("@")[2] or LOCAL_DOMAIN
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(display_name=_one_line(message.brand_name), addr_spec=sender)
    mail["To"] = Address(addr_spec=message.address)
    number = message.extra.get("answer_to", "")
    if answered and number:
        mail["Reply-To"] = Address(addr_spec=answer_address(sender, number))
    mail["Subject"] = _one_line(message.subject)[:LONGEST_SUBJECT]
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = message_id(message.key, domain)
    if message.thread:
        mail["References"] = mail["In-Reply-To"] = f"<thread.{message.thread}@{domain}>"
    # RFC 3834: nobody's absence note may answer it, and become a reply to a case.
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    if stop := message.extra.get("stop"):
        # RFC 8058: a mail program offers to end it, and does so by one POST to this address.
        mail["List-Unsubscribe"] = f"<{stop}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text)
    if message.extra.get("html"):
        mail.add_alternative(str(message.extra["html"]), subtype="html")
    for file in message.attachments:
        main, _slash, sub = file.media_type.partition("/")
        mail.add_attachment(file.content, maintype=main, subtype=sub or "octet-stream", filename=file.name)
    return mail


def message_id(key: str, domain: str) -> str:
    """The id that bounces and replies will name. Keyed: nobody can make up a bounce of somebody else's message."""
    return f"<{keyed_digest(f'mail:{key}')[:40]}@{domain}>"


def answer_address(sender: str, number: str) -> str:
    """Where an answer about one case goes: `lapor+K7M2-9QXA-V@contoh.id`."""
    local, _at, domain = sender.rpartition("@")
    return f"{local}+{number}@{domain}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
