"""One part of an exported list, and the file when the last is there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from tanggap.accounts.actor import actor_for
from tanggap.accounts.days import local_day
from tanggap.console.exporting import MOST_ROWS, PART, cases_of, keep_part, keep_rest
from tanggap.console.models import Export
from tanggap.ledger.services.record import record

S = Export.State


@transaction.atomic
def make_export(*, export_id: int, now: datetime) -> bool:
    """Write the next part; whether more is to come. A part and the position behind it are one transaction, so that a
    job that died goes on where it was. The rights are those of the moment each part is read.
    """
    export = Export.objects.select_for_update().select_related("person").filter(pk=export_id).first()
    if export is None or export.state not in (S.WAITING, S.RUNNING) or export.expires_at <= now:
        return False
    actor = actor_for(export.person, on=local_day(now))
    if not export.person.is_active or not actor.is_staff:
        _end(export, S.FAILED, now)
        return False
    with override(export.language):
        cases = cases_of(export, actor, now)
        if export.total is None:
            export.total = cases.values("pk")[:MOST_ROWS].count()
        found = list(cases.filter(pk__gt=export.position)[: min(PART, MOST_ROWS - export.done)])
        if found:
            keep_part(export, found)
            export.position, export.done, export.state = found[-1].pk, export.done + len(found), S.RUNNING
            export.save(update_fields=["position", "done", "state", "total"])
            return True
        keep_rest(export)
    _end(export, S.READY, now)
    return False


def _end(export: Export, state: str, now: datetime) -> None:
    export.state, export.ready_at = state, now
    export.save(update_fields=["state", "ready_at", "total"])
    export.parts.update(rows=None)
    record(
        "export.ended",
        stream=f"export:{export.pk}",
        actor=export.person.key,
        at=now,
        data={"state": state, "rows": export.done},
        react=False,
    )
