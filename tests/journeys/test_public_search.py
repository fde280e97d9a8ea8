"""Public cases are found by the stems of their masked words, and by nothing that is not public."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tanggap.cases.models import Case, PublicWords
from tanggap.cases.services.index_words import index_words
from tanggap.cases.services.raise_confidentiality import raise_confidentiality
from tanggap.common.clock import now
from tanggap.directory.models import Region
from tests.cast import DAY, Cast
from tests.journeys.portal_walk import read
from tests.paths import HOUR, bring

pytestmark = pytest.mark.django_db
STORY = "Kebersihan pasar Srimangunan buruk, sampahnya berserakan. Hubungi saya 081234567890."


def found(client: Client, asked: str) -> bool:
    return "/l/" in read(client.get("/laporan/", {"q": asked})).html


@pytest.fixture
def market(submit: Any, cast: Cast) -> Case:
    return bring("in_progress", submit, cast, text=STORY, region=Region.objects.get(pk="35.27"))


@pytest.mark.parametrize(
    "asked",
    ["bersih", "membersihkan pasar", "sampah yang berserakan di pasar", '"pasar srimangunan"', "sampang sampah",
     "banjir atau sampah", "SAMPAH", "sampah -banjir", '"sampahnya yang berserakan"'],
)  # fmt: skip
def test_stems_phrases_and_places_find_a_case_and_stop_words_do_not_matter(
    client: Client, market: Case, asked: str
) -> None:
    assert found(client, asked)


@pytest.mark.parametrize("asked", ["banjir", "sampah -pasar", "yang di dan", "081234567890", "1234567890", "Budi"])
def test_what_does_not_stand_in_the_public_words_finds_nothing(client: Client, market: Case, asked: str) -> None:
    assert not found(client, asked)


def test_an_answer_is_found_too_and_its_words_go_with_the_case(client: Client, submit: Any, cast: Cast) -> None:
    case = bring("closed", submit, cast, text=STORY)
    answer = case.messages.filter(kind="final").get().public_text
    word = max(answer.split(), key=len).strip(".,")
    assert found(client, word)
    raise_confidentiality(tracking_id=case.tracking_id, actor=cast["national_admin"], now=DAY + 99 * HOUR, secret=True)
    assert not found(client, word)
    assert not PublicWords.objects.exists()


def test_a_case_nobody_verified_has_no_words(submit: Any, cast: Cast) -> None:
    bring("unverified", submit, cast, text=STORY)
    bring("in_progress", submit, cast, text=STORY, secret=True)
    assert not PublicWords.objects.exists()
    assert index_words(now=now(), anew=True) == 0


def test_a_snippet_marks_the_words_and_lets_no_markup_through(client: Client, submit: Any, cast: Cast) -> None:
    text = "Lubang besar <script>alert(1)</script> <b>di</b> jalan \x02palsu\x03 sekali " + "dan lagi " * 60
    bring("in_progress", submit, cast, text=text)
    page = client.get("/laporan/", {"q": "lubang"}).content.decode()
    assert "<mark>Lubang</mark>" in page
    assert "<script>alert" not in page
    assert "<mark>palsu" not in page


def test_missing_words_are_written_once_and_those_of_hidden_cases_go(market: Case, submit: Any, cast: Cast) -> None:
    other = bring("in_progress", submit, cast, text=STORY)
    PublicWords.objects.filter(case=market).delete()
    Case.objects.filter(pk=other.pk).update(published=False)
    assert index_words(now=now()) == 1
    assert index_words(now=now()) == 0
    assert list(PublicWords.objects.values_list("case_id", flat=True)) == [market.pk]


def test_reports_near_the_reader_are_those_of_the_regency_and_no_address_holds_the_position(
    client: Client, market: Case
) -> None:
    answer = client.post("/laporan/dekat/?q=sampah", {"latitude": "-7.10", "longitude": "113.28"})
    assert (answer.status_code, answer["Location"]) == (302, "/laporan/?q=sampah&wilayah=35.27")
    assert market.tracking_id in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("position", [{}, {"latitude": "x", "longitude": "1"}, {"latitude": "nan", "longitude": "nan"},
                                      {"latitude": "0", "longitude": "0"}])  # fmt: skip
def test_a_position_nowhere_is_said_and_keeps_what_was_asked(client: Client, position: dict[str, str]) -> None:
    answer = client.post("/laporan/dekat/?q=sampah", position, follow=True)
    assert answer.redirect_chain == [("/laporan/?q=sampah", 302)]
    assert "tidak mengenali wilayah" in answer.content.decode()
