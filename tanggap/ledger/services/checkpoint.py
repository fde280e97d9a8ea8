"""The daily seal over all streams: who rewrites a whole chain would have to forge these too."""

from __future__ import annotations

import zlib
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection, transaction
from django.db.models import Min

from tanggap.common.crypto import sign
from tanggap.ledger.chain import GENESIS, merkle_root
from tanggap.ledger.heads import heads_of_day, leaves, signed_content, written
from tanggap.ledger.models import Checkpoint, Event

_MOST_AT_ONCE = 400  # days caught up in one call, after a long standstill

_OLDEST_TRANSACTION = """
    SELECT min(xact_start) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def make_due_checkpoints(*, now: datetime) -> list[Checkpoint]:
    """Seal every finished day that has none yet, in order; the days before the first event are left out.

    A day is finished when no transaction that began on it is still open: an event carries the time its
    transaction began, so a late commit would otherwise change a day already sealed.
    """
    made: list[Checkpoint] = []
    day = _first_open_day()
    while day is not None and len(made) < _MOST_AT_ONCE and _is_finished(day, now):
        made.append(_seal_day(day, now))
        day += timedelta(days=1)
    return made


def _first_open_day() -> date | None:
    last = Checkpoint.objects.order_by("-day").values_list("day", flat=True).first()
    if last is not None:
        return last + timedelta(days=1)
    first = Event.objects.aggregate(first=Min("recorded_at"))["first"]
    return None if first is None else first.astimezone(UTC).date()


def _is_finished(day: date, now: datetime) -> bool:
    end = datetime.combine(day + timedelta(days=1), time.min, UTC)
    if now < end:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST_TRANSACTION)
        row = cursor.fetchone()
    return row is None or row[0] is None or row[0] >= end


@transaction.atomic
def _seal_day(day: date, now: datetime) -> Checkpoint:
    heads = heads_of_day(day)
    before = Checkpoint.objects.filter(day__lt=day).order_by("-day").first()
    previous = GENESIS if before is None else bytes(before.root)
    root = merkle_root(leaves(heads))
    return Checkpoint.objects.create(
        day=day,
        root=root,
        previous_root=previous,
        streams=len(heads),
        heads=zlib.compress(written(heads)),
        signature=sign(signed_content(day, root, previous, len(heads))),
        created_at=now,
    )
