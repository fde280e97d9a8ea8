"""A link out of a mail, pressed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.cases.contact_proofs import Address, address_in, is_open, token_digest
from tanggap.cases.models import ContactProof


@transaction.atomic
def open_by_link(*, token: str, now: datetime) -> Address | None:
    """The address the link proves, once; None for one that was used, is too old or never was."""
    row = ContactProof.objects.select_for_update().filter(token_digest=token_digest(token)).first()
    if row is None or not is_open(row, now=now):
        return None
    row.used_at = now
    row.save(update_fields=["used_at"])
    return address_in(row)
