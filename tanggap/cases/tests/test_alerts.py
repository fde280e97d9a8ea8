"""Who is woken, told and asked at once, and what stands in it; reactions run as the worker runs them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tanggap.accounts.actor import PUBLIC
from tanggap.accounts.models import Membership, OnCallShift, Person
from tanggap.accounts.selectors.on_call import on_call
from tanggap.cases.addressing import About
from tanggap.cases.models import Case
from tanggap.cases.services.archive_case import archive_case
from tanggap.cases.services.ask_agency import ask_agency
from tanggap.cases.services.mark_urgent import mark_urgent
from tanggap.cases.services.object_to_case import object_to_case
from tanggap.cases.services.report_pressure import report_pressure
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.common.clock import frozen
from tanggap.config.reactions import react
from tanggap.directory.selectors import agency_by_code
from tanggap.ledger.models import Event
from tanggap.notify.addressing import address_of
from tanggap.notify.models import Message
from tests.cast import DAY
from tests.paths import final

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FIRE = "Kebakaran di Jalan Randu, rumah zqcanaryzq terbakar, tolong segera!"


@pytest.fixture(autouse=True)
def _at_night():
    with frozen(DAY + 14 * HOUR):
        yield


def follow(case: Case) -> None:
    """Everything the worker does with the events of a case, twice over, as after a crash."""
    for _round in range(2):
        for event in Event.objects.filter(stream=case.stream).order_by("seq"):
            react.func(event.pk)


def told(template: str) -> dict[str, Message]:
    return {row.recipient_key: row for row in Message.objects.filter(template=template)}


def shift(person: Person, code: str) -> None:
    OnCallShift.objects.create(
        agency=agency_by_code(code), person=person, starts_at=DAY, ends_at=DAY + timedelta(days=2)
    )


def colleague(name: str, role: str, code: str) -> Person:
    person = Person.objects.create(email=f"{name}@contoh.id", name=name.title(), phone=f"+62811{len(name):07}")
    Membership.objects.create(
        person=person, agency=agency_by_code(code), role=role, starts_on=DAY.date() - timedelta(days=30)
    )
    return person


def test_an_urgent_case_wakes_the_person_on_call_once_at_night_with_nothing_but_number_clock_and_link(
    submit, cast
) -> None:
    night = colleague("jaga", "coordinator", "35.27")
    shift(night, "35.27")
    case = submit(text=FIRE).case
    assert case.urgent
    follow(case)
    (message,) = Message.objects.filter(template="urgent_case")
    assert message.recipient_key == night.key
    assert message.recipient_role == "on_call"
    assert message.urgent
    assert message.not_before == DAY + 14 * HOUR
    assert message.channel == "whatsapp"
    assert set(message.values) <= {"tracking_id", "link", "clock", "zone"}
    assert "zqcanaryzq" not in str(message.values)
    assert case.tracking_id in message.values["link"]


def test_without_a_shift_the_coordinators_are_woken_and_without_coordinators_the_nation(submit, cast) -> None:
    follow(submit(text=FIRE).case)
    assert set(told("urgent_case")) == {cast.person("verifier").key}
    follow(submit(text=FIRE, agency="35.02/dinkes").case)
    assert cast.person("outsider").key in told("urgent_case")
    follow(submit(text=FIRE, agency="ID").case)
    assert cast.person("national_admin").key in told("urgent_case")


def test_the_shift_of_the_nearest_level_counts(submit, cast) -> None:
    near = colleague("dekat", "coordinator", "35.27/dpupr")
    shift(near, "35.27/dpupr")
    shift(cast.person("verifier"), "35.27")
    assert on_call(agency_by_code("35.27/dpupr"), at=DAY + HOUR) == [near]
    assert on_call(agency_by_code("35.27/dinkes"), at=DAY + HOUR) == [cast.person("verifier")]
    assert on_call(agency_by_code("35.02"), at=DAY + HOUR) == [cast.person("outsider")]


def test_nobody_whom_the_case_is_about_is_woken(cast) -> None:
    accused = colleague("terlapor", "coordinator", "35.27/dinkes")
    shift(accused, "35.27")
    about = About(agencies=[agency_by_code("35.27/dinkes")])
    for classification in ("complaint", "supervisory_complaint"):
        case = submit_case(
            submission=Submission(
                text="Kepala klinik memukul pasien, korban luka parah.",
                channel="web",
                about=about,
                agency=agency_by_code("35.27"),
                classification=classification,
            ),
            actor=PUBLIC,
            now=DAY,
        ).case
        assert case.urgent
        follow(case)
    rows = Message.objects.filter(template="urgent_case")
    assert rows.count() >= 2
    for key in (accused.key, cast.person("health_officer").key, cast.person("unit_head").key):
        assert not rows.filter(recipient_key=key).exists()


def test_a_case_that_starts_with_the_inspector_wakes_the_inspector(cast) -> None:
    case = submit_case(
        submission=Submission(
            text="Kepala dinas memukul stafnya sampai pingsan.",
            channel="web",
            about=About(agencies=[agency_by_code("35.27/dinkes")]),
            agency=agency_by_code("35.27"),
        ),
        actor=PUBLIC,
        now=DAY,
    ).case
    follow(case)
    assert set(told("urgent_case")) == {cast.person("inspector").key}


def test_with_nobody_to_wake_a_row_without_address_is_an_alarm(submit, cast) -> None:
    Membership.objects.all().delete()
    follow(submit(text=FIRE).case)
    (message,) = Message.objects.filter(template="urgent_case")
    assert message.state == "undeliverable"
    assert message.recipient_role == "on_call"


def test_a_calm_case_wakes_nobody(submit, cast) -> None:
    follow(submit().case)
    assert not told("urgent_case")


def test_what_has_not_left_is_called_back_once_somebody_has_looked(submit, cast) -> None:
    case = submit(text=FIRE).case
    follow(case)
    archive_case(
        tracking_id=case.tracking_id,
        reason="spam",
        explanation="Bukan laporan.",
        actor=cast["verifier"],
        now=DAY + HOUR,
    )
    follow(case)
    assert {row.state for row in told("urgent_case").values()} == {"cancelled"}


def test_marked_by_a_verifier_it_wakes_as_well(submit, cast) -> None:
    case = submit().case
    mark_urgent(
        tracking_id=case.tracking_id,
        urgent=True,
        reason="Kabelnya menjuntai di halaman sekolah.",
        actor=cast["verifier"],
        now=DAY + HOUR,
    )
    follow(case)
    assert set(told("urgent_case")) == {cast.person("verifier").key}


def test_pressure_is_told_to_an_inspector_and_the_ombudsman_and_nobody_else_has_a_row(case_in, cast) -> None:
    case = case_in("in_progress")
    before = set(Message.objects.values_list("pk", flat=True))
    report_pressure(tracking_id=case.tracking_id, actor=cast["citizen"].proving(case.pk), now=DAY + 5 * HOUR)
    event = Event.objects.get(stream=case.stream, name="case.pressure_reported")
    react.func(event.pk)
    react.func(event.pk)
    rows = Message.objects.exclude(pk__in=before)
    assert {row.recipient_key for row in rows} == {cast.person("inspector").key, cast.person("ombudsman").key}
    assert {row.template for row in rows} == {"pressure_reported"}
    for row in rows:
        assert set(row.values) <= {"tracking_id", "link", "clock", "zone"}
        assert (row.stream, row.payer) == ("", ""), "found beside the case, it would tell the agency"


def test_pressure_in_a_case_about_the_inspectorate_passes_its_inspector_over(case_in, cast, submit) -> None:
    case = case_in("in_progress", about=["35.27/inspektorat"], unit="35.27/dpupr", classification="complaint")
    Membership.objects.filter(person=cast.person("inspector")).update(agency=agency_by_code("35.27/inspektorat"))
    report_pressure(tracking_id=case.tracking_id, actor=cast["citizen"].proving(case.pk), now=DAY + 5 * HOUR)
    react.func(Event.objects.get(stream=case.stream, name="case.pressure_reported").pk)
    assert set(told("pressure_reported")) == {cast.person("ombudsman").key}


def test_a_second_objection_tells_the_ombudsman_where_the_bundle_waits(case_in, cast) -> None:
    from tanggap.cases.services.answer_case import answer_case

    case = case_in("answered")
    reporter = cast["citizen"].proving(case.pk)
    for hours in (3, 5):
        object_to_case(tracking_id=case.tracking_id, text="Belum selesai.", actor=reporter, now=DAY + hours * HOUR)
        if hours == 3:
            answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast["other_officer"], now=DAY + 4 * HOUR)
    follow(case)
    (message,) = told("objection_bundle").values()
    assert message.recipient_key == cast.person("ombudsman").key
    assert address_of(message) == "ombudsman@contoh.id"
    assert f"/kerja/l/{case.tracking_id}/" in message.values["link"]


def test_an_inquiry_is_told_to_coordinator_and_liaison_officers_of_the_agency_asked(case_in, cast) -> None:
    case = case_in("in_progress")
    ask_agency(tracking_id=case.tracking_id, question="Zqtanyazq kapan?", actor=cast["ombudsman"], now=DAY + 5 * HOUR)
    follow(case)
    rows = told("inquiry_asked")
    assert set(rows) == {cast.person(name).key for name in ("verifier", "officer", "other_officer")}
    assert all("zqtanyazq" not in str(row.values).lower() for row in rows.values())
