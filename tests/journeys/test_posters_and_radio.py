"""Tags of posters, what came by them, and the sheet that a radio station reads out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tanggap.cases.models import Case
from tanggap.cases.services.answer_case import answer_case
from tanggap.channels.models import SourceTag
from tanggap.channels.posters.drawing import chat_links, poster_address
from tanggap.channels.selectors.source_tags import monthly_counts
from tanggap.common.clock import frozen
from tanggap.directory.models import Brand
from tanggap.directory.selectors import agency_by_code, default_brand
from tanggap.notify.services.configure_channel import configure_channel
from tests.cast import DAY, WIB, Cast
from tests.counting import Statements
from tests.journeys.console import Officer, sign_in
from tests.journeys.portal_walk import Walker, read
from tests.journeys.test_counter import words
from tests.paths import HOUR, final

pytestmark = pytest.mark.django_db
TAGS = "/kerja/loket/tanda/"
RADIO = "/kerja/radio/"
NEW = {"label": "Balai desa Karanglo", "kind": "village", "agency": "35.27", "region": "35.27.03"}
At = Callable[[str], Officer]


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with frozen(DAY + timedelta(hours=6)):
        yield


@pytest.fixture
def at_desk(cast: Cast) -> At:
    return lambda name: sign_in(cast, name)


def made(at_desk: At, **given: Any) -> SourceTag:
    answer = at_desk("verifier").post(TAGS, {**NEW, **given})
    assert answer.status_code == 302, re.findall(r'class="error"[^>]*>.*?</p>', answer.content.decode())
    return SourceTag.objects.order_by("-pk")[0]


def test_who_scans_a_poster_begins_where_it_hangs_and_is_counted(at_desk: At, client: Client) -> None:
    tag = made(at_desk)
    walk = Walker(client)
    walk.page = read(client.get(f"/lapor/?asal={tag.slug}"))
    walk.to_preview("Lampu balai desa mati sejak Senin.")
    walk.press("send")
    case = Case.objects.get()
    assert (case.source_tag, case.region_id, case.agency.code) == (tag.slug, "35.27.03", "35.27")
    html = at_desk("verifier").get(TAGS).content.decode()
    assert re.search(r'Balai desa Karanglo.*?</form></td><td class="r">1</td>', html, re.DOTALL)


@pytest.mark.parametrize("slug", ["tidak-ada", "", "x" * 500, "%00", "'; --"])
def test_an_unknown_tag_stops_nobody(client: Client, slug: str) -> None:
    walk = Walker(client)
    walk.page = read(client.get("/lapor/", {"asal": slug}))
    assert walk.page.status == 200
    walk.to_preview("Lampu balai desa mati sejak Senin.", cerita={"asal": slug})
    walk.press("send")
    assert Case.objects.get().source_tag == ""


def test_a_tag_that_ended_meanwhile_is_dropped_and_keeps_its_counts(at_desk: At, client: Client, submit: Any) -> None:
    tag = made(at_desk)
    submit(source_tag=tag.slug)
    walk = Walker(client)
    walk.page = read(client.get(f"/lapor/?asal={tag.slug}"))
    walk.to_preview("Lampu balai desa mati sejak Senin.")
    assert at_desk("verifier").post(f"{TAGS}{tag.slug}/akhiri/").status_code == 302
    walk.press("send")
    assert Case.objects.order_by("-pk")[0].source_tag == ""
    assert at_desk("verifier").get(f"{TAGS}{tag.slug}/poster.pdf").status_code == 404
    assert "diakhiri" in at_desk("verifier").get(TAGS).content.decode()


def test_counts_read_the_index_of_the_tagged_and_leave_guarded_cases_out(at_desk: At, submit: Any) -> None:
    tag = made(at_desk)
    submit(source_tag=tag.slug)
    submit(source_tag=tag.slug, now=DAY - timedelta(days=20))
    submit(source_tag=tag.slug, secret=True)
    submit()
    with Statements(connection) as asked:
        counts = monthly_counts([tag.slug], since=DAY - timedelta(days=90), zone=WIB)
    assert {day.isoformat(): n for day, n in counts[tag.slug].items()} == {"2026-10-01": 1, "2026-11-01": 1}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + asked.captured_queries[0]["sql"])
        assert "case_source_tag" in str(cursor.fetchall())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"label": " "}, "Nama"),
        ({"label": "x" * 121}, ""),
        ({"kind": "kapal"}, ""),
        ({"agency": "35.02"}, "bukan wewenang Anda"),
        ({"agency": "Dinas Naga"}, "Tidak dikenal"),
        ({"region": "99.99"}, "Tulis kodenya"),
        ({"region": "Sampang"}, "Tulis kodenya"),
    ],
)
def test_a_tag_that_cannot_be_is_refused(at_desk: At, given: dict[str, str], said: str) -> None:
    answer = at_desk("verifier").post(TAGS, {**NEW, **given})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not SourceTag.objects.exists()


def test_tags_belong_to_whoever_looks_after_their_agency(at_desk: At) -> None:
    tag = made(at_desk)
    for name in ("officer", "inspector", "leader"):
        assert at_desk(name).get(TAGS).status_code == 404
    outsider = at_desk("outsider")
    assert tag.slug not in outsider.get(TAGS).content.decode()
    assert outsider.post(f"{TAGS}{tag.slug}/akhiri/").status_code == 404
    assert outsider.get(f"{TAGS}{tag.slug}/poster.pdf").status_code == 404
    tag.refresh_from_db()
    assert tag.ended_at is None
    assert at_desk("national_admin").get(f"{TAGS}{tag.slug}/poster.pdf").status_code == 200


def test_the_poster_carries_the_tag_and_the_ways_of_its_brand(at_desk: At) -> None:
    tag = made(at_desk)
    text = words(at_desk("verifier").get(f"{TAGS}{tag.slug}/poster.pdf").content)
    assert f"/lapor/?asal={tag.slug}" in "".join(text.split())
    assert "WhatsApp" not in text
    brand = Brand.objects.create(slug="uji", name="Uji", agency=agency_by_code("35.27"), host="uji.contoh.go.id")
    configure_channel(
        kind="whatsapp",
        brand="uji",
        settings={"token": "t", "phone_number_id": "1", "number": "+62 811-2233"},
        now=DAY,
    )
    configure_channel(kind="telegram", brand="uji", settings={"token": "1:x", "bot": "@uji_bot"}, now=DAY)
    assert poster_address(tag, brand) == f"http://uji.contoh.go.id/lapor/?asal={tag.slug}"
    assert dict(chat_links(tag, brand)) == {
        "WhatsApp": "https://wa.me/628112233?text=Saya%20ingin%20melapor",
        "Telegram": f"https://t.me/uji_bot?start={tag.slug}",
    }
    assert list(chat_links(tag, default_brand())) == []
    assert "Telegram" in words(at_desk("verifier").get(f"{TAGS}{tag.slug}/poster.pdf").content)


def test_the_sheet_has_what_is_public_of_that_day_and_nothing_else(at_desk: At, case_in: Any) -> None:
    plain = case_in("forwarded", text="Lampu pasar mati kenarisatu, telepon saya 0812-3456-7890.")
    about = {"classification": "supervisory_complaint", "unit": "35.27/inspektorat"}
    hidden = [
        case_in("forwarded", text="Rahasia kenaridua.", secret=True),
        case_in("unverified", text="Belum diperiksa kenaritiga."),
        case_in("forwarded", text="Soal kantor kenariempat.", **about),
    ]
    nameless = case_in("forwarded", text="Anonim kenarilima.", anonymous=True, place="Rumah Pak Darmo")
    answered, closed = case_in("answered"), case_in("closed")
    officer = at_desk("officer")
    screen = officer.get(RADIO, {"tanggal": "2026-11-09"}).content.decode()
    paper = words(officer.get(f"{RADIO}lembar.pdf", {"tanggal": "2026-11-09"}).content)
    for page in (screen, paper):
        for shown, word in ((plain, "kenarisatu"), (nameless, "kenarilima")):
            assert shown.tracking_id in page
            assert word in page
        assert "3456" not in page
        assert "(nomor telepon)" in " ".join(page.split())
        assert "Darmo" not in page
        for case in hidden:
            assert case.tracking_id not in page
        for word in ("kenaridua", "kenaritiga", "kenariempat"):
            assert word not in page
    assert answered.tracking_id in screen
    assert closed.tracking_id in screen.split('id="selesai"')[1]
    assert plain.tracking_id not in officer.get(RADIO, {"tanggal": "2026-11-01"}).content.decode()


def test_the_sheet_follows_the_agency_and_the_region_asked_for(at_desk: At, case_in: Any) -> None:
    case = case_in("forwarded", title="Lampu pasar kenarisatu")
    officer = at_desk("officer")
    for asked, there in (
        ({"instansi": "35.27"}, True),
        ({"instansi": "35.27/dpupr"}, case.agency.code == "35.27/dpupr"),
        ({"instansi": "35.02"}, False),
        ({"wilayah": "35.27"}, False),
    ):
        page = officer.get(RADIO, {**asked, "tanggal": "2026-11-09"}).content.decode()
        assert (case.tracking_id in page) is there, asked


@pytest.mark.parametrize(
    "asked",
    [
        {"tanggal": "kemarin"},
        {"instansi": "entah"},
        {"wilayah": "35"},
        {"wilayah": "Sampang"},
        {"instansi": "ID"},
        {"instansi": "", "wilayah": ""},
        {"instansi": "%00", "tanggal": "0001-01-01"},
    ],
)
def test_a_sheet_that_cannot_be_says_why(at_desk: At, asked: dict[str, str]) -> None:
    answer = at_desk("officer").get(RADIO, asked)
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    assert at_desk("officer").get(f"{RADIO}lembar.pdf", asked).status_code == 302


def test_readers_have_no_sheet_to_make(at_desk: At) -> None:
    for name in ("leader", "inspector", "ombudsman", "unit_head"):
        assert at_desk(name).get(RADIO).status_code == 404
        assert at_desk(name).get(f"{RADIO}lembar.pdf").status_code == 404


def test_a_promise_is_on_the_sheet_before_its_day(at_desk: At, case_in: Any, cast: Cast) -> None:

    case = case_in("forwarded", title="Jembatan kenaripromis")
    draft = final(kind="promised", promised_on=DAY.date() + timedelta(days=4), done_on=None)
    answer_case(tracking_id=case.tracking_id, draft=draft, actor=cast["officer"], now=DAY + 5 * HOUR)
    page = at_desk("officer").get(RADIO).content.decode()
    assert "Dijanjikan Jumat, 13 November 2026." in page.split('id="janji"')[1]


def test_who_has_no_government_of_their_own_is_asked_for_one_and_not_blamed(at_desk: At) -> None:
    officer = at_desk("national_admin")
    fresh = officer.get(RADIO).content.decode()
    assert 'name="instansi"' in fresh
    assert "Pilih instansi atau wilayah." not in fresh
    assert "Pilih instansi atau wilayah." in officer.get(RADIO, {"tanggal": "2026-11-09"}).content.decode()
