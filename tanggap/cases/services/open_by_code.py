"""A code, typed in the browser that asked for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.cases.contact_proofs import Address, address_in, code_fits, is_open
from tanggap.cases.models import ContactProof


@transaction.atomic
def open_by_code(*, proof_id: int, purpose: str, code: str, now: datetime) -> Address | None:
    """The address the code proves, once; None for a wrong, used or old one, and where nothing was ever sent.

    The row stays locked while it is compared, so that many tries at once are still counted one by one.
    """
    row = ContactProof.objects.select_for_update().filter(pk=proof_id, purpose=purpose).first()
    if row is None or not is_open(row, now=now):
        return None
    if not code_fits(row, code):
        row.tries += 1
        row.save(update_fields=["tries"])
        return None
    row.used_at = now
    row.save(update_fields=["used_at"])
    return address_in(row)
