"""Calendars and limits through the pages of the console: looked at, checked, saved, worked out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tanggap.cases.models import Case, DeadlinePolicy, Recalculation
from tanggap.cases.services.recompute_due_dates import recompute_due_dates
from tanggap.common import clock
from tanggap.directory.models import DayOff, OfficeWeek
from tanggap.directory.selectors import agency_by_code, calendar_of
from tanggap.ledger.models import Event
from tests.cast import Cast
from tests.journeys.console import Officer, sign_in

pytestmark = pytest.mark.django_db
HOME = "/kerja/aturan/"


@pytest.fixture
def desk(cast: Cast) -> Callable[[str], Officer]:
    return lambda name: sign_in(cast, name)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def next_working_day(after: int = 2) -> Any:
    calendar = calendar_of(agency_by_code("35.27").pk)
    return calendar.add_working_days(calendar.local_date(clock.now()), after)


def day_off(**given: Any) -> dict[str, Any]:
    kept = {"date": next_working_day().isoformat(), "kind": "regional", "name": "Hari jadi kabupaten"}
    return {"instansi": "35.27", **kept, **given}


def work_out(event_id: int) -> Recalculation:
    while recompute_due_dates(event_id=event_id, now=clock.now()):
        pass
    return Recalculation.objects.get(event_id=event_id)


def test_a_coordinator_checks_a_regional_holiday_saves_it_and_reads_what_moved(
    desk: Callable[[str], Officer], submit: Callable[..., Any]
) -> None:
    case = submit(now=clock.now()).case
    verifier = desk("verifier")
    checked = text_of(verifier.post(f"{HOME}kalender/hari/", day_off()))
    assert "1 laporan terbuka bergeser: 1 mundur, 0 maju." in checked
    assert case.tracking_id in checked
    assert not DayOff.objects.filter(name="Hari jadi kabupaten").exists(), "nothing is saved yet"
    saved = verifier.post(f"{HOME}kalender/hari/", day_off(simpan="1"))
    assert saved.status_code == 302
    waiting = text_of(verifier.get(saved["Location"]))
    assert "Menunggu giliran dihitung." in waiting
    work_out(int(saved["Location"].strip("/").rsplit("/", 1)[1]))
    assert "1 laporan bergeser: 1 mundur, 0 maju." in text_of(verifier.get(saved["Location"]))
    assert Case.objects.get(pk=case.pk).due_at > case.due_at
    assert "Hari jadi kabupaten" in text_of(verifier.get(f"{HOME}kalender/?tahun={next_working_day().year}"))
    assert "Hari jadi kabupaten" in text_of(verifier.get(f"{HOME}perubahan/"))


def test_an_own_day_is_taken_away_again_after_a_look(desk: Callable[[str], Officer]) -> None:
    verifier = desk("verifier")
    verifier.post(f"{HOME}kalender/hari/", day_off(simpan="1"))
    row = DayOff.objects.get(name="Hari jadi kabupaten")
    address = f"{HOME}kalender/hari/{row.pk}/hapus/"
    assert "dihapus" in text_of(verifier.get(address))
    assert DayOff.objects.filter(pk=row.pk).exists(), "looking changes nothing"
    assert verifier.post(address, {"simpan": "1"}).status_code == 302
    assert not DayOff.objects.filter(pk=row.pk).exists()


def test_a_six_day_week_is_planned(desk: Callable[[str], Officer]) -> None:
    verifier, begins = desk("verifier"), next_working_day(10)
    week = {
        "instansi": "35.27/dinkes",
        "w-days": list("012345"),
        "w-opens": "07:30",
        "w-closes": "14:00",
        "w-valid_from": begins.isoformat(),
    }
    assert "Senin sampai Sabtu, 07.30 sampai 14.00" in text_of(verifier.post(f"{HOME}kalender/pekan/", week))
    verifier.post(f"{HOME}kalender/pekan/", {**week, "simpan": "1"})
    row = OfficeWeek.objects.get(agency=agency_by_code("35.27/dinkes"))
    assert (row.days, row.valid_from) == ("0,1,2,3,4,5", begins)
    page = text_of(verifier.get(f"{HOME}kalender/?instansi=35.27/dinkes"))
    assert "Senin sampai Sabtu" in page
    verifier.post(f"{HOME}kalender/pekan/{row.pk}/hapus/", {"simpan": "1"})
    assert not OfficeWeek.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"date": "2026-01-05"}, "Hari yang sudah lewat tidak dapat diubah"),
        ({"date": ""}, "perlu diperbaiki"),
        ({"name": " "}, "perlu diperbaiki"),
        ({"kind": "national"}, "perlu diperbaiki"),
    ],
)
def test_a_wrong_day_is_refused_with_a_sentence_and_what_was_typed(
    desk: Callable[[str], Officer], given: dict[str, str], says: str
) -> None:
    before = DayOff.objects.count()
    answer = desk("verifier").post(f"{HOME}kalender/hari/", day_off(simpan="1", **given))
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert DayOff.objects.count() == before
    assert not Event.objects.filter(name="calendar.changed").exists()


def test_nobody_touches_the_calendar_or_the_limits_of_others(desk: Callable[[str], Officer]) -> None:
    for name, status in (("outsider", 404), ("officer", 404), ("leader", 404)):
        assert desk(name).post(f"{HOME}kalender/hari/", day_off(simpan="1")).status_code == status
    national = DayOff.objects.filter(agency=None, date__gte=next_working_day()).first()
    assert national is not None
    assert desk("verifier").post(f"{HOME}kalender/hari/{national.pk}/hapus/", {"simpan": "1"}).status_code == 404
    limit = {"instansi": "35.02", "jam": "first_answer", **limit_of(3)}
    assert desk("verifier").post(f"{HOME}batas/ubah/", limit).status_code == 404
    assert not Event.objects.filter(name__in=["calendar.changed", "policy.changed"]).exists()


def test_the_national_admin_changes_the_calendar_of_everybody(desk: Callable[[str], Officer]) -> None:
    words = day_off(instansi="", kind="joint", name="Cuti bersama susulan", simpan="1")
    assert desk("national_admin").post(f"{HOME}kalender/hari/", words).status_code == 302
    assert DayOff.objects.get(name="Cuti bersama susulan").agency is None
    assert Event.objects.get(name="calendar.changed").stream == "calendar:national"


def limit_of(amount: int, **given: Any) -> dict[str, Any]:
    start = {"amount": amount, "unit": "working_days", "source": "Perbup 12 Tahun 2026"}
    return {**start, "valid_from": clock.now().date() + timedelta(days=1), **given}


def test_a_stricter_limit_is_checked_and_saved(desk: Callable[[str], Officer]) -> None:
    verifier = desk("verifier")
    assert "5 hari kerja" in text_of(verifier.get(f"{HOME}batas/"))
    words = {"instansi": "35.27", "jam": "first_answer", **limit_of(3)}
    checked = text_of(verifier.post(f"{HOME}batas/ubah/", words))
    assert "Tanggapan pertama mulai" in checked
    assert "Tidak ada jam yang sedang berjalan yang tersentuh." in checked
    saved = verifier.post(f"{HOME}batas/ubah/", {**words, "simpan": "1"})
    assert saved.status_code == 302
    assert DeadlinePolicy.objects.get(agency=agency_by_code("35.27")).amount == 3
    assert "3 hari kerja" in text_of(verifier.get(f"{HOME}batas/"))


def test_a_laxer_limit_is_refused_beside_its_field(desk: Callable[[str], Officer]) -> None:
    words = {"instansi": "35.27", "jam": "resolution", "klasifikasi": "complaint", **limit_of(30, simpan="1")}
    answer = desk("verifier").post(f"{HOME}batas/ubah/", words)
    assert answer.status_code == 422
    assert "Aturan di atasnya 14 hari kerja" in text_of(answer)
    assert 'href="#id_amount"' in text_of(answer)
    assert not DeadlinePolicy.objects.filter(agency__isnull=False).exists()


def test_an_own_limit_ends_and_the_inherited_one_holds_again(desk: Callable[[str], Officer]) -> None:
    verifier = desk("verifier")
    place = {"instansi": "35.27", "jam": "first_answer"}
    today = calendar_of(agency_by_code("35.27").pk).local_date(clock.now())
    verifier.post(f"{HOME}batas/ubah/", {**place, **limit_of(3, valid_from=today), "simpan": "1"})
    assert "Kembali ke aturan di atasnya" in text_of(verifier.get(f"{HOME}batas/ubah/", place))
    ended = {**place, "akhiri": "1", "e-valid_from": today + timedelta(days=5)}
    assert "kembali mengikuti aturan di atasnya" in text_of(verifier.post(f"{HOME}batas/ubah/", ended))
    verifier.post(f"{HOME}batas/ubah/", {**ended, "simpan": "1"})
    own = DeadlinePolicy.objects.get(agency=agency_by_code("35.27"))
    assert own.valid_until == today + timedelta(days=4)


def test_the_pages_take_the_same_few_statements_however_many_cases_there_are(
    desk: Callable[[str], Officer], submit: Callable[..., Any], django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        submit(now=clock.now())
    verifier = desk("verifier")
    verifier.get(HOME)
    for address in (f"{HOME}kalender/", f"{HOME}batas/", f"{HOME}perubahan/"):
        with django_assert_max_num_queries(16):
            verifier.get(address)
    with django_assert_max_num_queries(20):
        verifier.post(f"{HOME}kalender/hari/", day_off())


def test_a_strange_address_is_no_error_page(desk: Callable[[str], Officer]) -> None:
    national = desk("national_admin")
    for asked in ("?instansi=tidak-ada", "?tahun=9999", "?tahun=abc", "?instansi=%00", "?date=x&kind=y"):
        assert national.get(f"{HOME}kalender/{asked}").status_code == 200
    assert national.get(f"{HOME}batas/ubah/?jam=tidak-ada").status_code == 404
    assert national.get(f"{HOME}perubahan/999999/").status_code == 404
