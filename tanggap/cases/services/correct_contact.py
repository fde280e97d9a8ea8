"""The reporter corrects who they are and where they are reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.contact_proofs import EMAIL, Address
from tanggap.cases.identity import Contact, checked_contact, new_reporter, open_identity
from tanggap.cases.models import Case, Reporter
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.telling.ways import reporter_key, ways_to
from tanggap.cases.workflow import Action
from tanggap.common.errors import Refused
from tanggap.notify.services.readdress_recipient import readdress_recipient


@transaction.atomic
def correct_contact(
    *,
    tracking_id: str,
    actor: Actor,
    now: datetime,
    name: str | None = None,
    address: str | None = None,
    proved: Address | None = None,
) -> str:
    """Write what is given; None leaves a field. Phone and e-mail change only as `proved`: to what was answered from.

    Messages that wait follow to the new place. Returns what stood where `proved` stands now, so that the old place can
    be told. Raises Forbidden, Invalid, Refused where the identity was erased.
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.CORRECT_CONTACT, case)
    advanced(case, Action.CORRECT_CONTACT)
    row = Reporter.objects.filter(case=case).first()
    if row is not None and row.erased_at is not None:
        raise Refused(_("Data pelapor pada laporan ini sudah dihapus dan tidak diisi lagi."), code="erased")
    before = open_identity(case)
    after = checked_contact(_corrected(before, name=name, address=address, proved=proved))
    changed = sorted(field for field in LOOKED_AT if getattr(before, field) != getattr(after, field))
    if changed:
        _keep(case, row, after)
        if proved is not None:
            readdress_recipient(recipient_key=reporter_key(case), ways=ways_to(case), now=now)
        record_only(case, "case.contact_corrected", actor=actor, at=now, data={"fields": changed})
    return _old_place(before, proved) if changed else ""


LOOKED_AT = ("name", "phone", "email", "address")


def _corrected(before: Contact, *, name: str | None, address: str | None, proved: Address | None) -> Contact:
    after = replace(
        before,
        name=before.name if name is None else name,
        address=before.address if address is None else address,
    )
    if proved is None:
        return after
    return replace(after, email=proved.value) if proved.kind == EMAIL else replace(after, phone=proved.value)


def _keep(case: Case, row: Reporter | None, contact: Contact) -> None:
    """Seal anew; account, way of writing and wishes stay as they were."""
    made = new_reporter(case, contact)
    if row is None:
        if made is not None:
            made.save(force_insert=True)
        return
    row.sealed = made.sealed if made else None
    row.phone_index = made.phone_index if made else None
    row.email_index = made.email_index if made else None
    row.save(update_fields=["sealed", "phone_index", "email_index"])


def _old_place(before: Contact, proved: Address | None) -> str:
    if proved is None:
        return ""
    return before.email if proved.kind == EMAIL else before.phone
