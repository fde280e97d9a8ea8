"""What everybody will see is shown before sending, and the reporter may take more out of it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tanggap.cases.models import Case
from tanggap.cases.recording import find_case
from tanggap.common.clock import now
from tests.cast import Cast
from tests.journeys.portal_walk import Page, Walker
from tests.paths import verify

STORY = "Anak saya dipungut uang di SDN Karanglo dekat jembatan Melati. Hubungi 0812-3456-7890, saya tunggu."

pytestmark = pytest.mark.django_db


def letter(page: Page) -> str:
    """The public version on the page."""
    return page.html.split('<article class="letter">')[1].split("</article>")[0]


def sent(walk: Walker) -> Case:
    found = re.search(r'class="code number">([0-9A-Z-]+)<', walk.press("send").html)
    assert found, walk.page.text
    return find_case(found[1])


def test_a_marked_word_leaves_the_preview_and_the_public_text_but_not_the_agencys(client: Client) -> None:
    walk = Walker(client)
    page = walk.to_preview(STORY, cerita={"title": "Pungutan dekat Melati"})
    assert "Melati" in letter(page)
    assert '<input type="checkbox" name="hide" value="Melati">' in page.html, "without JavaScript it is a tick"
    page = walk.press("stay", hide="Melati\r\nSDN Karanglo")
    assert "Melati" not in letter(page)
    assert "Karanglo" not in letter(page)
    assert "disamarkan pelapor" in letter(page)
    case = sent(walk)
    assert case.title == "Pungutan dekat [DISAMARKAN]"
    assert "Melati" not in case.narrative.public_text
    assert "Melati" in case.narrative.agency_text


def test_words_of_the_place_are_hidden_like_words_of_the_story(client: Client, cast: Cast) -> None:
    walk = Walker(client)
    page = walk.to_preview("Lampu jalan padam sejak kemarin malam.", tempat={"place": "depan warung Kenanga blok C7"})
    assert '<input type="checkbox" name="hide" value="Kenanga">' in page.html
    assert "Kenanga" in letter(page)
    page = walk.press("stay", hide="Kenanga\nC7")
    assert "depan warung" in letter(page)
    assert "Kenanga" not in letter(page)
    case = sent(walk)
    assert case.place == "depan warung Kenanga blok C7", "who has to go there reads all of it"
    verify(case, cast, "35.27/dpupr", now(), by="national_admin")
    seen = Client().get(f"/l/{case.tracking_id}").content.decode()
    assert "depan warung" in seen
    assert "Kenanga" not in seen
    assert "C7" not in seen


def test_what_is_hidden_stays_hidden_when_the_story_is_changed_afterwards(client: Client) -> None:
    walk = Walker(client)
    walk.to_preview(STORY)
    walk.press("to:cerita", hide="Melati")
    page = walk.press("review", text=STORY + " Kasihan warga Melati.")
    assert "Melati" not in letter(page)
    assert "Kasihan" in letter(page)


def test_an_anonymous_reporters_marked_words_reach_no_agency_either(client: Client) -> None:
    walk = Walker(client)
    walk.to_preview(STORY, anda={"anonymous": "on"})
    walk.press("stay", hide="Melati")
    narrative = sent(walk).narrative
    assert "Melati" not in narrative.agency_text + narrative.public_text


@pytest.mark.parametrize("choice", ["anonymous", "secret"])
def test_whoever_wants_to_stay_unknown_is_told_what_still_tells(client: Client, choice: str) -> None:
    walk = Walker(client)
    page = walk.to_preview(STORY, anda={choice: "on", "name": "Sari Hubungi"})
    assert "Ini masih dapat mengenali Anda" in page.text
    assert "nomor telepon" in page.text
    assert "“Anak saya”" in page.text
    assert "“Hubungi”" in page.text, "the own name stands in the text"


def test_nobody_is_warned_without_need(client: Client) -> None:
    walk = Walker(client)
    page = walk.to_preview("Lampu jalan padam sejak kemarin malam.", anda={"anonymous": "on"})
    assert "masih dapat mengenali Anda" not in page.text
    assert "masih dapat mengenali Anda" not in Walker(client).to_preview(STORY).text


def test_the_warning_stands_where_the_choice_is_made(client: Client) -> None:
    walk = Walker(client)
    walk.press(text=STORY)
    for _ in range(3):
        walk.press()
    assert walk.step == "anda"
    assert "masih dapat mengenali Anda" in walk.page.text


def test_markup_and_nonsense_in_the_marks_do_no_harm(client: Client) -> None:
    walk = Walker(client)
    walk.to_preview(STORY)
    page = walk.press("stay", hide="<script>alert(1)</script>\n.*\n(\x00")
    assert "<script>alert(1)" not in page.html
    assert "Melati" in letter(page)
    case = sent(walk)
    assert "Melati" in case.narrative.public_text
