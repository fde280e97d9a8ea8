"""What a broken provider kept past closing waits for the next opening of its recipient."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tanggap.accounts.models import Delegation, Membership
from tanggap.escalation.office_hours import openings
from tanggap.escalation.services.sweep import sweep
from tanggap.escalation.services.watch_case import watch_cases
from tanggap.escalation.tests.world import ZONES, forwarded, person, six_days, staffed
from tanggap.notify.models import Message, MessageState
from tanggap.notify.services.deliver import deliver

UNIT = "53.71/dinkes"
WITA = ZONES["WITA"]
START = datetime(2026, 5, 12, 10, tzinfo=WITA)  # a Tuesday; Thursday and Friday are days off
EVENING = datetime(2026, 5, 13, 17, tzinfo=WITA)
NEXT_OPENING = datetime(2026, 5, 18, 8, tzinfo=WITA)


@pytest.fixture
def waiting(db: None, settings: Any, tmp_path: Path) -> Message:
    """A message to the liaison officer, decided in office hours and not yet gone."""
    settings.DATA_DIR = tmp_path
    case = forwarded(UNIT, staffed(UNIT), START)
    watch_cases([case.pk], now=START)
    sweep(now=START)
    return Message.objects.get(stream=case.stream, recipient_role="liaison_officer")


def sent(message: Message) -> bool:
    message.refresh_from_db()
    return message.state != MessageState.PENDING


def test_it_goes_during_office_hours_and_not_in_the_evening(waiting: Message) -> None:
    deliver(channel="email", now=EVENING, hours=openings)
    assert not sent(waiting)
    assert waiting.not_before == NEXT_OPENING, "over the long weekend"
    deliver(channel="email", now=NEXT_OPENING - timedelta(minutes=1), hours=openings)
    assert not sent(waiting)
    deliver(channel="email", now=NEXT_OPENING, hours=openings)
    assert sent(waiting)


def test_an_office_that_works_on_saturday_hears_on_saturday(waiting: Message) -> None:
    six_days(UNIT)
    assert openings([waiting], EVENING)[waiting.pk] == datetime(2026, 5, 16, 7, 30, tzinfo=WITA)


def test_whoever_stands_in_is_reached_in_the_hours_of_the_office_stood_in_for(waiting: Message) -> None:
    post = Membership.objects.get(role="liaison_officer", agency__code=UNIT)
    other = person("unit_head", "91.71/dinkes", email="pengganti@contoh.id")
    Delegation.objects.create(
        membership=post, to_person=other, starts_on=START.date(), ends_on=EVENING.date(), reason="cuti"
    )
    waiting.recipient_key = other.key
    early = datetime(2026, 5, 13, 7, 30, tzinfo=WITA)  # half past eight in Jayapura
    assert openings([waiting], early)[waiting.pk] == datetime(2026, 5, 13, 8, tzinfo=WITA)


def test_danger_and_what_is_no_step_know_no_hours(waiting: Message) -> None:
    waiting.urgent = True
    assert openings([waiting], EVENING) == {}
    waiting.urgent, waiting.source = False, "event:7"
    assert openings([waiting], EVENING) == {}
