"""A bulk button was pressed: written down, to happen in a little while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.common.jobs import wake_after_commit
from tanggap.console.bulk import BULK, MOST_AT_ONCE, UNDO
from tanggap.console.models import Batch, BatchItem

RUN = "run_batch"


@transaction.atomic
def plan_batch(
    *, slug: str, cases: Sequence[Case], values: dict[str, Any], language: str, actor: Actor, now: datetime
) -> Batch:
    """The batch with its cases. Whether each may be done is asked when its turn comes, as of then; refusals are told
    in `language`.

    Raises ValueError for a deed that is none, no case or too many: pages offer none of these.
    """
    if slug not in BULK or not 0 < len(cases) <= MOST_AT_ONCE:
        raise ValueError("no such batch")
    batch = Batch.objects.create(
        person_id=actor.own_id, slug=slug, values=values, language=language, created_at=now, run_at=now + UNDO
    )
    BatchItem.objects.bulk_create(BatchItem(batch=batch, case=case, agency_id=case.agency_id) for case in cases)
    wake_after_commit(task=RUN, queue="default", channel=str(batch.pk), at=batch.run_at)
    return batch
