"""Words and filters together find what a plain look at every public case finds, page by page, newest first."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from tanggap.cases.correction import Correction
from tanggap.cases.models import Case, Narrative, PublicWords
from tanggap.cases.searching import keep_words
from tanggap.cases.selectors import Filters, public_list
from tanggap.cases.services.correct_case import correct_case
from tanggap.cases.services.follow_agency import follow_agency
from tanggap.cases.services.forward_case import forward_case
from tanggap.common.pagination import keyset_page
from tanggap.directory.models import Agency, Category, Region
from tanggap.directory.selectors import agency_by_code, calendar_of
from tanggap.directory.services.merge_agencies import merge_agencies
from tests.cast import DAY, Cast
from tests.paths import HOUR, bring

pytestmark = pytest.mark.django_db
WORDS = ["zamrud", "kuskus", "melati", "kenanga"]
STATES = ["forwarded", "in_progress", "archived"]
KINDS = ["complaint", "aspiration", None]


def listed(filters: Filters) -> list[int]:
    """All pages of three, joined."""
    found: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        cases = public_list(filters, now=DAY, calendar=calendar_of(None))
        page = keyset_page(cases, order=("-received_at", "-id"), cursor=cursor, size=3)
        found += [case.pk for case in page.items]
        cursor = page.next_cursor
    return found


def scattered(chance: Random) -> dict[int, set[str]]:
    """Sixty public cases at random; the words of each."""
    units = [agency_by_code(code) for code in ("35.27", "35.27/dpupr", "35.27/dinkes", "35.02/dpupr")]
    places = [None, *Region.objects.filter(code__in=["35", "35.27", "35.02", "33.74"])]
    places += list(Region.objects.filter(code__startswith="35.27.").order_by("code")[:4])
    top = Category.objects.filter(level=1, children__isnull=False).order_by("code").distinct()[:2]
    topics = [None, *top, *Category.objects.filter(parent__in=list(top)).order_by("code")[:4]]
    cases, words = [], []
    for number in range(60):
        unit = chance.choice(units)
        cases.append(
            Case(
                tracking_id=f"{number:09d}",
                state=chance.choice(STATES),
                classification=chance.choice(KINDS),
                channel="web",
                title="Laporan",
                region=chance.choice(places),
                category=chance.choice(topics),
                agency=unit,
                body_id=unit.body_id,
                # Few moments, so that the number decides among those of one.
                received_at=DAY + chance.randrange(9) * HOUR,
                archive_reason="unclear",
                published=True,
                imported=True,
            )
        )
        words.append({word for word in WORDS if chance.random() < 0.5})
    Case.objects.bulk_create(cases)
    Narrative.objects.bulk_create(
        Narrative(case=case, public_text=" ".join(sorted(said)), agency_text="")
        for case, said in zip(cases, words, strict=True)
    )
    keep_words([case.pk for case in cases])
    return {case.pk: said for case, said in zip(cases, words, strict=True)}


@pytest.mark.parametrize("seed", range(3))
def test_words_and_filters_find_what_a_look_at_every_case_finds(seed: int) -> None:
    chance = Random(seed)
    words = scattered(chance)
    every = list(Case.objects.select_related("category").order_by("-received_at", "-id"))
    codes = ["", "", *{place for case in every for place in ((case.region_id or "")[:5], case.region_id or "")}]
    topics = ["", "", *{case.category_id or "" for case in every}]
    bodies: list[int | None] = [None, None, *{case.body_id for case in every}, *{case.agency_id for case in every}]
    several = 0
    for _round in range(30):
        asked, left_out = chance.sample(WORDS, 2)
        filters = Filters(
            state=chance.choice(["", "", *STATES]),
            classification=chance.choice(["", "", "complaint"]),
            category=chance.choice(sorted(topics)),
            region=chance.choice(sorted(codes)),
            agency_id=chance.choice(bodies),
            since=chance.choice([None, DAY.date()]),
            text=chance.choice([asked, f"{asked} -{left_out}", f"-{left_out}", f"{asked} atau {left_out}"]),
        )
        expected = [case.pk for case in every if fits(case, words[case.pk], filters)]
        assert listed(filters) == expected, filters
        several += len(expected) > 3
    assert several


def fits(case: Case, said: set[str], filters: Filters) -> bool:
    """The plain look."""
    parent = case.category.parent_id if case.category else None
    agency = Agency.objects.get(pk=filters.agency_id) if filters.agency_id else None
    holder = case.body_id if agency is not None and agency.is_body else case.agency_id
    return (
        filters.state in ("", case.state)
        and filters.classification in ("", case.classification)
        and filters.category in ("", case.category_id, parent)
        and (not filters.region or f"{case.region_id}.".startswith(f"{filters.region}."))
        and filters.agency_id in (None, holder)
        and speaks(said, filters.text)
    )


def speaks(said: set[str], text: str) -> bool:
    if " atau " in text:
        return not said.isdisjoint(text.split(" atau "))
    return all((word.removeprefix("-") in said) != word.startswith("-") for word in text.split())


@pytest.fixture
def case(submit: Any, cast: Cast) -> Case:
    return bring("in_progress", submit, cast, text="Pot zamrud pecah.", region=Region.objects.get(pk="35.27"))


def found(**filters: Any) -> bool:
    return bool(listed(Filters(text="zamrud", **filters)))


def test_another_place_topic_and_kind_are_searched_at_once(case: Case, cast: Cast) -> None:
    topic = Category.objects.filter(level=2, valid_until=None).order_by("code")[0]
    correction = Correction(classification="aspiration", category=topic, region=Region.objects.get(pk="35.02"))
    correct_case(tracking_id=case.tracking_id, correction=correction, actor=cast["verifier"], now=DAY + 3 * HOUR)
    assert found(region="35.02", category=topic.parent_id, classification="aspiration")
    assert not found(region="35.27")
    assert not found(classification="complaint")


def test_a_case_handed_on_or_whose_agency_was_merged_is_searched_where_it_is(case: Case, cast: Cast) -> None:
    old, new = agency_by_code("35.27/dpupr"), agency_by_code("35.27/dinkes")
    assert found(agency_id=old.pk, state="in_progress")
    forward_case(tracking_id=case.tracking_id, agency=new, actor=cast["verifier"], now=DAY + 3 * HOUR)
    assert found(agency_id=new.pk, state="forwarded")
    assert not found(agency_id=old.pk)
    regency, into = agency_by_code("35.27"), agency_by_code("35.02")
    merge_agencies(agency=regency, into=into, last_day=DAY.date() - timedelta(days=1), actor_key="person:1",
                   reason="Penggabungan daerah.", now=DAY + 4 * HOUR)  # fmt: skip
    assert follow_agency(agency_id=regency.pk, now=DAY + 4 * HOUR) == 1
    assert found(agency_id=into.pk)
    assert not found(agency_id=regency.pk)


def test_no_word_of_a_text_or_a_question_is_a_mark(submit: Any, cast: Cast) -> None:
    case = bring("in_progress", submit, cast, text="Zamrud R:35.02 'S:closed' B:1 di sini.", region=None)
    assert PublicWords.objects.filter(case=case).exists()
    assert found()
    assert not found(region="35.02")
    assert not found(state="closed")
    assert not listed(Filters(text="S:in_progress"))
