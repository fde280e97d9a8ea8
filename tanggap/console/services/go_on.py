"""What a crash left standing in the officers' rooms is woken again; to be run every minute."""

from __future__ import annotations

from datetime import datetime

from tanggap.common.jobs import wake_after_commit
from tanggap.console.models import Batch, Export
from tanggap.console.services.ask_export import MAKE
from tanggap.console.services.plan_batch import RUN

MOST = 50


def go_on(*, now: datetime) -> int:
    """Batches that are due and exports not yet made; how many. A job that waits or runs already is not doubled."""
    batches = Batch.objects.filter(done_at__isnull=True, undone_at__isnull=True, run_at__lte=now)
    unready = [Export.State.WAITING, Export.State.RUNNING]
    exports = Export.objects.filter(state__in=unready, expires_at__gt=now)
    waiting = [
        *((RUN, pk) for pk in batches.order_by("run_at").values_list("pk", flat=True)[:MOST]),
        *((MAKE, pk) for pk in exports.order_by("pk").values_list("pk", flat=True)[:MOST]),
    ]
    for task, pk in waiting:
        wake_after_commit(task=task, queue="default", channel=str(pk))
    return len(waiting)
