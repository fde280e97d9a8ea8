"""The inbox: who sees what, in which order, and what it costs."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client

from tanggap.cases.models import Case
from tanggap.common.clock import frozen
from tanggap.console.models import Batch
from tanggap.console.services.run_batch import run_batch
from tests.cast import DAY
from tests.counting import Statements
from tests.journeys.console import footprint, sign_in

pytestmark = pytest.mark.django_db
HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
MOST_STATEMENTS = 10


def numbers(page) -> list[str]:
    """The cases of a page, in their order."""
    return list(dict.fromkeys(re.findall(r"/kerja/l/([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z])/[\"?]", page.content.decode())))


@pytest.fixture(autouse=True)
def _monday():
    with frozen(DAY + 4 * HOUR):
        yield


@pytest.fixture
def at_desk(cast):
    return lambda name: sign_in(cast, name)


def test_signed_out_is_sent_to_the_door_and_back(db) -> None:
    answer = Client().get("/kerja/?queue=open")
    assert answer.status_code in (302, 303)
    assert answer.headers["Location"] == "/akun/masuk/?next=%2Fkerja%2F%3Fqueue%3Dopen"


def test_without_a_post_there_is_no_such_room(at_desk, case_in) -> None:
    case = case_in("forwarded")
    citizen = at_desk("citizen")
    for path in ("", "unit/", "ringkasan/", "identitas/", "sekaligus/tanya/", f"l/{case.tracking_id}/"):
        assert citizen.get(f"/kerja/{path}").status_code == 404, path


@pytest.mark.parametrize("name", ["verifier", "officer", "unit_head", "inspector", "leader", "outsider", "evaluator",
                                  "ombudsman", "national_admin"])  # fmt: skip
def test_every_post_has_an_inbox_also_when_it_is_empty(at_desk, name) -> None:
    page = at_desk(name).get("/kerja/")
    assert page.status_code == 200
    assert "Tidak ada yang menunggu" in page.content.decode()


def test_what_is_due_first_stands_on_top_in_its_group(at_desk, submit) -> None:
    late = submit(now=DAY - 7 * A_DAY).case
    today = submit(now=DAY - 5 * A_DAY).case
    later = submit(now=DAY).case
    page = at_desk("verifier").get("/kerja/")
    text = page.content.decode()
    assert numbers(page) == [late.tracking_id, today.tracking_id, later.tracking_id]
    headings = [text.index(words) for words in ("Terlambat <span", "Batasnya hari ini", "Sesudah hari ini")]
    assert headings == sorted(headings)
    assert "Verifikasi: hari ke-3 dari 3" in text


def test_filters_live_in_the_address_and_nonsense_is_ignored(at_desk, submit) -> None:
    web = submit(channel="web").case
    sms = submit(channel="sms", text="Jembatan bambu di Dusun Barat putus sejak kemarin sore.").case
    verifier = at_desk("verifier")
    assert numbers(verifier.get("/kerja/?channel=sms")) == [sms.tracking_id]
    assert numbers(verifier.get("/kerja/?q=jembatan")) == [sms.tracking_id]
    assert numbers(verifier.get(f"/kerja/?q={web.tracking_id.lower()}")) == [web.tracking_id]
    assert numbers(verifier.get("/kerja/?since=2026-11-09&until=2026-11-09&state=unverified")) != []
    assert numbers(verifier.get("/kerja/?since=2026-11-10")) == []
    assert numbers(verifier.get("/kerja/?late=1")) == []
    nonsense = {
        "queue": "x", "state": "<script>", "category": "'; drop", "region": "99" * 40, "channel": "\x00", "cursor": "z",
        "since": "kemarin", "until": "9999-12-31", "agency": "9" * 40, "q": b"\x00%_\\\xff",
    }  # fmt: skip
    for name, value in nonsense.items():
        assert verifier.get("/kerja/", {name: value}).status_code == 200, name


def test_pages_follow_each_other_without_gap_or_repetition(at_desk, submit) -> None:
    made = [submit(now=DAY - timedelta(minutes=n)).case.tracking_id for n in range(60)]
    verifier = at_desk("verifier")
    page = verifier.get("/kerja/?channel=web")
    pages = [numbers(page)]
    while found := re.search(r'href="(\?[^"]*cursor=[^"]+)" rel="next"', page.content.decode()):
        assert "channel=web" in unescape(found[1])
        page = verifier.get("/kerja/" + unescape(found[1]))
        pages.append(numbers(page))
    assert [len(shown) for shown in pages] == [25, 25, 10]
    seen = [number for shown in pages for number in shown]
    assert sorted(seen) == sorted(made)


@pytest.mark.parametrize("name", ["verifier", "officer", "inspector", "national_admin"])
def test_a_page_costs_ten_statements_at_most_however_much_is_there(at_desk, case_in, submit, name) -> None:
    somebody = at_desk(name)

    def cost() -> int:
        somebody.get("/kerja/?queue=open")  # reference data is remembered by the process
        with Statements(connection) as caught:
            assert somebody.get("/kerja/?queue=open").status_code == 200
        return len(caught)

    submit()
    case_in("forwarded")
    few = cost()
    for unit in ("35.27/dpupr", "35.27/dinkes"):
        for state in ("forwarded", "in_progress", "on_hold", "answered"):
            if unit.endswith("dpupr"):
                case_in(state, unit=unit)
            else:
                case_in("forwarded", unit=unit)
    for _n in range(30):
        submit()
    many = cost()
    assert many <= MOST_STATEMENTS
    assert many <= few + 1


def test_units_see_what_was_handed_to_them_and_nothing_else(at_desk, case_in) -> None:
    new, held = case_in("unverified"), case_in("forwarded")
    assert numbers(at_desk("officer").get("/kerja/?queue=open")) == [held.tracking_id]
    assert numbers(at_desk("health_officer").get("/kerja/?queue=open")) == []
    assert numbers(at_desk("outsider").get("/kerja/?queue=open")) == []
    assert set(numbers(at_desk("verifier").get("/kerja/?queue=open"))) == {new.tracking_id, held.tracking_id}


def test_the_ended_queue_shows_what_is_over(at_desk, case_in) -> None:
    closed, archived = case_in("closed"), case_in("archived")
    found = numbers(at_desk("verifier").get("/kerja/?queue=ended"))
    assert set(found) == {closed.tracking_id, archived.tracking_id}


def test_several_cases_at_once_each_on_its_own(at_desk, case_in) -> None:
    one, two, gone = case_in("unverified"), case_in("unverified"), case_in("forwarded")
    verifier = at_desk("verifier")
    chosen = [one.tracking_id, two.tracking_id, gone.tracking_id, "bukan nomor"]
    check = verifier.get("/kerja/sekaligus/verifikasi/", {"pilih": chosen})
    assert "Dilewati" in check.content.decode()
    before = [footprint(case) for case in (one, two, gone)]
    wrong = verifier.post("/kerja/sekaligus/verifikasi/", {"pilih": chosen, "unit": "", "classification": "complaint"})
    assert wrong.status_code == 422
    assert [footprint(case) for case in (one, two, gone)] == before
    done = verifier.post(
        "/kerja/sekaligus/verifikasi/", {"pilih": chosen, "unit": "35.27/dpupr", "classification": "complaint"}
    )
    batch = Batch.objects.get()
    assert done.headers["Location"] == f"/kerja/sekaligus/hasil/{batch.pk}/"
    assert [footprint(case) for case in (one, two, gone)] == before
    run_batch(batch_id=batch.pk, now=batch.run_at)
    assert "2 laporan selesai dikerjakan" in verifier.get(done.headers["Location"]).content.decode()
    assert set(Case.objects.values_list("state", flat=True)) == {"forwarded"}
    again = verifier.post(
        "/kerja/sekaligus/verifikasi/", {"pilih": chosen, "unit": "35.27/dinkes", "classification": "complaint"}
    )
    assert again.status_code == 422
    assert not Case.objects.filter(agency__code="35.27/dinkes").exists()


def test_a_question_to_several_reporters(at_desk, case_in) -> None:
    one, other = case_in("forwarded"), case_in("forwarded", unit="35.27/dinkes")
    officer = at_desk("officer")
    chosen = {"pilih": [one.tracking_id, other.tracking_id], "question": "Di nomor berapa rumahnya?"}
    assert officer.post("/kerja/sekaligus/tanya/", chosen).status_code == 302
    batch = Batch.objects.get()
    assert [item.case for item in batch.items.all()] == [one]
    run_batch(batch_id=batch.pk, now=batch.run_at)
    assert one.messages.filter(kind="question").count() == 1
    other.refresh_from_db()
    assert other.state == "forwarded"
    assert officer.get("/kerja/sekaligus/hapus/", {"pilih": [one.tracking_id]}).status_code == 404


def test_units_and_brief_count_only_the_own_body(at_desk, case_in) -> None:
    case_in("forwarded")
    page = at_desk("verifier").get("/kerja/unit/").content.decode()
    assert "Dinas Pekerjaan Umum" in page
    assert "tanpa pejabat penghubung" in page
    assert "Tidak ada laporan terbuka" in at_desk("outsider").get("/kerja/unit/").content.decode()
    assert at_desk("officer").get("/kerja/unit/").status_code == 404
    assert at_desk("officer").get("/kerja/ringkasan/").status_code == 404
    brief = at_desk("leader").get("/kerja/ringkasan/")
    assert brief.status_code == 200
    assert "Tidak ada yang terlambat" in brief.content.decode()


@pytest.mark.parametrize(("name", "path"), [("verifier", "unit/"), ("leader", "unit/"), ("leader", "ringkasan/"),
                                            ("ombudsman", "ringkasan/"), ("national_admin", "unit/")])  # fmt: skip
def test_figures_cost_the_same_with_more_cases(at_desk, case_in, name, path) -> None:
    somebody = at_desk(name)

    def cost() -> int:
        somebody.get(f"/kerja/{path}")
        with Statements(connection) as caught:
            assert somebody.get(f"/kerja/{path}").status_code == 200
        return len(caught)

    case_in("forwarded")
    few = cost()
    for unit in ("35.27/dpupr", "35.27/dinkes", "35.27/dispendukcapil"):
        case_in("forwarded", unit=unit) if unit != "35.27/dispendukcapil" else case_in("unverified")
        case_in("closed")
    assert cost() <= max(few + 2, 18)
