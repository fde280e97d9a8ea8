"""Somebody asks for a link or a code to an address."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tanggap.cases.contact_proofs import LINE, QUEUE, TASK, Address, sealed_address
from tanggap.cases.models import ContactProof
from tanggap.common.errors import TooMany
from tanggap.common.jobs import wake_after_commit

SHORT, MOST_IN_SHORT = timedelta(minutes=15), 3
LONG, MOST_IN_LONG = timedelta(hours=24), 8


@transaction.atomic
def ask_contact_proof(
    *, address: Address, purpose: str, now: datetime, language: str = "id", brand: str = ""
) -> ContactProof:
    """Write the asking down; the job sends, if there is anything to open there.

    Nothing here depends on whether the address is known, so neither answer nor time tells. Raises TooMany: counted
    per address in the database, for known and unknown ones alike.
    """
    with connection.cursor() as cursor:
        # Many at once wait for each other, so that each is counted.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(address.index[:8], signed=True)])
    asked = ContactProof.objects.filter(contact_index=address.index)
    for span, most in ((SHORT, MOST_IN_SHORT), (LONG, MOST_IN_LONG)):
        if asked.filter(asked_at__gt=now - span).count() >= most:
            raise TooMany(
                _(
                    "Kode untuk alamat ini sudah beberapa kali diminta. Pakai pesan yang terakhir, "
                    "atau coba lagi nanti."
                ),
                code="too_many_proofs",
                field="contact",
                retry_after=int(span.total_seconds()),
            )
    row = ContactProof(
        purpose=purpose, kind=address.kind, contact_index=address.index, asked_at=now, language=language, brand=brand
    )
    row.sealed = sealed_address(address, row)
    row.save(force_insert=True)
    wake_after_commit(task=TASK, queue=QUEUE, channel=LINE)
    return row
