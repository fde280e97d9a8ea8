"""The brief of a leader: what it says, what it costs, and what it never tells."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection

from tanggap.cases.models import Case, Message, Subject
from tanggap.common.clock import frozen
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.models import MassSubmission
from tests.counting import Statements
from tests.journeys.brief_world import INSIDE, MONDAY, case, district, history, topics
from tests.journeys.console import sign_in

pytestmark = pytest.mark.django_db
BRIEF = "/kerja/ringkasan/"


@pytest.fixture(autouse=True)
def _monday():
    with frozen(MONDAY):
        yield


@pytest.fixture
def at_desk(cast):
    return lambda name: sign_in(cast, name)


def read(page: Any) -> str:
    """The words of a page."""
    assert page.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def a_wave() -> tuple[str, str]:
    """Seventeen reports of one topic in a week, usually three; a third of them from one telephone."""
    topic, place = topics()[0], district()
    history(topic, [3, 2, 4, 3, 3, 2, 4, 3])
    for number in range(17):
        case(
            INSIDE + timedelta(hours=number), category_id=topic, region_id=place,
            phone="+62812000001" if number < 6 else f"+6281300{number:04}", anonymous=number == 16,
        )  # fmt: skip
    return topic, place


def test_a_wave_is_told_with_its_usual_range_its_place_and_its_people(at_desk) -> None:
    a_wave()
    words = read(at_desk("leader").get(BRIEF))
    assert "Senin, 16 November 2026 – Minggu, 22 November 2026" in words
    assert "1 keluhan sedang naik." in words
    assert re.search(r"biasanya 0\W+\d, kini 17 laporan 17 di antaranya dari Kecamatan", words)
    assert "17 laporan dari 11 pelapor, 1 tanpa kontak" in words
    assert re.search(r"Mengapa laporan “[^”]+” naik menjadi 17, biasanya 0\W+\d, dan apa yang sudah dilakukan", words)


def test_the_same_words_from_many_are_told(at_desk) -> None:
    a_wave()
    ids = list(Case.objects.filter(received_at__gte=INSIDE).values_list("pk", flat=True)[:5])
    MassSubmission.objects.create(
        body=agency_by_code("35.27"), first_at=INSIDE, last_at=INSIDE, case_ids=[*ids, 999999], reporters=1, unknown=0
    )
    assert "1 tanpa kontak; 5 dengan kata-kata yang hampir sama" in read(at_desk("leader").get(BRIEF))


def test_a_brief_costs_the_same_statements_whatever_it_tells(at_desk) -> None:
    leader = at_desk("leader")
    case(INSIDE)
    case(INSIDE - timedelta(days=60), due_at=MONDAY - timedelta(days=4))
    costs = []
    for fill in (a_wave, lambda: secret_about("35.27/dinkes"), a_busy_month):
        fill()
        leader.get(BRIEF)
        with Statements(connection) as caught:
            leader.get(BRIEF)
        costs.append(len(caught))
    assert max(costs) - min(costs) <= 2
    assert max(costs) <= 26


def a_busy_month() -> None:
    """Every section has several lines."""
    for number, topic in enumerate(topics()):
        for hour in range(8):
            at = INSIDE + timedelta(hours=hour)
            case(at, category_id=topic, region_id=district(number), phone=f"+62815{hour}")
        solved = case(INSIDE - timedelta(days=9), closed_at=INSIDE)
        Message.objects.create(case=solved, kind="final", at=INSIDE, author_key="x", text="Beres.")
        case(INSIDE - timedelta(days=60), unit="35.27/dinkes", due_at=MONDAY - timedelta(days=3 + number))


def test_a_line_leads_to_exactly_its_cases(at_desk) -> None:
    topic, place = a_wave()
    leader = at_desk("leader")
    lines = {"masuk": 17, f"topik:{topic}": 17, f"tempat:{place}/{topic}": 17, "selesai": 3, "terlambat": 0}
    for line, n in lines.items():
        page = leader.get(f"{BRIEF}laporan/", {"baris": line, "tanggal": "2026-11-16"})
        assert len(re.findall(r'class="code"', page.content.decode())) == n, line
    for broken in ("", "x", "unit:", "unit:x", "unit:" + "9" * 40, "topik:", "tempat:", "\x00", "tempat:35.27.01/"):
        assert "Tidak ada laporan di sini" in read(leader.get(f"{BRIEF}laporan/", {"baris": broken}))


def test_who_is_late_the_longest_is_asked_about(at_desk) -> None:
    for days in (3, 9):
        case(INSIDE - timedelta(days=40), unit="35.27/dinkes", due_at=MONDAY - timedelta(days=days))
    case(INSIDE - timedelta(days=40), due_at=MONDAY - timedelta(days=30))
    words = read(at_desk("leader").get(BRIEF))
    assert re.search(r"Dinas Kesehatan[^:]*: 2 laporan lewat batas, yang terlama \d hari kerja lewat batas", words)
    assert re.search(r"Apa yang menahan Dinas Pekerjaan Umum[^:]*: 1 laporan lewat batas", words)
    assert "2 unit terlambat." in words


def test_the_headline_counts_every_late_unit_though_few_are_listed(at_desk) -> None:
    codes = Agency.objects.filter(body__code="35.27", kind="unit").order_by("pk").values_list("code", flat=True)
    for code in codes[:8]:
        case(INSIDE - timedelta(days=40), unit=code, due_at=MONDAY - timedelta(days=4))
    words = read(at_desk("leader").get(BRIEF))
    assert "8 unit terlambat." in words
    assert words.count("hari kerja lewat batas") == 5


def test_what_was_solved_is_told_with_its_words_and_only_of_public_cases(at_desk) -> None:
    solved = case(INSIDE - timedelta(days=9), closed_at=INSIDE, title="Pipa pecah di Jalan Randu", endorsements=4)
    Message.objects.create(
        case=solved, kind="final", at=INSIDE, author_key="x", text="Pipa diganti.", public_text="Pipa sudah diganti."
    )
    case(INSIDE - timedelta(days=9), closed_at=INSIDE, title="Tanpa nama", anonymous=True)
    case(INSIDE - timedelta(days=9), closed_at=INSIDE, title="Belum terbit", published=False)
    case(INSIDE - timedelta(days=9), closed_at=INSIDE, title="Ditolak saja", outcome="refused")
    words = read(at_desk("leader").get(BRIEF))
    assert "Pipa pecah di Jalan Randu , Dinas Pekerjaan Umum" in words
    assert "“Airnya keruh sejak Senin.”" in words
    assert "Jawaban: Pipa sudah diganti." in words
    assert not re.search("Tanpa nama|Belum terbit|Ditolak saja", words)


def secret_about(code: str, **given: Any) -> list[Case]:
    """Guarded cases about an office, late ones, solved ones and a wave of them."""
    topic, place = topics()[1], district(1)
    guarded = {"guarded": True, "secret": True, "published": False, "category_id": topic, "region_id": place}
    made = [case(INSIDE + timedelta(hours=n), **{**guarded, **given}) for n in range(9)]
    made.append(case(INSIDE - timedelta(days=30), due_at=MONDAY - timedelta(days=20), **guarded))
    made.append(case(INSIDE - timedelta(days=30), closed_at=INSIDE, **guarded))
    Subject.objects.bulk_create(Subject(case=one, agency=agency_by_code(code)) for one in made)
    return made


def body_of(page: Any) -> str:
    """What a page says, without the token of its forms."""
    found = re.search(r"<main.*</main>", page.content.decode(), re.DOTALL)
    assert found
    return re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", found[0])


@pytest.mark.parametrize("name", ["leader", "verifier", "inspector"])
@pytest.mark.parametrize("length", ["minggu", "bulan"])
def test_a_brief_is_the_same_whether_or_not_there_is_a_guarded_case(at_desk, name, length) -> None:
    a_wave()
    reader = at_desk(name)
    address = f"{BRIEF}?periode={length}&tanggal=2026-11-16"
    before = body_of(reader.get(address))
    secret_about("35.27")
    assert body_of(reader.get(address)) == before
    hidden = list(Case.objects.filter(guarded=True).values_list("tracking_id", flat=True))
    for line in ("masuk", "selesai", "terlambat", f"topik:{topics()[1]}"):
        listed = reader.get(f"{BRIEF}laporan/", {"baris": line, "tanggal": "2026-11-16"}).content.decode()
        assert not any(number in listed for number in hidden)


def test_a_government_reads_of_itself_alone_and_an_empty_one_answers(at_desk) -> None:
    a_wave()
    words = read(at_desk("outsider").get(BRIEF))
    assert "0 masuk" in words
    assert "apakah warga tahu ke mana melapor?" in words
    assert at_desk("officer").get(BRIEF).status_code == 404
    assert at_desk("officer").get(f"{BRIEF}laporan/").status_code == 404
    other = at_desk("leader").get(BRIEF, {"instansi": "35.02"})
    assert "Ponorogo" not in read(other)


def test_the_head_of_a_unit_reads_of_the_unit(at_desk) -> None:
    a_wave()
    case(INSIDE, unit="35.27/dinkes")
    assert "1 masuk" in read(at_desk("unit_head").get(BRIEF))
    assert "18 masuk" in read(at_desk("leader").get(BRIEF))


def test_the_nation_is_told_by_month_from_its_cards(at_desk, case_in) -> None:
    case_in("forwarded")
    for name in ("national_admin", "evaluator", "ombudsman"):
        words = read(at_desk(name).get(BRIEF, {"periode": "minggu", "tanggal": "2026-11-16"}))
        assert "November 2026 · masih berjalan" in words
        assert "1 masuk" in words
        assert "Pekanan" not in words


@pytest.mark.parametrize("day", ["", "2026-11-23", "2026-10-05", "kapan", "\x00", "9999-99-99", "0001-01-01"])
def test_any_address_shows_a_brief(at_desk, day) -> None:
    leader = at_desk("leader")
    for length in ("minggu", "bulan", "tahun"):
        assert leader.get(BRIEF, {"periode": length, "tanggal": day, "instansi": "\x00"}).status_code == 200
