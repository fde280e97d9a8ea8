"""Who wrote a case is forgotten; the case, its history and every figure stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.erasing import bury, end_own_follow, hiding_of, take_out
from tanggap.cases.models import Case
from tanggap.cases.policies import authorize
from tanggap.cases.recording import lock_case, save_case
from tanggap.cases.workflow import Action
from tanggap.ledger.services.shred import shred

ASKED, OLD = "asked", "old"
"""Why: the reporter's wish, or the time that identities are kept is over."""


@transaction.atomic
def erase_identity(*, tracking_id: str, why: str, with_files: bool = False, actor: Actor, now: datetime) -> Case:
    """Shred what is personal in the case and its parts, by the clock alone. Running it twice changes nothing more.

    The events keep their hashes: nothing personal stands in what is hashed, and what stands beside it is blanked.
    Raises Forbidden.
    """
    case = lock_case(tracking_id)
    authorize(actor, Action.ERASE_IDENTITY, case)
    hiding = hiding_of(case)
    end_own_follow(case, now=now)
    parts = Case.objects.select_for_update(of=("self",)).select_related("agency", "body").filter(parent=case)
    for one in (case, *parts.order_by("pk")):
        files = take_out(one, hiding=hiding, with_files=with_files, now=now)
        if one is case:
            bury(case, now=now)
        shred(stream=one.stream, actor=actor.key, now=now)
        data = {"why": why, "files": files}
        save_case(one, "case.identity_erased", actor=actor, at=now, data=data, wake=False)
    return case
