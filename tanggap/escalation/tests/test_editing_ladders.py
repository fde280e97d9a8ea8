"""Ladders of an agency's own: saved from a day on, refused with sentences, tried on a case without sending."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tanggap.common.errors import Forbidden, Invalid
from tanggap.directory.selectors import agency_by_code
from tanggap.escalation.dry_run import dry_run
from tanggap.escalation.ladder_edits import StepWish, check_ladder, rungs_of
from tanggap.escalation.ladders import Ladders
from tanggap.escalation.models import Ladder, TakenStep
from tanggap.escalation.recipients import lineage
from tanggap.escalation.selectors.ladders import ladders_of, steps_of
from tanggap.escalation.services.end_ladder import end_ladder
from tanggap.escalation.services.save_ladder import save_ladder
from tanggap.escalation.services.sweep_at import sweep_at
from tanggap.ledger.models import Event
from tanggap.ledger.selectors import events_of
from tanggap.notify.models import Message
from tests.cast import DAY

pytestmark = pytest.mark.django_db
TOMORROW = DAY.date() + timedelta(days=1)
REMIND = StepWish("reminder", 1, False, "working_days", "liaison_officer", "answer_reminder")
LETTER = StepWish("letter_1", 2, False, "working_days", "unit_head", "letter_1", "", ("coordinator",))
STEPS = [LETTER, REMIND]


def save(cast, *, steps=STEPS, code="35.02", by="outsider", valid_from=TOMORROW, clock="first_answer", **given):
    agency = agency_by_code(code) if code else None
    given = {"source": "Keputusan Sekda 5/2026", "now": DAY, **given}
    return save_ladder(clock=clock, agency=agency, steps=steps, valid_from=valid_from, actor=cast[by], **given)


def in_force(code, on, clock="first_answer"):
    return [rung.template for rung in Ladders().of(clock, lineage(agency_by_code(code)), on)]


def test_an_own_ladder_holds_from_its_day_for_all_units_below_and_nobody_else(cast):
    before = in_force("35.02/dinkes", TOMORROW)
    save(cast)
    assert in_force("35.02/dinkes", TOMORROW) == ["answer_reminder", "letter_1"]
    assert in_force("35.02/dinkes", DAY.date()) == before, "clocks that began today keep theirs"
    assert in_force("33.21/dinkes", TOMORROW) == before
    (event,) = events_of(f"ladder:{agency_by_code('35.02').pk}")
    assert (event.name, event.data["clock"], len(event.data["steps"])) == ("ladder.changed", "first_answer", 2)


def test_saving_the_planned_day_again_replaces_what_was_planned(cast):
    save(cast)
    save(cast, steps=[LETTER])
    assert in_force("35.02", TOMORROW) == ["letter_1"]
    assert Ladder.objects.filter(agency=agency_by_code("35.02")).count() == 1


def test_an_own_ladder_ends_and_the_one_above_holds_again(cast):
    save(cast)
    after = TOMORROW + timedelta(days=10)
    end_ladder(clock="first_answer", agency=agency_by_code("35.02"), first_day=after, actor=cast["outsider"], now=DAY)
    assert in_force("35.02", after - timedelta(days=1)) == ["answer_reminder", "letter_1"]
    assert in_force("35.02", after) == in_force("33.21", after)


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([], "satu sampai 20 langkah"),
        ([REMIND], "naik sekurang-kurangnya sekali"),
        ([LETTER, LETTER], "Dua langkah sama"),
        ([LETTER, replace(REMIND, offset=-1)], "Langkah 2: dari mulainya jam"),
        ([replace(LETTER, role="reporter")], "bukan untuk penerima itu"),
        ([LETTER, replace(REMIND, role="on_call", kind="letter_1")], "surat ditujukan kepada jabatan"),
        ([replace(LETTER, copies=("unit_head",))], "tembusan untuk jabatan lain"),
        ([replace(LETTER, from_limit=True, unit="hours")], "jam dihitung dari mulainya"),
        ([replace(LETTER, template="tidak-ada")], "pilih dari daftar"),
        ([replace(LETTER, channel="pos")], "pilih dari daftar"),
    ],
)
def test_a_ladder_that_cannot_be_is_refused_with_a_sentence_and_nothing_is_written(cast, steps, says):
    rows = Ladder.objects.count()
    with pytest.raises(Invalid) as refused:
        save(cast, steps=steps)
    assert says in refused.value.message
    assert Ladder.objects.count() == rows
    assert not Event.objects.filter(name="ladder.changed").exists()


def test_today_no_basis_anothers_agency_and_national_clocks_are_refused(cast):
    for given, field in (({"valid_from": DAY.date()}, "valid_from"), ({"source": " "}, "source")):
        with pytest.raises(Invalid) as refused:
            save(cast, **given)
        assert refused.value.field == field
    with pytest.raises(Invalid):
        check_ladder("urgent", STEPS, national=False)
    for by, code in (("verifier", "35.02"), ("officer", "35.27"), ("outsider", "")):
        with pytest.raises(Forbidden):
            save(cast, by=by, code=code)
    assert not Event.objects.filter(name="ladder.changed").exists()


def test_every_shipped_ladder_passes_the_rules_of_the_editor(db):
    for code in (None, "35.27"):
        for line in ladders_of(agency_by_code(code) if code else None, on=DAY.date()):
            check_ladder(line.clock, line.steps, national=line.level is None)


def test_a_dry_run_says_what_the_sweep_then_does_and_writes_nothing(case_in, cast):
    case = case_in("forwarded")
    steps = steps_of(Ladder.objects.get(clock="first_answer", agency=agency_by_code("35.27")))
    later = DAY + timedelta(days=2)
    counts = Event.objects.count(), TakenStep.objects.count(), Message.objects.count()
    tried = dry_run(case, "first_answer", rungs_of(steps), now=later)
    assert (Event.objects.count(), TakenStep.objects.count(), Message.objects.count()) == counts
    assert [step.at for step in tried.steps] == sorted(step.at for step in tried.steps)
    assert len(tried.steps) == len(steps)
    sweep_at(at=later)
    decided = TakenStep.objects.filter(case=case, clock="first_answer").order_by("number")
    assert [(row.number, row.due_at) for row in decided] == [
        (step.rung.number, step.at) for step in tried.steps if step.sent
    ]


def test_a_clock_that_stopped_is_tried_as_it_ran_and_later_steps_are_not_sent(case_in):
    case = case_in("answered")
    tried = dry_run(case, "first_answer", rungs_of(STEPS), now=DAY + timedelta(days=30))
    assert tried.stopped_at is not None
    assert [step.sent for step in tried.steps] == [step.at < tried.stopped_at for step in tried.steps]
    assert any(not step.sent for step in tried.steps)


def test_a_clock_that_never_ran_has_nothing_to_try(case_in):
    assert dry_run(case_in("unverified"), "first_answer", rungs_of(STEPS), now=DAY).steps == ()
