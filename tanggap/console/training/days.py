"""Time in training: a working day passes when the trainee says so, for this trainee alone.

What a worker does outside happens here at once and in the sandbox's tables: the reporter who was asked answers, the
steps that are due are taken. Their messages stay rows of an outbox that nobody sends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from tanggap.accounts.actor import PUBLIC
from tanggap.cases.models import Case
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.cases.workflow import State
from tanggap.common.errors import Refused
from tanggap.common.worlds import SANDBOX, world
from tanggap.console.training.exercises import EXERCISES, tag_of
from tanggap.directory.selectors import agency_by_code, calendar_of
from tanggap.escalation.services.sweep import sweep
from tanggap.escalation.services.watch_case import watch_cases

MOST: Final = timedelta(days=60)
"""Farther on, calendars end."""
ANSWERED: Final = timedelta(hours=1)
LOOKED: Final = timedelta(hours=2)
"""After the opening of the office: when the reporter answers, and when the trainee looks again."""
_PASSED: Final = "SELECT seconds FROM latihan.passed WHERE person_id = %s"
_KEEP: Final = """
    INSERT INTO latihan.passed (person_id, seconds) VALUES (%s, %s)
    ON CONFLICT (person_id) DO UPDATE SET seconds = excluded.seconds
"""


@dataclass(frozen=True)
class Passed:
    """What the day brought."""

    at: datetime
    steps: int
    replies: int


def time_passed(person_id: int) -> timedelta:
    """How far this trainee's days have gone on before the real ones."""
    with connection.cursor() as cursor:
        cursor.execute(_PASSED, [person_id])
        row = cursor.fetchone()
    return timedelta(seconds=row[0] if row else 0)


def let_a_day_pass(*, person_id: int, body: str, now: datetime) -> Passed:
    """Until two hours after the next opening of `body`'s offices. `now` is the trainee's own present.

    Raises Refused after two months.
    """
    if world() != SANDBOX:
        raise RuntimeError("only in the sandbox")
    passed = time_passed(person_id)
    if passed > MOST:
        raise Refused(_("Latihan Anda sudah dua bulan di depan. Ambil laporan latihan yang baru."), code="far_ahead")
    calendar = calendar_of(agency_by_code(body).pk)
    opening = calendar.opening(calendar.add_working_days(calendar.local_date(now), 1))
    at = opening + LOOKED
    tags = {tag_of(person_id, exercise): exercise for exercise in EXERCISES}
    cases = list(Case.objects.filter(source_tag__in=tags).order_by("pk"))
    asked = [case for case in cases if case.state == State.ON_HOLD]
    for case in asked:
        said = tags[case.source_tag].reply
        actor = PUBLIC.proving(case.pk)
        reply_to_case(tracking_id=case.tracking_id, text=said, actor=actor, now=opening + ANSWERED, channel="web")
    ids = [case.pk for case in cases]
    watch_cases(ids, now=at)
    steps = sweep(now=at, among=ids).steps
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [person_id, int((passed + (at - now)).total_seconds())])
    return Passed(at, steps, len(asked))
