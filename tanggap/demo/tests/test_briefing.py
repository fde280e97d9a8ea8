"""The example shows a leader's brief and what became of two tasks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.core.management import call_command

from tanggap.accounts.actor import actor_for
from tanggap.accounts.models import Person
from tanggap.common.clock import frozen
from tanggap.demo.briefing import brief_the_leaders, last_open
from tanggap.directory.selectors import calendar_of, root_agency
from tanggap.evaluation.models import SentBrief, Task
from tanggap.evaluation.selectors.tasks import tasks_visible_to

pytestmark = pytest.mark.django_db


def test_the_demo_leader_has_letters_and_an_answered_task(tmp_path, settings):
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    now = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)
    with frozen(now):
        call_command("load_demo", "--day", "2026-11-18", "--cases", "150")
        brief_the_leaders(now=now, tell=lambda _line: None)
    leader = Person.objects.get(email="leader@demo.tanggap.id")
    assert SentBrief.objects.filter(person=leader).count() == 2
    tasks = tasks_visible_to(actor_for(leader, on=now.date()))
    assert 1 <= tasks.count() == Task.objects.count() <= 2
    assert tasks.filter(state="answered").count() == 1


@pytest.mark.parametrize("at", ["2026-11-18T00:30", "2026-11-18T03:00", "2026-11-22T05:00", "2026-08-17T20:00"])
def test_letters_go_out_an_hour_into_the_last_office_day(at):
    now = datetime.fromisoformat(f"{at}:00+00:00")
    found = last_open(calendar_of(root_agency().pk), now)
    assert found <= now
    assert calendar_of(root_agency().pk).is_open(found)
