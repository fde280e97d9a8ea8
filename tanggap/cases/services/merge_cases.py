"""Two reports of the same thing become one. Decided by a person, never by a machine, and it can be undone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.ending import archive
from tanggap.cases.models import Case
from tanggap.cases.policies import advanced, authorize
from tanggap.cases.recording import find_case, lock_case, record_only
from tanggap.cases.workflow import Action, ArchiveReason, State
from tanggap.common.errors import Invalid


@transaction.atomic
def merge_cases(*, tracking_id: str, into: str, actor: Actor, now: datetime) -> Case:
    """Archive `tracking_id` as a duplicate of `into`; both keep their reporters, the pair counts once.

    Locks in the order of the numbers, so that two opposite merges cannot wait for each other for ever. Raises
    Forbidden for a case the actor may not merge, Refused (wrong state), Invalid (the same case, a chain, the
    other one ended).
    """
    pair = sorted({find_case(tracking_id).pk, find_case(into).pk})
    if len(pair) == 1:
        raise Invalid(_("Kedua nomor itu laporan yang sama."), field="into", code="same")
    list(Case.objects.select_for_update().filter(pk__in=pair).order_by("pk"))
    case, kept = lock_case(tracking_id), lock_case(into)
    for one in (case, kept):
        authorize(actor, Action.MERGE, one)
    advanced(case, Action.MERGE)
    if kept.state == State.ARCHIVED or kept.merged_into_id is not None:
        raise Invalid(_("Laporan tujuan sudah diarsipkan."), field="into", code="ended")
    if case.guarded != kept.guarded or case.merged.exists():
        raise Invalid(
            _("Laporan rahasia tidak digabung dengan laporan terbuka, dan gabungan tidak digabung lagi."),
            field="into",
            code="unlike",
        )
    case.merged_into = kept
    archive(
        case,
        reason=ArchiveReason.DUPLICATE,
        explanation=_("Sama dengan laporan lain, yang diteruskan penanganannya."),
        event="case.merged",
        actor=actor,
        now=now,
        data={"into": kept.tracking_id},
    )
    record_only(kept, "case.merge_received", actor=actor, at=now, data={"from": case.tracking_id})
    return case
