"""Proving that an address or a number is one's own: what an asking looks like and how it is checked (ADR 0047)."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tanggap.cases.models import ContactProof
from tanggap.common.contacts import normalize_email, normalize_phone
from tanggap.common.crypto import blind_index, seal, unseal
from tanggap.common.errors import Invalid

LIVES = timedelta(minutes=20)
CODE_DIGITS = 8
MOST_TRIES = 5
TASK, QUEUE, LINE = "send_contact_proofs", "outbox", "contacts"
"""The job that sends, the queue it runs in and its name there."""

CHANNELS = {"email": "email", "phone": "sms"}
EMAIL, PHONE = "email", "phone"


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address or a phone number in its one spelling."""

    kind: str
    value: str

    @property
    def index(self) -> bytes:
        """By which the reporters of this address are found."""
        return blind_index(self.kind, self.value)

    @property
    def hint(self) -> str:
        """Enough to recognise one's own, for a screen others may see: `s…@contoh.id`, `…7890`."""
        if self.kind == PHONE:
            return f"…{self.value[-4:]}"
        local, _at, host = self.value.partition("@")
        return f"{local[:1]}…@{host}"


def read_address(typed: str) -> Address:
    """What somebody typed into the one field for both. Raises Invalid."""
    if "@" in typed and (email := normalize_email(typed)):
        return Address(EMAIL, email)
    if "@" not in typed and (phone := normalize_phone(typed)):
        return Address(PHONE, phone)
    raise Invalid(
        _("Tulis alamat surel atau nomor telepon yang lengkap, misalnya nama@contoh.id atau 0812 3456 7890."),
        field="contact",
        code="wrong_contact",
    )


def sealed_address(address: Address, row: ContactProof) -> bytes:
    """The address for the row, which has its index already."""
    return seal(address.value.encode(), context=row.context)


def address_in(row: ContactProof) -> Address:
    """The address an asking is about."""
    return Address(row.kind, unseal(row.sealed, context=row.context).decode())


def new_code() -> str:
    """Eight digits: five tries at it hit once in twenty million."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def token_digest(token: str) -> bytes:
    """What is kept of a link's token."""
    return blind_index("proof-token", token)


def code_digest(row: ContactProof, code: str) -> bytes:
    """What is kept of a code; bound to its row."""
    return blind_index("proof-code", f"{row.pk}:{code}")


def is_open(row: ContactProof, *, now: datetime) -> bool:
    """Whether this asking can still be answered."""
    return row.used_at is None and row.asked_at > now - LIVES and row.tries < MOST_TRIES


def code_fits(row: ContactProof, typed: str) -> bool:
    """Whether this is the code that was sent; blanks and hyphens do not count."""
    code = "".join(sign for sign in typed if sign.isascii() and sign.isdigit())
    expected = bytes(row.code_digest) if row.code_digest is not None else bytes(16)
    return hmac.compare_digest(expected, code_digest(row, code)) and row.code_digest is not None
