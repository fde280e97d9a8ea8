"""The turn of a batch has come: each case by itself, so that one refusal stops no other."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from tanggap.accounts.actor import Actor, actor_for
from tanggap.accounts.days import local_day
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to
from tanggap.common.errors import NotFound, Refused, TanggapError
from tanggap.console.bulk import BULK, Round
from tanggap.console.models import Batch, BatchItem

LONGEST_TROUBLE = 500


def run_batch(*, batch_id: int, now: datetime) -> int:
    """Do what is due and not undone; how many cases had their turn. May run twice: a case has one turn.

    The rights are those of this moment: whoever lost the post within the half minute does nothing any more.
    """
    if not _started(batch_id, now):
        return 0
    batch = Batch.objects.select_related("person").get(pk=batch_id)
    person = batch.person
    actor = actor_for(person, on=local_day(now)) if person.is_active else Actor(key=person.key, kind="staff")
    with override(batch.language):
        taken = sum(_turn(batch, item_id, actor, now) for item_id in _waiting(batch_id))
    Batch.objects.filter(pk=batch_id).update(done_at=now)
    return taken


def _started(batch_id: int, now: datetime) -> bool:
    """Mark it begun, against an undo at the same moment; true again for one that a crash left half done."""
    due = Batch.objects.filter(pk=batch_id, undone_at__isnull=True, done_at__isnull=True, run_at__lte=now)
    return bool(due.update(started_at=now))


def _waiting(batch_id: int) -> list[int]:
    return list(BatchItem.objects.filter(batch_id=batch_id, done_at__isnull=True).values_list("pk", flat=True))


@transaction.atomic
def _turn(batch: Batch, item_id: int, actor: Actor, now: datetime) -> bool:
    """Deed and note in one transaction: a crash between them would do it twice."""
    item = BatchItem.objects.select_for_update().filter(pk=item_id, done_at__isnull=True).first()
    if item is None:
        return False
    try:
        with transaction.atomic():
            case = _case_of(item, actor)
            BULK[batch.slug].do(Round(case, batch.values, actor, now))
    except TanggapError as error:
        item.trouble = error.message[:LONGEST_TROUBLE]
    item.done_at = now
    item.save(update_fields=["done_at", "trouble"])
    return True


def _case_of(item: BatchItem, actor: Actor) -> Case:
    """The case, its row locked, where it was when it was chosen: somebody may have moved it within the half minute.

    Raises NotFound, Refused.
    """
    rows = cases_visible_to(actor).select_related("agency", "body").select_for_update(of=("self",))
    case = rows.filter(pk=item.case_id).first()
    if case is None:
        raise NotFound(_("Laporan ini tidak lagi di meja Anda."))
    if item.agency_id is not None and item.agency_id != case.agency_id:
        raise Refused(
            _("Laporan ini pindah ke %(agency)s sesudah Anda memilihnya. Tidak ada yang diubah.")
            % {"agency": case.agency.name},
            code="stale",
        )
    return case
