"""Sending the links and codes that were asked for, to addresses there is something behind."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from tanggap.cases.account_mail import write_to
from tanggap.cases.contact_proofs import (
    LINE,
    LIVES,
    PHONE,
    QUEUE,
    TASK,
    Address,
    address_in,
    code_digest,
    new_code,
    token_digest,
)
from tanggap.cases.following import index_of
from tanggap.cases.models import ContactProof, Follow, Reporter
from tanggap.cases.secret_codes import UNGUARDED
from tanggap.common.jobs import wake_after_commit
from tanggap.common.links import absolute

BATCH = 50
PROOFS_KEPT = timedelta(days=2)
"""Askings, for counting them; then they are deleted."""


@transaction.atomic
def send_contact_proofs(*, now: datetime) -> int:
    """Look at what was asked; how many messages were written. Running it twice sends once.

    An address that reported no visible case and follows none gets nothing (no stranger is written to because
    somebody typed a number), unless it is to be made one's own: then the code must go to an address we do not know.
    """
    waiting = ContactProof.objects.select_for_update(skip_locked=True).filter(handled_at__isnull=True)
    rows = list(waiting.order_by("id")[:BATCH])
    sent = 0
    for row in rows:
        row.handled_at = now
        if row.asked_at > now - LIVES and (row.purpose == ContactProof.Purpose.CHANGE or _is_known(row)):
            _send(row, address_in(row), now)
            sent += 1
        row.save(update_fields=["handled_at", "token_digest", "code_digest"])
    if len(rows) == BATCH:
        wake_after_commit(task=TASK, queue=QUEUE, channel=LINE)
    return sent


def _is_known(row: ContactProof) -> bool:
    """Whether the address opens any case (those of which it must say nothing do not count), or follows any."""
    by_address = Q(email_index=row.contact_index) if row.kind == "email" else Q(phone_index=row.contact_index)
    if Reporter.objects.filter(by_address & UNGUARDED).exists():
        return True
    follows = Follow.objects.filter(address_index=index_of(address_in(row).value), confirmed_at__isnull=False)
    return row.kind == "email" and follows.exists()


def _send(row: ContactProof, address: Address, now: datetime) -> None:
    """Code, and for a mail that opens the page the link. Kept sealed until it is sent, forgotten afterwards."""
    code, token = new_code(), secrets.token_urlsafe(24)
    row.code_digest = code_digest(row, code)
    opens = row.purpose == ContactProof.Purpose.OPEN
    if opens:
        row.token_digest = token_digest(token)
    key = f"proof:{row.pk}"
    with translation.override(row.language):
        subject, body = _words(code, token if opens else "", short=address.kind == PHONE)
    write_to(address, key=key, subject=subject, body=body, now=now, language=row.language, brand=row.brand)


def _words(code: str, token: str, *, short: bool) -> tuple[str, str]:
    """Nothing about any case: whoever reads the phone over a shoulder learns that there is a code."""
    spaced = f"{code[:4]} {code[4:]}"
    if short:
        return "", _("Tanggap: kode Anda %(code)s, berlaku 20 menit. Jangan berikan kepada siapa pun.") % {
            "code": spaced
        }
    lines = [_("Kode Anda: %(code)s") % {"code": spaced}]
    if token:
        lines.append(_("Atau buka tautan ini:") + "\n" + absolute(f"/akun/buka/{token}/"))
    lines.append(_("Kode dan tautan berlaku 20 menit dan hanya sekali. Jangan berikan kepada siapa pun."))
    lines.append(_("Anda tidak memintanya? Abaikan surat ini; tidak ada yang terbuka."))
    return _("Kode Anda dari Tanggap"), "\n\n".join(lines)
