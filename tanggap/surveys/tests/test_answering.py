"""One answer a person: by link, open code and paper; what is refused changes nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tanggap.accounts.actor import PUBLIC
from tanggap.common.errors import Forbidden, Invalid, NotFound, Refused
from tanggap.surveys.models import Answer, Mark, PersonalLink, Survey
from tanggap.surveys.services.answer_survey import Said, answer_survey
from tanggap.surveys.services.close_survey import close_survey
from tanggap.surveys.services.make_links import make_links
from tanggap.surveys.tests.filled import opened, ratings
from tests.cast import DAY, Cast

pytestmark = pytest.mark.django_db


def say(survey: Survey, *, actor: Any = PUBLIC, at: Any = DAY, values: dict[str, int] | None = None, **by: Any) -> None:
    answer_survey(code=survey.code, said=Said(values or ratings(4), **by), actor=actor, now=at)


def footprint(survey: Survey) -> tuple[Any, ...]:
    links = list(survey.links.order_by("pk").values_list("pk", "used"))
    return Survey.objects.values().get(pk=survey.pk), links, survey.marks.count(), survey.answers.count()


def test_a_personal_link_is_good_for_one_answer(cast: Cast) -> None:
    survey = opened(cast)
    first, second = make_links(code=survey.code, channel="whatsapp", number=2, actor=cast["verifier"], now=DAY)
    say(survey, token=first)
    assert Answer.objects.get().channel == "whatsapp"
    before = footprint(survey)
    with pytest.raises(Refused, match="sudah dipakai"):
        say(survey, token=first)
    assert footprint(survey) == before
    say(survey, token=second)
    assert survey.answers.count() == 2


def test_a_link_of_another_survey_or_of_none_opens_nothing(cast: Cast) -> None:
    survey, other = opened(cast), opened(cast, "Pendaftaran pasien")
    (token,) = make_links(code=other.code, channel="page", number=1, actor=cast["verifier"], now=DAY)
    for wrong in (token, "tebakan"):
        with pytest.raises(Refused):
            say(survey, token=wrong)
    assert not Answer.objects.exists()
    assert PersonalLink.objects.filter(used=True).count() == 0


def test_only_digests_of_links_and_browsers_are_kept(cast: Cast) -> None:
    survey = opened(cast)
    (token,) = make_links(code=survey.code, channel="page", number=1, actor=cast["verifier"], now=DAY)
    say(survey, browser="abc123")
    kept = [bytes(PersonalLink.objects.get().token_digest), bytes(Mark.objects.get().digest)]
    assert all(token.encode() not in one and b"abc123" not in one for one in kept)
    columns = {field.name for field in Answer._meta.get_fields()}
    assert not columns & {"at", "created_at", "link", "mark", "person", "actor", "address"}


def test_one_browser_answers_a_survey_once_and_another_survey_too(cast: Cast) -> None:
    survey, other = opened(cast), opened(cast, "Pendaftaran pasien")
    say(survey, browser="abc")
    before = footprint(survey)
    with pytest.raises(Refused, match="dari perangkat ini"):
        say(survey, browser="abc")
    with pytest.raises(Refused, match="kuki"):
        say(survey)
    assert footprint(survey) == before
    say(other, browser="abc")
    say(survey, browser="def")
    assert (survey.answers.count(), other.answers.count()) == (2, 1)


@pytest.mark.parametrize("missing", [0, 8, 1, 5, None])
def test_an_element_without_a_rating_is_refused_and_the_link_stays_good(cast: Cast, missing: int | None) -> None:
    survey = opened(cast)
    (token,) = make_links(code=survey.code, channel="page", number=1, actor=cast["verifier"], now=DAY)
    values: dict[str, Any] = ratings(3)
    values["u9"] = missing
    before = footprint(survey)
    if missing == 1:
        del values["u4"]
    with pytest.raises(Invalid, match="belum dijawab") as found:
        say(survey, values=values, token=token)
    assert found.value.field == ("u4" if missing == 1 else "u9")
    assert footprint(survey) == before
    say(survey, token=token)


def test_a_trait_that_is_none_of_the_bands_is_refused(cast: Cast) -> None:
    survey = opened(cast)
    with pytest.raises(Invalid):
        say(survey, browser="a", traits={"age": "37"})
    say(survey, browser="a", traits={"age": "25_to_44", "sex": "", "schooling": "higher"})
    assert Answer.objects.get().age == "25_to_44"


def test_before_the_first_day_after_the_last_and_after_the_close_nothing_is_taken(cast: Cast) -> None:
    survey = opened(cast)
    for at in (DAY - timedelta(days=1), DAY + timedelta(days=21)):
        with pytest.raises(Refused):
            say(survey, browser="a", at=at)
    say(survey, sheet="1", actor=cast["verifier"], at=DAY + timedelta(days=21))
    close_survey(code=survey.code, actor=cast["verifier"], now=DAY + timedelta(days=22))
    for by in ({"browser": "b"}, {"sheet": "2"}):
        with pytest.raises(Refused):
            say(survey, actor=cast["verifier"], at=DAY + timedelta(days=2), **by)
    assert survey.answers.count() == 1
    assert not Mark.objects.exists(), "forgotten at the close"
    with pytest.raises(NotFound):
        answer_survey(code="tidakada", said=Said(ratings(4), browser="a"), actor=PUBLIC, now=DAY)


def test_a_sheet_is_entered_once_and_only_by_the_own_counter(cast: Cast) -> None:
    survey = opened(cast)
    say(survey, sheet="A-1", actor=cast["health_officer"])
    with pytest.raises(Refused, match="sudah dimasukkan"):
        say(survey, sheet="a-1 ", actor=cast["verifier"])
    for other in ("officer", "outsider", "inspector", "leader", "anonymous"):
        with pytest.raises(Forbidden):
            say(survey, sheet="A-2", actor=cast[other])
    assert list(survey.answers.values_list("channel", flat=True)) == ["paper"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by", ["token", "browser"])
def test_of_two_posts_at_the_same_moment_one_counts(cast: Cast, by: str) -> None:
    survey = opened(cast)
    (token,) = make_links(code=survey.code, channel="page", number=1, actor=cast["verifier"], now=DAY)
    together = Barrier(2, timeout=60)

    def post(_n: int) -> bool:
        try:
            together.wait()
            say(survey, **{by: token})
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(post, range(2))) == [False, True]
    assert survey.answers.count() == 1
