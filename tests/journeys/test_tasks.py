"""A line of a brief becomes somebody's task, is answered and judged."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tanggap.cases.models import Case
from tanggap.common.clock import frozen
from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.models import Task, TaskEntry
from tanggap.evaluation.services.remind_tasks import remind_tasks
from tanggap.ledger.models import Event
from tanggap.notify.models import Message
from tests.journeys.brief_world import INSIDE, MONDAY, case
from tests.journeys.console import sign_in
from tests.journeys.test_briefs import BRIEF, a_wave, read

pytestmark = pytest.mark.django_db
HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
TASKS = "/kerja/tugas/"
DUE = MONDAY.date() + 3 * A_DAY


@pytest.fixture(autouse=True)
def _monday():
    with frozen(MONDAY):
        yield


@pytest.fixture
def at_desk(cast):
    return lambda name: sign_in(cast, name)


def given(leader: Any, unit: str = "35.27/dinkes", **fields: Any) -> Task:
    """A task about the late cases of a unit."""
    agency = agency_by_code(unit)
    line = f"unit:{agency.pk}"
    sent = {"to": line, "text": "Jawab semuanya pekan ini.", "due_on": DUE.isoformat(), **fields}
    answer = leader.post(f"{TASKS}baru/?baris={line}&tanggal=2026-11-16", sent)
    assert answer.status_code == 302, read(answer)
    return Task.objects.latest("pk")


def told(template: str) -> set[str]:
    return set(Message.objects.filter(template=template).values_list("recipient_name", flat=True))


def test_a_line_becomes_a_task_and_comes_back_answered(at_desk) -> None:
    late = case(INSIDE - 40 * A_DAY, unit="35.27/dinkes", due_at=MONDAY - 9 * A_DAY)
    leader, unit_head = at_desk("leader"), at_desk("unit_head")
    line = f"unit:{late.agency_id}"
    page = leader.get(BRIEF).content.decode()
    assert f"/kerja/tugas/baru/?periode=minggu&amp;tanggal=2026-11-16&amp;instansi=35.27&amp;baris={line}" in page
    proposed = leader.get(f"{TASKS}baru/?baris={line}&tanggal=2026-11-16").content.decode()
    assert "Apa yang menahan Dinas Kesehatan" in proposed
    assert f'<option value="{line}" selected' in proposed

    task = given(leader)
    assert told("task_assigned") == {"Health Officer", "Unit Head"}
    assert all("Jawab semuanya" not in str(row.values) for row in Message.objects.filter(template="task_assigned"))
    words = read(unit_head.get(f"{TASKS}{task.pk}/"))
    assert "Jawab semuanya pekan ini." in words
    assert "Pimpinan Pemerintah Kabupaten Sampang" in words
    assert late.tracking_id in words

    answer = {"langkah": "answer", "text": "Sudah kami jawab.", "numbers": f" {late.tracking_id.lower()}, "}
    assert unit_head.post(f"{TASKS}{task.pk}/", answer).status_code == 302
    assert told("task_answered") == {"Leader"}
    words = read(leader.get(f"{TASKS}{task.pk}/"))
    assert "Sudah kami jawab." in words
    assert f"{late.tracking_id} {late.title}" in words

    back = {"langkah": "return", "text": "Sebutkan tanggalnya.", "due_on": (DUE + A_DAY).isoformat()}
    assert leader.post(f"{TASKS}{task.pk}/", back).status_code == 302
    assert told("task_returned") == {"Health Officer", "Unit Head"}
    at_desk("verifier").post(f"{TASKS}{task.pk}/", {"langkah": "answer", "text": "Tanggal 20 November."})
    assert leader.post(f"{TASKS}{task.pk}/", {"langkah": "accept"}).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.due_on) == ("accepted", DUE + A_DAY)
    names = list(Event.objects.filter(stream=task.stream).order_by("seq").values_list("name", flat=True))
    assert names == ["task.assigned", "task.answered", "task.returned", "task.answered", "task.accepted"]
    assert [entry.kind for entry in task.entries.all()] == ["assign", "answer", "return", "answer", "accept"]
    assert "Sudah diterima" in read(leader.get(TASKS))


def test_who_sees_a_task_and_who_does_not(at_desk, cast) -> None:
    task = given(at_desk("leader"))
    for name, status in (
        ("leader", 200), ("unit_head", 200), ("health_officer", 200), ("verifier", 200), ("officer", 404),
        ("inspector", 404), ("outsider", 404), ("national_admin", 404), ("evaluator", 404), ("citizen", 404),
    ):  # fmt: skip
        assert at_desk(name).get(f"{TASKS}{task.pk}/").status_code == status, name
    assert at_desk("leader").get(f"{TASKS}999999/").status_code == 404
    for name in ("officer", "inspector", "outsider", "leader", "unit_head"):
        step = "answer" if name == "leader" else "accept"
        at_desk(name).post(f"{TASKS}{task.pk}/", {"langkah": step, "text": "Selesai."})
    task.refresh_from_db()
    assert task.state == "open"
    assert task.entries.count() == 1


def test_a_task_for_one_officer_is_that_officers(at_desk, cast) -> None:
    from tanggap.accounts.models import Membership

    post = Membership.objects.get(person=cast.person("officer"))
    task = given(at_desk("leader"), to=f"petugas:{post.pk}")
    assert (task.officer, task.agency.code) == (cast.person("officer"), "35.27/dpupr")
    assert told("task_assigned") == {"Officer"}
    assert at_desk("officer").get(f"{TASKS}{task.pk}/").status_code == 200
    assert at_desk("other_officer").get(f"{TASKS}{task.pk}/").status_code == 404
    assert at_desk("officer").post(f"{TASKS}{task.pk}/", {"langkah": "answer", "text": "Siap."}).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""}, {"text": " \x00 "}, {"text": "a" * 2001}, {"due_on": ""}, {"due_on": "kemarin"},
        {"due_on": "2026-11-22"}, {"due_on": "2028-11-22"}, {"to": ""}, {"to": "unit:1"}, {"to": "unit:x"},
        {"to": "petugas:999999"}, {"to": "unit:" + "9" * 40},
    ],
)  # fmt: skip
def test_a_wrong_task_changes_nothing_and_keeps_what_was_typed(at_desk, wrong) -> None:
    agency = agency_by_code("35.27/dinkes")
    sent = {"to": f"unit:{agency.pk}", "text": "Jawab.", "due_on": DUE.isoformat(), **wrong}
    answer = at_desk("leader").post(f"{TASKS}baru/", sent)
    assert answer.status_code == 422
    assert not Task.objects.exists()
    assert not Message.objects.filter(template__startswith="task").exists()
    if wrong.keys() == {"due_on"}:
        assert "Jawab." in answer.content.decode()


def test_only_leaders_give_and_only_below_themselves(at_desk) -> None:
    elsewhere = agency_by_code("35.02")
    sent = {"to": f"unit:{elsewhere.pk}", "text": "Jawab.", "due_on": DUE.isoformat()}
    assert at_desk("leader").post(f"{TASKS}baru/", sent).status_code == 422
    for name in ("verifier", "officer", "inspector", "evaluator", "national_admin"):
        assert at_desk(name).post(f"{TASKS}baru/", sent).status_code == 404
    assert not Task.objects.exists()


def test_no_guarded_case_is_named_in_a_task(at_desk) -> None:
    task = given(at_desk("leader"))
    hidden = case(INSIDE, unit="35.27/dinkes", guarded=True, secret=True, published=False)
    elsewhere = case(INSIDE, unit="35.27/dpupr")
    unit_head = at_desk("unit_head")
    for number in (hidden.tracking_id, elsewhere.tracking_id, "XXXX", "\x00", "7" * 300):
        sent = {"langkah": "answer", "text": "Lihat laporan.", "numbers": number}
        assert unit_head.post(f"{TASKS}{task.pk}/", sent).status_code in (302, 422)
    named = {"langkah": "answer", "text": f"Lihat {hidden.tracking_id}."}
    answer = unit_head.post(f"{TASKS}{task.pk}/", named)
    assert answer.status_code == 422
    assert "tidak boleh disebut di sini" in read_any(answer)
    assert not TaskEntry.objects.filter(text__contains=hidden.tracking_id).exists()
    assert not any(hidden.pk in entry.case_ids for entry in TaskEntry.objects.all())


def read_any(page: Any) -> str:
    return str(page.content.decode())


def test_a_linked_case_that_was_guarded_later_is_gone(at_desk) -> None:
    leader = at_desk("leader")
    task, shown = given(leader), case(INSIDE, unit="35.27/dinkes")
    sent = {"langkah": "answer", "text": "Sudah.", "numbers": shown.tracking_id}
    at_desk("unit_head").post(f"{TASKS}{task.pk}/", sent)
    assert shown.tracking_id in leader.get(f"{TASKS}{task.pk}/").content.decode()
    Case.objects.filter(pk=shown.pk).update(guarded=True, secret=True, published=False)
    assert shown.tracking_id not in leader.get(f"{TASKS}{task.pk}/").content.decode()


def test_two_answers_are_one(at_desk) -> None:
    task = given(at_desk("leader"))
    sent = {"langkah": "answer", "text": "Sudah."}
    assert at_desk("unit_head").post(f"{TASKS}{task.pk}/", sent).status_code == 302
    page = at_desk("health_officer").post(f"{TASKS}{task.pk}/", sent, follow=True)
    assert "sudah berubah sejak halaman Anda dibuka" in page.content.decode()
    assert task.entries.filter(kind="answer").count() == 1


def reminded(at: datetime) -> set[str]:
    before = set(Message.objects.values_list("pk", flat=True))
    remind_tasks(now=at)
    new = Message.objects.filter(template="task_reminder").exclude(pk__in=before)
    return set(new.values_list("recipient_name", flat=True))


def test_reminders_a_working_day_before_and_on_the_day_once_each(at_desk) -> None:
    task = given(at_desk("leader"))  # Monday, due on Thursday
    assert reminded(MONDAY) == set()
    assert reminded(MONDAY + A_DAY) == set()
    assert reminded(MONDAY + 2 * A_DAY) == {"Health Officer", "Unit Head"}
    assert reminded(MONDAY + 2 * A_DAY + HOUR) == set()
    assert reminded((MONDAY + 3 * A_DAY).replace(hour=6)) == set()
    assert reminded(MONDAY + 3 * A_DAY) == {"Health Officer", "Unit Head", "Leader"}
    assert reminded(MONDAY + 4 * A_DAY) == set()
    assert reminded(MONDAY + 30 * A_DAY) == set()
    Task.objects.filter(pk=task.pk).update(due_on=DUE + 7 * A_DAY, state="answered")
    assert reminded(MONDAY + 10 * A_DAY) == set()


def test_an_outage_over_the_day_tells_once_and_a_long_one_not_at_all(at_desk) -> None:
    given(at_desk("leader"))
    assert reminded(MONDAY + 7 * A_DAY) == {"Health Officer", "Unit Head", "Leader"}
    given(at_desk("leader"), unit="35.27/dpupr")
    assert reminded(MONDAY + 21 * A_DAY) == set()


def test_a_task_from_a_cluster_shows_its_cases(at_desk) -> None:
    topic, place = a_wave()
    unit = agency_by_code("35.27/dpupr")
    line = f"tempat:{place}/{topic}"
    sent = {"to": f"unit:{unit.pk}", "text": "Periksa.", "due_on": DUE.isoformat()}
    leader = at_desk("leader")
    assert leader.post(f"{TASKS}baru/?periode=minggu&tanggal=2026-11-16&baris={line}", sent).status_code == 302
    task = Task.objects.latest("pk")
    assert leader.get(f"{TASKS}{task.pk}/").content.decode().count('class="code"') == 10
    assert f"{TASKS}{task.pk}/" in at_desk("officer").get(TASKS).content.decode()
