"""While a report is being written: units that may be competent and public reports of the same matter, with reasons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tanggap.cases.models import Case
from tanggap.directory.models import Region
from tests.cast import DAY, Cast
from tests.journeys.portal_walk import Page, Walker
from tests.paths import HOUR, verify

pytestmark = pytest.mark.django_db
STORY = "Lampu jalan padam di depan pasar sejak tiga malam, gelap sekali."
DISTRICT = "35.27.01"


def at_agency(client: Client, region: str = DISTRICT, **story: str) -> Walker:
    """At the question for the agency, with a place chosen."""
    walk = Walker(client)
    walk.press(**{"text": STORY, **story})
    walk.press(region=region)
    assert walk.step == "instansi"
    return walk


@pytest.fixture
def public(submit: Callable[..., Any], cast: Cast) -> Callable[..., Case]:
    """A verified case in a village of the district."""
    village = Region.objects.filter(code__startswith=f"{DISTRICT}.").order_by("code")[0]

    def make(title: str = "Lampu jalan padam di depan pasar", **more: Any) -> Case:
        case: Case = submit(text="Gelap.", title=title, **{"region": village, **more}).case
        verify(case, cast, "35.27/dpupr", DAY + HOUR)
        case.refresh_from_db()
        return case

    return make


def endorsed(case: Case) -> int:
    case.refresh_from_db()
    return case.endorsements


def test_a_unit_is_suggested_by_the_words_and_the_government_by_the_place(client: Client) -> None:
    walk = at_agency(client)
    html = walk.page.html
    assert "“lampu jalan”" in walk.page.text
    assert html.index("termasuk urusannya") < html.index("kejadiannya di wilayah itu")
    assert walk.fields.get("agency") == "-", "nothing is chosen for the reporter"


def test_a_like_report_is_shown_with_why_and_joined_with_one_press(client: Client, public: Any) -> None:
    case = public()
    walk = at_agency(client)
    assert case.title in walk.page.text
    assert "Kata yang sama: “lampu jalan”, “padam”" in walk.page.text
    page = walk.press(f"ikut:{case.tracking_id}")
    assert "Anda juga mengalami. Anda boleh berhenti di sini" in page.text
    assert walk.fields["text"] == STORY, "nothing typed is lost"
    walk.press(f"ikut:{case.tracking_id}")
    assert endorsed(case) == 1, "a browser counts once"


@pytest.mark.parametrize("given", [{"secret": True}, {"anonymous": True}, {"about": ["35.27/dinkes"]}])
def test_nothing_kept_from_the_public_is_ever_like_anything(
    client: Client, submit: Any, public: Any, given: dict[str, Any]
) -> None:
    if "about" in given:
        submit(text="Gelap.", title="Lampu jalan padam di depan pasar", region=Region.objects.get(pk=DISTRICT), **given)
    else:
        public(**given)
    assert "Sudah ada yang melaporkan" not in at_agency(client).page.text


def test_another_district_another_matter_or_no_place_show_nothing(client: Client, public: Any) -> None:
    public()
    for walk in (
        at_agency(client, "35.27.02"),
        at_agency(client, text="Petugas loket pajak tutup sebelum jam makan siang."),
        at_agency(client, "-"),
    ):
        assert "Sudah ada yang melaporkan" not in walk.page.text


def test_a_press_on_what_is_not_public_changes_nothing_and_tells_nothing(client: Client, submit: Any) -> None:
    case = submit(text="Gelap.", secret=True).case
    walk = at_agency(client)
    before: Page = walk.page
    for number in (case.tracking_id, "0000-0000-0", "'; --"):
        assert walk.press(f"ikut:{number}").status == 200
        assert walk.page.text == before.text
    assert endorsed(case) == 0


def test_on_a_shared_phone_nobody_joins_by_the_browser(client: Client, public: Any) -> None:
    public()
    walk = at_agency(client, shared="on")
    assert "Saya juga mengalami" not in walk.page.text
