"""The place by a position or a touch on our own map; both only help to choose, and neither is needed."""

from __future__ import annotations

import gzip
import re

import pytest
from django.test import Client

from tanggap.cases.models import Case
from tanggap.cases.recording import find_case
from tanggap.directory.boundaries import regency_at
from tests.journeys.portal_walk import Walker

STORY = "Jembatan retak di dekat pasar."
SAMPANG, SEMARANG = (-7.10, 113.25), (-6.99, 110.42)


@pytest.mark.parametrize(
    ("point", "code"),
    [
        (SAMPANG, "35.27"),
        (SEMARANG, "33.74"),
        ((-6.18, 106.83), "31.71"),
        ((-5.5, 110.0), None),
        ((51.5, 0.0), None),
        ((float("nan"), 110.0), None),
        ((float("inf"), 110.0), None),
    ],
)
def test_a_point_lies_in_its_regency_or_nowhere(point: tuple[float, float], code: str | None) -> None:
    assert regency_at(*point) == code


def at_place(client: Client) -> Walker:
    walk = Walker(client)
    walk.press(text=STORY)
    return walk


def sent(walk: Walker, **anda: str) -> Case:
    for answers in ({}, {}, {}, anda):
        walk.press(**answers)
    found = re.search(r'class="code number">([0-9A-Z-]+)<', walk.press("send").html)
    assert found, walk.page.text
    return find_case(found[1])


@pytest.mark.django_db
def test_a_position_finds_the_regency_offers_its_districts_and_goes_along(client: Client) -> None:
    walk = at_place(client)
    page = walk.press("locate", latitude=str(SAMPANG[0]), longitude=str(SAMPANG[1]))
    assert walk.fields["region"] == "35.27"
    assert "Kecamatan Sampang" in page.text
    case = sent(walk)
    assert case.region_id == "35.27"
    assert (case.latitude, case.longitude) == SAMPANG


@pytest.mark.django_db
def test_a_position_can_be_taken_back(client: Client) -> None:
    walk = at_place(client)
    walk.press("locate", latitude=str(SAMPANG[0]), longitude=str(SAMPANG[1]))
    page = walk.press("forget")
    assert "Posisi Anda ikut disimpan" not in page.text
    case = sent(walk)
    assert (case.latitude, case.region_id) == (None, "35.27")


@pytest.mark.django_db
def test_an_anonymous_reporters_position_lies_under_the_seal(client: Client) -> None:
    walk = at_place(client)
    walk.press("locate", latitude=str(SAMPANG[0]), longitude=str(SAMPANG[1]))
    assert sent(walk, anonymous="on").latitude is None


@pytest.mark.django_db
def test_a_touch_on_the_map_chooses_the_regency(client: Client) -> None:
    walk = at_place(client)
    walk.press("region:33.74")
    assert walk.fields["region"] == "33.74"
    assert "Kecamatan Ngaliyan" in walk.page.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("go", "latitude", "longitude"),
    [
        ("locate", "", ""),
        ("locate", "abc", "110"),
        ("locate", "nan", "nan"),
        ("locate", "51.5", "0"),
        ("region:99.99", "", ""),
        ("region:33", "", ""),
        ("region:'; --", "", ""),
    ],
)
def test_a_point_that_is_none_is_told_and_nothing_is_lost(
    client: Client, go: str, latitude: str, longitude: str
) -> None:
    walk = at_place(client)
    page = walk.press(go, latitude=latitude, longitude=longitude)
    assert "tidak kami kenali" in page.text
    assert walk.fields["text"] == STORY
    walk.press(region="-")
    assert walk.step == "instansi"


@pytest.mark.django_db
def test_the_map_is_our_own_small_and_asked_for(client: Client) -> None:
    nation = client.get("/lapor/batas.json")
    assert len(gzip.compress(nation.content)) < 30_000
    assert ["35", "Jawa Timur"] in [shape[:2] for shape in nation.json()["shapes"]]
    province = client.get("/lapor/batas.json?provinsi=35").json()
    assert "35.27" in [shape[0] for shape in province["shapes"]]
    for wrong in ("99", "x", "35.27", "%00"):
        assert client.get(f"/lapor/batas.json?provinsi={wrong}").status_code == 404
    page = at_place(client).page.html
    assert 'id="peta" hidden' in page, "without JavaScript nothing is offered that does not work"
