"""The editor of ladders over HTTP: looked at, tried on a case, saved as a version of one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tanggap.common import clock
from tanggap.directory.selectors import agency_by_code, calendar_of
from tanggap.escalation.models import Ladder, TakenStep
from tanggap.ledger.models import Event
from tests.cast import Cast
from tests.journeys.console import Officer, sign_in
from tests.journeys.test_console_rules import text_of

pytestmark = pytest.mark.django_db
HOME = "/kerja/aturan/tangga/"
REMIND = ("1", "start", "working_days", "reminder", "liaison_officer", "answer_reminder", "")
LETTER = ("2", "start", "working_days", "letter_1", "unit_head", "letter_1", "whatsapp")
NAMES = ("offset", "anchor", "unit", "kind", "role", "template", "channel")
BLANK = ("", "start", "working_days", "message", "liaison_officer", "answer_late", "")


@pytest.fixture
def desk(cast: Cast) -> Callable[[str], Officer]:
    return lambda name: sign_in(cast, name)


def editor(*steps: tuple[str, ...], **given: Any) -> dict[str, Any]:
    """The form as a browser sends it: the steps, and the blank one."""
    words: dict[str, Any] = {"instansi": "35.02", "s-TOTAL_FORMS": len(steps) + 1, "s-INITIAL_FORMS": len(steps)}
    for number, step in enumerate((*steps, BLANK)):
        words |= {f"s-{number}-{name}": value for name, value in zip(NAMES, step, strict=True)}
    begins = calendar_of(agency_by_code("35.02").pk).local_date(clock.now()) + timedelta(days=1)
    return {**words, "valid_from": begins.isoformat(), "source": "Keputusan Sekda 5/2026", **given}


def own() -> list[Ladder]:
    return list(Ladder.objects.filter(agency=agency_by_code("35.02")))


def test_the_ladders_are_listed_with_where_they_come_from(desk: Callable[[str], Officer]) -> None:
    page = text_of(desk("verifier").get(HOME))
    assert "tangga sendiri" in page
    assert "Hari kerja ke-2: Surat pertama kepada Kepala unit lewat WhatsApp" in page
    assert "dari nasional" in page
    assert "3 hari kerja sebelum batas" in page


def test_a_ladder_is_made_from_a_copy_and_begins_tomorrow(desk: Callable[[str], Officer]) -> None:
    outsider = desk("outsider")
    assert "Langkah 6" in text_of(outsider.get(f"{HOME}first_answer/"))
    saved = outsider.post(f"{HOME}first_answer/", editor(REMIND, LETTER, simpan="1"))
    assert saved.status_code == 302
    (ladder,) = own()
    assert [(step.number, step.role, step.channel) for step in ladder.steps.all()] == [
        (1, "liaison_officer", ""),
        (2, "unit_head", "whatsapp"),
    ]
    assert "versi baru mulai" in text_of(outsider.get(HOME))


def test_a_step_is_crossed_out_and_the_blank_one_filled(desk: Callable[[str], Officer]) -> None:
    words = editor(REMIND, LETTER, simpan="1", **{"s-0-DELETE": "on"})
    words |= {"s-2-offset": "4", "s-2-role": "sekda", "s-2-kind": "escalation", "s-2-template": "escalation"}
    words["s-2-copies"] = ["coordinator"]
    assert desk("outsider").post(f"{HOME}first_answer/", words).status_code == 302
    (ladder,) = own()
    assert [(step.role, step.copies) for step in ladder.steps.all()] == [("unit_head", []), ("sekda", ["coordinator"])]


def test_what_is_wrong_is_said_and_what_was_typed_stays(desk: Callable[[str], Officer]) -> None:
    outsider = desk("outsider")
    for words, says in (
        (editor(REMIND, simpan="1"), "naik sekurang-kurangnya sekali"),
        (editor(("x", *REMIND[1:]), LETTER, simpan="1"), "Langkah 1, "),
        (editor(LETTER, simpan="1", valid_from="2026-01-01"), "paling cepat besok"),
        (editor(LETTER, simpan="1", source=""), "perlu diperbaiki"),
        (editor(LETTER, coba="1", **{"t-number": "TIDAK-ADA"}), "yang dapat Anda buka"),
    ):
        answer = outsider.post(f"{HOME}first_answer/", words)
        assert answer.status_code == 422, says
        assert says in text_of(answer)
    assert own() == []
    assert not Event.objects.filter(name="ladder.changed").exists()


def test_a_dry_run_shows_what_would_go_to_whom_and_sends_nothing(
    desk: Callable[[str], Officer], case_in: Callable[..., Any]
) -> None:
    case = case_in("forwarded")
    words = editor(REMIND, LETTER, coba="1", instansi="35.27", **{"t-number": case.tracking_id})
    events = Event.objects.count()
    page = text_of(desk("verifier").post(f"{HOME}first_answer/", words))
    assert f"Percobaan pada laporan {case.tracking_id}" in page
    assert "Pengingat kepada Pejabat penghubung" in page
    assert "(2 orang)" in page
    assert (Event.objects.count(), TakenStep.objects.count()) == (events, 0)


def test_a_case_of_others_cannot_be_tried(desk: Callable[[str], Officer], case_in: Callable[..., Any]) -> None:
    case = case_in("forwarded")
    answer = desk("outsider").post(f"{HOME}first_answer/", editor(LETTER, coba="1", **{"t-number": case.tracking_id}))
    assert answer.status_code == 422
    assert "Percobaan" not in text_of(answer)


def test_nobody_edits_the_ladder_of_others_and_agencies_leave_national_clocks_alone(
    desk: Callable[[str], Officer],
) -> None:
    words = editor(LETTER, simpan="1")
    assert desk("verifier").post(f"{HOME}first_answer/", words).status_code == 404
    assert desk("officer").get(HOME).status_code == 404
    assert desk("outsider").get(f"{HOME}urgent/").status_code == 404
    assert desk("national_admin").get(f"{HOME}urgent/").status_code == 200
    assert own() == []


def test_an_own_ladder_is_ended(desk: Callable[[str], Officer]) -> None:
    verifier = desk("verifier")
    day = clock.now().date() + timedelta(days=20)
    ended = verifier.post(f"{HOME}first_answer/", {"instansi": "35.27", "akhiri": "1", "e-first_day": day.isoformat()})
    assert ended.status_code == 302
    assert Ladder.objects.get(agency=agency_by_code("35.27")).valid_until == day - timedelta(days=1)


def test_the_list_takes_few_statements(desk: Callable[[str], Officer], django_assert_max_num_queries: Any) -> None:
    verifier = desk("verifier")
    verifier.get(HOME)
    with django_assert_max_num_queries(14):
        verifier.get(HOME)


def test_an_empty_form_is_no_error_page(desk: Callable[[str], Officer]) -> None:
    verifier = desk("verifier")
    for form in ({}, {"coba": "1"}, {"akhiri": "1"}, {"simpan": "1", "s-TOTAL_FORMS": "999"}):
        assert verifier.post(f"{HOME}first_answer/", {"instansi": "35.27", **form}).status_code == 422
    for address in ("kalender/hari/", "kalender/pekan/"):
        assert verifier.post(f"/kerja/aturan/{address}").status_code == 422
    assert verifier.post("/kerja/aturan/batas/ubah/", {"jam": "first_answer"}).status_code == 422
