"""Flags: raised when a period is computed, read by those who judge, with the cases they may see and no others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tanggap.accounts.actor import actor_for
from tanggap.cases.models import Case, Subject
from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.services.hold_case import hold_case
from tanggap.common.clock import frozen
from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.flag_facts import flag_facts, words_digest
from tanggap.evaluation.models import Flag, FlagRule
from tanggap.evaluation.periods import Period
from tanggap.evaluation.services.compute_period import compute_period
from tanggap.evaluation.services.raise_flags import raise_flags
from tanggap.evaluation.services.request_period import request_period
from tests.cast import DAY, Cast
from tests.journeys.console import sign_in
from tests.paths import HOUR, final, verify

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=60)
QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))


@pytest.fixture
def answered(submit: Callable[..., Any], cast: Cast) -> Callable[..., Case]:
    """A case answered within minutes, in the given words."""

    def made(words: str, **given: Any) -> Case:
        case: Case = submit(**given).case
        verify(case, cast, "35.27/dpupr", DAY + HOUR)
        answer_case(
            tracking_id=case.tracking_id,
            draft=final(words),
            actor=cast["officer"],
            now=DAY + HOUR + timedelta(minutes=3),
        )
        return case

    return made


@pytest.fixture
def computed(cast: Cast) -> Callable[[], Any]:
    """The last quarter of 2026, computed and looked through."""

    def made() -> Any:
        FlagRule.objects.update(minimum=3, share="0.05")
        period = request_period(
            name="2026-Q4", first=QUARTER.first, last=QUARTER.last, actor=cast["evaluator"], now=LATER
        )
        compute_period(period_id=period.pk, now=LATER)
        raise_flags(period_id=period.pk, now=LATER)
        return period

    return made


SAME = "Lampu di Jalan Randu nomor {} sudah diganti pada Senin pagi oleh regu penerangan kami."


def test_answers_alike_but_for_numbers_raise_a_flag_with_their_cases(answered, computed, cast: Cast) -> None:
    cases = [answered(SAME.format(n)) for n in range(4)]
    other = answered("Pohon yang tumbang di depan balai desa sudah dipotong dan diangkut semalam.")
    period = computed()
    flags = {flag.name: flag for flag in Flag.objects.all()}
    assert set(flags) == {"identical_answers", "template_in_minutes"}
    assert flags["identical_answers"].case_ids == sorted(case.pk for case in cases)
    assert (flags["identical_answers"].count, flags["identical_answers"].of) == (4, 5)
    with frozen(LATER):
        evaluator = sign_in(cast, "evaluator")
        assert "4 dari 5" in evaluator.get("/kerja/peringkat/masa/2026-Q4/tanda/").content.decode()
        page = evaluator.get(f"/kerja/peringkat/tanda/{flags['identical_answers'].pk}/").content.decode()
        assert all(case.tracking_id in page for case in cases)
        assert other.tracking_id not in page
        for name in ("verifier", "officer", "leader", "inspector"):
            for path in ("masa/2026-Q4/tanda/", f"tanda/{flags['identical_answers'].pk}/"):
                assert sign_in(cast, name).get(f"/kerja/peringkat/{path}").status_code == 404
    period.refresh_from_db()
    before = period.manifest, period.state
    raise_flags(period_id=period.pk, now=LATER)
    assert Flag.objects.count() == 2
    period.refresh_from_db()
    assert (period.manifest, period.state) == before


def test_a_case_about_the_reader_is_neither_shown_nor_counted(answered, computed, cast: Cast) -> None:
    cases = [answered(SAME.format(n)) for n in range(4)]
    Case.objects.filter(pk=cases[0].pk).update(secret=True, guarded=True)
    Subject.objects.create(case=cases[0], person=cast.person("evaluator"))
    computed()
    flag = Flag.objects.get(name="identical_answers")
    assert flag.count == 4
    with frozen(LATER):
        evaluator = sign_in(cast, "evaluator")
        assert "3 dari 3" in evaluator.get("/kerja/peringkat/masa/2026-Q4/tanda/").content.decode()
        page = evaluator.get(f"/kerja/peringkat/tanda/{flag.pk}/").content.decode()
        assert cases[0].tracking_id not in page
        assert cases[1].tracking_id in page
        Subject.objects.bulk_create(Subject(case=case, person=cast.person("evaluator")) for case in cases[1:])
        Case.objects.update(secret=True, guarded=True)
        assert evaluator.get(f"/kerja/peringkat/tanda/{flag.pk}/").status_code == 404
        assert "/kerja/peringkat/tanda/" not in evaluator.get("/kerja/peringkat/masa/2026-Q4/tanda/").content.decode()


def test_the_facts_tell_holds_with_the_limit_that_ran(submit, cast: Cast) -> None:
    case = submit().case
    verify(case, cast, "35.27/dpupr", DAY + HOUR)
    due = Case.objects.get().answer_due_at
    hold_case(tracking_id=case.tracking_id, question="Nomor berapa?", actor=cast["officer"], now=due - HOUR)
    (seen,) = flag_facts(agency_by_code("35.27"), QUARTER)
    assert seen.stops == ((due - HOUR, due),)


def test_who_enters_for_the_own_unit_is_known(submit, cast: Cast) -> None:
    own, others = submit().case, submit().case
    for case, by in ((own, "officer"), (others, "health_officer")):
        verify(case, cast, "35.27/dpupr", DAY + HOUR)
        Case.objects.filter(pk=case.pk).update(entered_by_key=actor_for(cast.person(by), on=DAY.date()).key)
    facts = {seen.pk: seen.entered_by_holder for seen in flag_facts(agency_by_code("35.27"), QUARTER)}
    assert facts == {own.pk: True, others.pk: False}


def test_words_are_the_same_whatever_their_numbers_case_and_spaces() -> None:
    assert words_digest("Sudah  dikerjakan 12 Mei") == words_digest("sudah dikerjakan\n3 mei")
    assert words_digest("Sudah dikerjakan") != words_digest("Belum dikerjakan")
