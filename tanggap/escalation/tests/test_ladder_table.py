"""The ladders of DOMAIN §4, date by date, to be checked by hand against this calendar:

      Mo Tu We Th Fr Sa Su          off: Thu 14 May (Ascension), Fri 15 May (joint leave) – a long weekend –
 May  11 12 13 -- -- 16 17               Wed 27 May (Idul Adha), Thu 28 May (joint leave), Mon 1 Jun (Pancasila)
      18 19 20 21 22 23 24          five-day office: Monday to Friday 08.00–16.00
      25 26 -- -- 29 30 31          six-day office: Monday to Saturday 07.30–14.00
 Jun  -- 02 03 04 05 06 07          posts above the unit always keep five days; the nation's are in Jakarta (WIB)
      08 09 10 11 12 13 14

Working days after Tuesday 12 May:
 five days: 1 = 13 May, 2 = 18, 3 = 19, 4 = 20, 5 = 21, 6 = 22, 7 = 25, 8 = 26, 9 = 29, 10 = 2 Jun, 11 = 3 Jun,
            12 = 4, 13 = 5, 14 = 8, 15 = 9, 16 = 10, 17 = 11, 18 = 12, 19 = 15
 six days:  1 = 13 May, 2 = 16 (Sat), 3 = 18, 4 = 19, 5 = 20, 6 = 21, 7 = 22, 8 = 23 (Sat), 9 = 25, 10 = 26, 11 = 29,
            12 = 30 (Sat), 13 = 2 Jun, 14 = 3, 15 = 4, 16 = 5, 17 = 6 (Sat), 18 = 8, 19 = 9
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

import pytest

from tanggap.accounts.actor import PUBLIC
from tanggap.cases.models import Case
from tanggap.cases.services.answer_case import Draft, answer_case
from tanggap.cases.services.object_to_case import object_to_case
from tanggap.cases.texts import Answer
from tanggap.escalation.models import TakenStep
from tanggap.escalation.tests.world import ZONES, acting, forwarded, live_through, six_days, staffed, submitted

UNITS = {"WIB": "35.78/dinkes", "WITA": "53.71/dinkes", "WIT": "91.71/dinkes"}
SAMPANG = "35.27/dinkes"


class Row(NamedTuple):
    """When (local date and time), what, to whom."""

    at: str
    kind: str
    role: str


OPENS, SIX_OPENS = "08:00", "07:30"
NATION = "08:00 WIB"
"""The national admin's and the ombudsman's office opens in Jakarta, whatever the hour is at the unit."""

FIRST_ANSWER = [
    Row("05-12 10:00", "message", "liaison_officer"),  # at once
    Row("05-13 08:00", "reminder", "liaison_officer"),  # 1
    Row("05-19 08:00", "reminder", "liaison_officer"),  # 3, over the long weekend
    Row("05-22 08:00", "letter_1", "unit_head"),  # more than 5
    Row("05-26 08:00", "letter_2", "unit_head"),  # more than 7
    Row("06-03 08:00", "escalation", "regional_head"),  # more than 10
]
FIRST_ANSWER_SIX = [
    Row("05-12 10:00", "message", "liaison_officer"),
    Row("05-13 07:30", "reminder", "liaison_officer"),
    Row("05-18 07:30", "reminder", "liaison_officer"),
    Row("05-21 07:30", "letter_1", "unit_head"),
    Row("05-23 07:30", "letter_2", "unit_head"),  # a Saturday on which the unit works
    Row("05-29 08:00", "escalation", "regional_head"),
]
VERIFICATION = [
    Row("05-12 10:00", "message", "coordinator"),
    Row("05-18 08:00", "reminder", "coordinator"),  # 2
    Row("05-20 08:00", "letter_1", "sekda"),  # after 3
    Row("05-22 08:00 WIB", "escalation", "national_admin"),  # after 5
]
RESOLUTION = [  # 14 working days: Monday 8 June
    Row("06-03 08:00", "reminder", "liaison_officer"),  # 3 before: 5, 4, 3 June
    Row("06-09 08:00", "letter_1", "unit_head"),  # the day after
    Row("06-11 08:00", "escalation", "regional_head"),  # 3 after
    Row("06-15 08:00 WIB", "escalation", "national_admin"),  # 5 after
]
RESOLUTION_SIX = [  # Wednesday 3 June
    Row("05-29 07:30", "reminder", "liaison_officer"),  # 3 before: 2 June, 30 and 29 May
    Row("06-04 07:30", "letter_1", "unit_head"),
    Row("06-08 08:00", "escalation", "regional_head"),  # 3 after is Saturday 6 June: that office opens on Monday
    Row("06-09 08:00 WIB", "escalation", "national_admin"),
]
OBJECTION = [
    Row("05-12 10:00", "message", "coordinator"),
    Row("05-19 08:00", "reminder", "coordinator"),
    Row("05-22 08:00", "escalation", "regional_head"),
]
SAMPANG_FIRST_ANSWER = [
    Row("05-12 10:00", "message", "liaison_officer"),
    Row("05-13 08:00", "reminder", "liaison_officer"),  # 1
    Row("05-18 08:00", "letter_1", "unit_head"),  # 2
    Row("05-19 08:00", "letter_2", "unit_head"),  # 3
    Row("05-20 08:00", "escalation", "regional_head"),  # more than 3
    Row("05-22 08:00", "notice", "national_admin"),  # more than 5
]
SAMPANG_SIX = [
    Row("05-12 10:00", "message", "liaison_officer"),
    Row("05-13 07:30", "reminder", "liaison_officer"),
    Row("05-16 07:30", "letter_1", "unit_head"),
    Row("05-18 07:30", "letter_2", "unit_head"),
    Row("05-19 08:00", "escalation", "regional_head"),
    Row("05-21 08:00", "notice", "national_admin"),
]
# Forwarded on Tuesday 19 May, the fourth day of a six-day office is Saturday 23: the regent's office opens on Monday.
SAMPANG_SIX_FROM_19 = [
    Row("05-19 10:00", "message", "liaison_officer"),
    Row("05-20 07:30", "reminder", "liaison_officer"),
    Row("05-21 07:30", "letter_1", "unit_head"),
    Row("05-22 07:30", "letter_2", "unit_head"),
    Row("05-25 08:00", "escalation", "regional_head"),
    Row("05-26 08:00", "notice", "national_admin"),
]


def moment(text: str, zone: str) -> datetime:
    """ "05-12 10:00" in a zone; "08:00 WIB" names its own."""
    day, clock, *own = text.split()
    return datetime.fromisoformat(f"2026-{day}T{clock}").replace(tzinfo=ZONES[own[0] if own else zone])


def taken(case: Case, clock: str) -> list[tuple[datetime, str, str]]:
    rows = TakenStep.objects.filter(case=case, clock=clock).order_by("due_at", "pk")
    assert {row.state for row in rows} == {"taken"}
    assert all(row.decided_at == row.due_at for row in rows), "each was taken the moment it was due"
    return [(row.due_at, row.kind, row.role) for row in rows]


def expected(rows: list[Row], zone: str) -> list[tuple[datetime, str, str]]:
    return [(moment(row.at, zone), row.kind, row.role) for row in rows]


def end_of(zone: str) -> datetime:
    return moment("06-30 12:00", zone)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("six", "first_answer", "resolution"),
    [(False, FIRST_ANSWER, RESOLUTION), (True, FIRST_ANSWER_SIX, RESOLUTION_SIX)],
    ids=["five days", "six days"],
)
def test_the_national_ladders_of_an_unanswered_case(
    db: None, zone: str, six: bool, first_answer: list[Row], resolution: list[Row]
) -> None:
    unit = UNITS[zone]
    people = staffed(unit)
    if six:
        six_days(unit)
    start = moment("05-12 10:00", zone)
    case = forwarded(unit, people, start)
    live_through([case], start, end_of(zone))
    assert taken(case, "first_answer") == expected(first_answer, zone)
    assert taken(case, "resolution") == expected(resolution, zone)


@pytest.mark.parametrize("zone", ZONES)
def test_the_ladder_of_a_case_nobody_verifies(db: None, zone: str) -> None:
    staffed(UNITS[zone])
    start = moment("05-12 10:00", zone)
    case = submitted(UNITS[zone].split("/")[0], start)
    live_through([case], start, end_of(zone))
    assert taken(case, "verification") == expected(VERIFICATION, zone)


@pytest.mark.parametrize("zone", ZONES)
def test_the_ladder_of_an_objection(db: None, zone: str) -> None:
    people = staffed(UNITS[zone])
    monday, start = moment("05-11 09:00", zone), moment("05-12 10:00", zone)
    case = forwarded(UNITS[zone], people, monday)
    final = Draft(
        text="Dua lampu di depan pasar sudah diganti regu penerangan pada Senin siang.",
        final=True,
        answer=Answer(kind="done", done_on=date(2026, 5, 11), office="Bidang Penerangan"),
    )
    answerer = acting(people["liaison_officer"])
    answer_case(tracking_id=case.tracking_id, draft=final, actor=answerer, now=monday + timedelta(hours=4))
    reporter = PUBLIC.proving(case.pk)
    object_to_case(tracking_id=case.tracking_id, text="Lampunya masih padam.", actor=reporter, now=start)
    live_through([case], start, end_of(zone))
    assert taken(case, "objection") == expected(OBJECTION, zone)
    assert not TakenStep.objects.filter(case=case, clock="resolution").exists(), "an objection has its own limit"


@pytest.mark.parametrize(
    ("six", "start", "rows"),
    [
        (False, "05-12 10:00", SAMPANG_FIRST_ANSWER),
        (True, "05-12 10:00", SAMPANG_SIX),
        (True, "05-19 10:00", SAMPANG_SIX_FROM_19),
    ],
    ids=["five days", "six days", "six days under a five-day office"],
)
def test_the_preset_of_sampang(db: None, six: bool, start: str, rows: list[Row]) -> None:
    people = staffed(SAMPANG)
    if six:
        six_days(SAMPANG)
    at = moment(start, "WIB")
    case = forwarded(SAMPANG, people, at)
    live_through([case], at, end_of("WIB"))
    assert taken(case, "first_answer") == expected(rows, "WIB")


@pytest.mark.parametrize(
    ("six", "opening"), [(False, "05-18 08:00"), (True, "05-16 07:30")], ids=["five days", "six days"]
)
def test_at_once_at_night_before_a_long_weekend_waits_for_the_opening(db: None, six: bool, opening: str) -> None:
    people = staffed(SAMPANG)
    if six:
        six_days(SAMPANG)
    night = moment("05-13 20:00", "WIB")
    case = forwarded(SAMPANG, people, night)
    live_through([case], night, moment("05-15 23:00", "WIB"))
    assert not TakenStep.objects.exists()
    live_through([case], night, moment(opening, "WIB"))
    first = TakenStep.objects.filter(case=case, kind="message").get()
    assert first.due_at == first.decided_at == moment(opening, "WIB")
