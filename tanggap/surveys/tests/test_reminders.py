"""Reminders of surveys that were not run: once a year, never in a flood."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tanggap.accounts.models import Membership, Person
from tanggap.config import schedule
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_code
from tanggap.notify.models import Message
from tanggap.surveys.models import Service, Survey, SurveyPolicy, SurveyReminder
from tanggap.surveys.services.remind_surveys import remind_surveys
from tanggap.surveys.tests.filled import opened
from tests.cast import DAY, Cast

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def told() -> list[tuple[str, str]]:
    rows = Message.objects.filter(template="survey_reminder").order_by("id")
    return [(row.recipient_name, row.values["count"]) for row in rows]


@pytest.fixture
def counted(cast: Cast) -> None:
    """Years count since long ago; only 35.27 has had a coordinator for one."""
    SurveyPolicy.objects.update(counted_from=date(2020, 1, 1))
    Membership.objects.filter(person=cast.person("outsider")).update(starts_on=DAY.date() - timedelta(days=10))


def test_a_new_instance_reminds_nobody(cast: Cast) -> None:
    SurveyPolicy.objects.update(counted_from=DAY.date())
    assert remind_surveys(now=DAY) == 0
    assert remind_surveys(now=DAY + YEAR - timedelta(days=1)) == 0
    assert remind_surveys(now=DAY + YEAR) == 2
    assert sorted(told()) == [("Outsider", ""), ("Verifier", "")]


def test_a_year_without_any_service_is_told_once_a_year(counted: None, cast: Cast) -> None:
    assert remind_surveys(now=DAY) == 1
    assert told() == [("Verifier", "")]
    message = Message.objects.get(template="survey_reminder")
    assert message.values["agency"] == agency_by_code("35.27").full_name
    assert message.not_before >= DAY
    for later in (timedelta(0), timedelta(days=1), timedelta(days=364)):
        remind_surveys(now=DAY + later)
    assert [name for name, _count in told()].count("Verifier") == 1
    remind_surveys(now=DAY + YEAR)
    assert [name for name, _count in told()].count("Verifier") == 2


def test_a_service_counts_from_its_last_survey(counted: None, cast: Cast) -> None:
    survey = opened(cast)
    assert remind_surveys(now=DAY) == 0
    Service.objects.update(made_on=date(2024, 1, 1))
    Survey.objects.update(first=DAY.date() - 2 * YEAR, last=DAY.date() - YEAR + timedelta(days=1))
    assert remind_surveys(now=DAY) == 0, "one day too early"
    assert remind_surveys(now=DAY + timedelta(days=1)) == 1
    assert told() == [("Verifier", "1")]
    assert survey.service.name in Message.objects.get(template="survey_reminder").values["list"]


def test_no_more_bodies_a_day_than_the_policy_says(counted: None, cast: Cast) -> None:
    own = ["35.27", "35.02"]
    bodies = list(Agency.objects.filter(kind="ministry", status="active").exclude(code__in=own).order_by("code")[:4])
    assert len(bodies) == 4
    person = Person.objects.create(email="banyak@contoh.id", name="Banyak Jabatan", password="!")
    for body in bodies:
        Membership.objects.create(person=person, agency=body, role="coordinator", starts_on=date(2024, 1, 1))
    SurveyPolicy.objects.update(reminders_a_day=2)
    assert [remind_surveys(now=DAY + timedelta(days=n)) for n in (0, 0, 1, 2, 3)] == [2, 0, 2, 1, 0]
    assert SurveyReminder.objects.count() == 5


def test_the_timer_asks_for_it_and_an_empty_instance_has_nothing_to_say(cast: Cast) -> None:
    SurveyPolicy.objects.all().delete()
    schedule.remind_of_surveys(timestamp=0)
    assert told() == []
