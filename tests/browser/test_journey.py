"""A case from the citizen's first word to its close, in a real browser: the citizen's phone and the officers' desks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tanggap.cases.models import Case
from tanggap.cases.recording import find_case
from tanggap.files.models import StoredFile
from tests.cast import WIB, Cast
from tests.journeys.console import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
NUMBER = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]")
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")
STORY = "Lampu penerangan di Jalan Randu padam sejak tiga malam. Telepon saya 0812-3456-7890."
FIRST = "Dua lampu di Jalan Randu sudah diganti hari ini oleh regu penerangan jalan."
SECOND = "Kabel yang putus sudah disambung dan ketiga lampu menyala saat diperiksa malam ini."


@pytest.fixture
def citizen(browser: Browser, live_server: Any) -> Iterator[Page]:
    page = browser.new_page(viewport=PHONE, base_url=live_server.url, java_script_enabled=False)
    yield page
    page.close()


@pytest.fixture
def desk(browser: Browser, live_server: Any, cast: Cast) -> Iterator[Callable[[str], Page]]:
    """The browser of an officer, signed in with the second factor."""
    contexts = []

    def open_for(name: str) -> Page:
        context = browser.new_context(viewport=DESK, base_url=live_server.url)
        contexts.append(context)
        session = sign_in(cast, name).client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return context.new_page()

    yield open_for
    for context in contexts:
        context.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "lampu-padam.jpg"
    exif = Image.Exif()
    exif[0x013B] = "Warga Pengirim"
    Image.new("RGB", (320, 240), (20, 20, 40)).save(path, "JPEG", exif=exif)
    return path


def report(page: Page, *, photo: Path | None = None, anonymous: bool = False, about: str = "") -> tuple[str, str]:
    """Through the six questions; the number and the code of the receipt."""
    page.goto("/lapor/")
    page.fill("#text", STORY)
    if photo is not None:
        page.set_input_files("#attachments", photo)
    onward(page)
    page.fill("#region_q", "sampang")
    page.click("button[value=search]")
    page.check("input[name=region] >> nth=0")
    onward(page)
    page.fill("#agency_q", "Kabupaten Sampang")
    page.click("button[value=search]")
    page.check("input[name=agency][value='35.27']")
    onward(page)
    if about:
        page.check("input[name=about][value=yes]")
        page.fill("#about_person", about)
    onward(page)
    if anonymous:
        page.check("input[name=anonymous]")
    onward(page)
    shown = page.inner_text("main")
    assert "0812" not in shown or about, "the preview shows what the public will see"
    page.click("button[value=send]")
    receipt = page.inner_text("main")
    code, number = CODE.search(receipt), NUMBER.search(receipt)
    assert number is not None, receipt
    assert code is not None, receipt
    return number.group(), code.group()


def onward(page: Page) -> None:
    page.click("form#lapor button.wide[value=next]")


def unlock(page: Page, number: str, code: str) -> None:
    page.goto(f"/l/{number}")
    if page.locator("#code").count():
        page.fill("#code", code)
        page.click("text=Buka laporan")


def act(page: Page, number: str, deed: str, **fields: str) -> None:
    """One button of the desk: open its form, fill it in, send it."""
    page.goto(f"/kerja/l/{number}/{deed}/")
    for name, value in fields.items():
        control = page.locator(f"form [name={name}]")
        if control.first.get_attribute("type") == "radio":
            page.check(f"form [name={name}][value='{value}']")
        else:
            control.fill(value)
    page.locator("section[aria-labelledby=kotak] form button").last.click()
    expect(page.locator(".error")).to_have_count(0)


def answer(page: Page, number: str, text: str) -> None:
    today = datetime.now(WIB).date().isoformat()
    act(page, number, "jawaban", answer_kind="done", done_on=today, office="Bidang Penerangan Jalan", text=text)


def state(number: str) -> str:
    return find_case(number).state


def test_a_citizen_with_a_photo_a_wrong_unit_an_answer_an_objection_another_officer_and_a_yes(
    citizen: Page, desk: Callable[[str], Page], photo: Path
) -> None:
    number, code = report(citizen, photo=photo)
    stored = StoredFile.objects.get(owner=find_case(number).stream)
    assert (stored.media_type.split("/")[0], state(number)) == ("image", "unverified")

    coordinator = desk("verifier")
    act(
        coordinator,
        number,
        "verifikasi",
        unit_text="Dinas Kesehatan",
        title="Lampu Jalan Randu padam",
        classification="complaint",
    )
    act(desk("health_officer"), number, "kembalikan", reason="Lampu jalan bukan urusan kesehatan.")
    assert find_case(number).agency.code == "35.27"
    act(coordinator, number, "teruskan", unit_text="Dinas Pekerjaan Umum dan Penataan Ruang")
    answer(desk("officer"), number, FIRST)
    assert state(number) == "answered"

    unlock(citizen, number, code)
    assert FIRST in citizen.inner_text("main")
    assert "Lampu jalan bukan urusan kesehatan." in citizen.inner_text("main")
    citizen.check("input[name=result][value=no]")
    citizen.fill("textarea[name=words]", "Masih gelap sama sekali.")
    citizen.click("text=Kirim penilaian")
    assert state(number) == "in_progress"

    first_officer = desk("officer")
    first_officer.goto(f"/kerja/l/{number}/")
    assert "Masih gelap sama sekali." in first_officer.inner_text("main")
    answer(desk("other_officer"), number, SECOND)

    unlock(citizen, number, code)
    citizen.check("input[name=result][value=yes]")
    citizen.click("text=Kirim penilaian")
    closed = find_case(number)
    assert (closed.state, closed.outcome, closed.returns, closed.objections) == ("closed", "confirmed", 1, 1)


def test_an_anonymous_citizen_is_answered_and_read_masked(citizen: Page, desk: Callable[[str], Page]) -> None:
    number, code = report(citizen, anonymous=True)
    act(
        desk("verifier"),
        number,
        "verifikasi",
        unit_text="Dinas Pekerjaan Umum dan Penataan Ruang",
        title="Lampu Jalan Randu padam",
        classification="complaint",
    )
    officer = desk("officer")
    officer.goto(f"/kerja/l/{number}/")
    assert "3456" not in officer.content()
    answer(officer, number, FIRST)
    unlock(citizen, number, code)
    assert "0812-3456-7890" in citizen.inner_text("main"), "the reporter reads the own words"
    citizen.check("input[name=result][value=yes]")
    citizen.click("text=Kirim penilaian")
    assert state(number) == "closed"


def test_a_case_about_a_units_own_head_is_handled_and_nobody_of_that_unit_ever_sees_it(
    citizen: Page, desk: Callable[[str], Page]
) -> None:
    number, _code = report(citizen, about="Kepala Dinas Kesehatan")
    inspector = desk("inspector")
    act(inspector, number, "terlapor", office_1="Dinas Kesehatan", person_name="Kepala Dinas Kesehatan")
    act(
        inspector,
        number,
        "verifikasi",
        unit_text="Inspektorat Daerah",
        title="Dugaan pungutan",
        classification="supervisory_complaint",
    )
    for name in ("health_officer", "unit_head"):
        page = desk(name)
        for path in ("/kerja/", "/kerja/?queue=open", f"/kerja/?queue=open&q={number}", "/kerja/ringkasan/"):
            page.goto(path)
            assert number not in page.inner_text("main").replace(f"q={number}", ""), path
            assert "Dugaan pungutan" not in page.content(), path
        answered = page.goto(f"/kerja/l/{number}/")
        assert answered is not None
        assert answered.status == 404
    inspector.goto("/kerja/?queue=open")
    assert number in inspector.content()
    assert Case.objects.get(tracking_id=number).guarded
