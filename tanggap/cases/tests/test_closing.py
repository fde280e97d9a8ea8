"""What follows a final answer: silence that closes, answers that reached nobody, promises kept and broken."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tanggap.cases.models import Case, MessageKind, Pledge, Reporter
from tanggap.cases.recording import find_case
from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.services.approve_answer import approve_answer
from tanggap.cases.services.confirm_case import confirm_case
from tanggap.cases.services.keep_pledge import keep_pledge
from tanggap.cases.services.note_seen import note_seen
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.cases.services.run_timers import run_timers
from tanggap.cases.tests.telling import MAIL, react
from tanggap.common.errors import Forbidden, Invalid, Refused
from tanggap.directory.models import Agency
from tanggap.ledger.models import Event
from tanggap.notify.models import Message, MessageState
from tests.cast import DAY, WIB
from tests.paths import HOUR, final

pytestmark = pytest.mark.django_db
AFTER_WINDOW = datetime(2026, 11, 24, 0, 1, tzinfo=WIB)
PROMISE = "Lampu diganti bersama pengadaan bulan depan, oleh regu penerangan jalan."
FULFILLED = "Regu penerangan mengganti dua lampu di Jalan Randu pada Selasa pagi."


def outcome_after_silence(case: Case) -> str:
    run_timers(now=AFTER_WINDOW)
    closed = find_case(case.tracking_id)
    assert closed.state == "closed"
    return closed.outcome


def delivered(case: Case, state: MessageState) -> None:
    """What the provider told of the final answer."""
    react()
    Message.objects.filter(stream=case.stream, template="final_answer").update(state=state)


def promised(case_in, cast, day: date = date(2026, 11, 17)) -> Case:
    case = case_in("in_progress", contact=MAIL)
    draft = final(PROMISE, kind="promised", done_on=None, office="", promised_on=day)
    answer_case(tracking_id=case.tracking_id, draft=draft, actor=cast["officer"], now=DAY + 3 * HOUR)
    return find_case(case.tracking_id)


def test_an_answer_that_bounced_and_that_nobody_opened_closes_as_unreached(case_in) -> None:
    case = case_in("answered", contact=MAIL)
    delivered(case, MessageState.FAILED)
    assert outcome_after_silence(case) == "unreached"


def test_an_answer_that_bounced_but_was_opened_on_the_page_closes_as_silent(case_in) -> None:
    case = case_in("answered", contact=MAIL)
    delivered(case, MessageState.FAILED)
    note_seen(case=case, now=DAY + 5 * HOUR)
    assert outcome_after_silence(case) == "silent"


def test_reading_the_case_before_the_answer_is_not_reading_the_answer(case_in) -> None:
    case = case_in("answered", contact=MAIL)
    note_seen(case=case, now=DAY + HOUR)
    delivered(case, MessageState.FAILED)
    assert outcome_after_silence(case) == "unreached"


@pytest.mark.parametrize("state", [MessageState.DELIVERED, MessageState.READ, MessageState.SENT])
def test_a_delivered_answer_and_silence_close_as_silent(case_in, state) -> None:
    case = case_in("answered", contact=MAIL)
    delivered(case, state)
    assert outcome_after_silence(case) == "silent"


def test_who_left_no_contact_and_never_looked_was_not_reached(case_in) -> None:
    assert outcome_after_silence(case_in("answered", anonymous=True)) == "unreached"


def test_who_left_no_contact_but_opened_the_case_with_the_code_was_reached(case_in) -> None:
    case = case_in("answered", anonymous=True)
    note_seen(case=case, now=DAY + 5 * HOUR)
    assert outcome_after_silence(case) == "silent"


def test_a_message_to_another_reporter_of_a_merged_pair_reaches_only_that_one(case_in) -> None:
    case = case_in("answered", contact=MAIL)
    delivered(case, MessageState.FAILED)
    answered = Event.objects.get(stream=case.stream, name="case.answered")
    row = Message.objects.get(source=f"event:{answered.pk}")
    row.pk, row.key, row.source, row.state = None, "other", f"{row.source}:77", MessageState.DELIVERED
    row.save()
    assert outcome_after_silence(case) == "unreached"


def test_a_reply_shows_that_the_answer_was_read(case_in, cast) -> None:
    case = case_in("answered")
    reporter = cast["citizen"].proving(case.pk)
    reply_to_case(tracking_id=case.tracking_id, text="Lampunya redup.", actor=reporter, now=DAY + 4 * HOUR)
    run_timers(now=AFTER_WINDOW + timedelta(days=1))
    assert find_case(case.tracking_id).outcome == "silent"


def test_a_refusal_that_was_read_and_stood_closes_as_refused(case_in, cast) -> None:
    case = case_in("in_progress")
    draft = final(
        "Trotoar tidak dapat dibongkar karena cagar budaya.",
        kind="refused", done_on=None, office="", legal_basis="Perda 5/2019 pasal 3",
    )  # fmt: skip
    answer_case(tracking_id=case.tracking_id, draft=draft, actor=cast["officer"], now=DAY + 3 * HOUR)
    note_seen(case=find_case(case.tracking_id), now=DAY + 4 * HOUR)
    assert outcome_after_silence(case) == "refused"


def test_seeing_is_written_once_a_day_and_again_after_a_new_answer(case_in, cast) -> None:
    case = case_in("in_progress", contact=MAIL)
    assert note_seen(case=case, now=DAY + 3 * HOUR)
    assert not note_seen(case=case, now=DAY + 4 * HOUR)
    answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast["officer"], now=DAY + 5 * HOUR)
    answered = find_case(case.tracking_id)
    assert note_seen(case=answered, now=DAY + 6 * HOUR)
    assert not note_seen(case=answered, now=DAY + 7 * HOUR)
    assert note_seen(case=answered, now=DAY + 31 * HOUR)


def test_seeing_leaves_the_case_and_its_history_alone(case_in) -> None:
    case = case_in("answered")
    before = list(Case.objects.values()), Event.objects.count()
    note_seen(case=case, now=DAY + 5 * HOUR)
    assert (list(Case.objects.values()), Event.objects.count()) == before
    assert Reporter.objects.get(case=case).sealed is None


def test_a_promise_is_a_row_with_its_own_date_that_closing_does_not_end(case_in, cast) -> None:
    case = promised(case_in, cast)
    confirm_case(tracking_id=case.tracking_id, actor=cast["citizen"].proving(case.pk), now=DAY + 4 * HOUR)
    pledge = Pledge.objects.get(case=case)
    assert (pledge.state, pledge.due_on, pledge.agency.code) == ("pending", date(2026, 11, 17), "35.27/dpupr")
    assert pledge.due_at == datetime(2026, 11, 17, 23, 59, 59, tzinfo=WIB)


def test_a_promise_for_a_sunday_is_due_when_monday_ends(case_in, cast) -> None:
    promised(case_in, cast, date(2026, 11, 15))
    assert Pledge.objects.get().due_at == datetime(2026, 11, 16, 23, 59, 59, tzinfo=WIB)


def test_answers_of_other_kinds_promise_nothing(case_in) -> None:
    case_in("answered")
    assert not Pledge.objects.exists()


def test_a_promise_in_a_draft_is_made_when_the_second_officer_approves(case_in, cast) -> None:
    Agency.objects.filter(code="35.27/dpupr").update(two_person_answers=True)
    case = promised(case_in, cast)
    assert not Pledge.objects.exists()
    draft = case.messages.get(draft=True)
    approve_answer(tracking_id=case.tracking_id, message_id=draft.pk, actor=cast["other_officer"], now=DAY + 5 * HOUR)
    assert Pledge.objects.get().message_id == draft.pk


def test_a_promise_kept_in_time_is_shown_and_told_and_moves_no_state(case_in, cast) -> None:
    case = promised(case_in, cast)
    keep_pledge(tracking_id=case.tracking_id, text=FULFILLED, actor=cast["officer"], now=DAY + timedelta(days=8))
    pledge = Pledge.objects.get()
    assert (pledge.state, find_case(case.tracking_id).state) == ("kept", "answered")
    entry = case.messages.get(kind=MessageKind.FULFILMENT)
    assert entry.text == FULFILLED
    react()
    told = Message.objects.get(template="promise_kept")
    assert told.values["text"] == FULFILLED
    assert run_timers(now=AFTER_WINDOW) == 1
    assert Pledge.objects.get().state == "kept"


def test_a_promise_whose_day_passed_is_broken_once_and_stays_broken_when_done_late(case_in, cast) -> None:
    case = promised(case_in, cast)
    end = datetime(2026, 11, 17, 23, 59, 59, tzinfo=WIB)
    assert run_timers(now=end) == 0
    assert run_timers(now=end + timedelta(seconds=1)) == 1
    assert run_timers(now=end + timedelta(seconds=2)) == 0
    pledge = Pledge.objects.get()
    assert (pledge.state, pledge.settled_at) == ("broken", None)
    assert Event.objects.filter(stream=case.stream, name="case.promise_broken").count() == 1
    keep_pledge(tracking_id=case.tracking_id, text=FULFILLED, actor=cast["officer"], now=end + timedelta(days=1))
    pledge = Pledge.objects.get()
    assert (pledge.state, pledge.settled_at) == ("broken", end + timedelta(days=1))
    assert case.messages.filter(kind=MessageKind.FULFILMENT).exists()


def test_thanks_keep_no_promise(case_in, cast) -> None:
    case = promised(case_in, cast)
    before = Event.objects.count()
    with pytest.raises(Invalid) as refusal:
        keep_pledge(
            tracking_id=case.tracking_id,
            text="Terima kasih, sudah kami tindak lanjuti.",
            actor=cast["officer"],
            now=DAY,
        )
    assert refusal.value.code == "no_substance"
    assert (Event.objects.count(), Pledge.objects.get().state) == (before, "pending")


def test_a_promise_is_settled_by_its_holder_alone_and_once(case_in, cast) -> None:
    case = promised(case_in, cast)
    for name in ("health_officer", "outsider", "leader", "ombudsman", "anonymous"):
        with pytest.raises(Forbidden):
            keep_pledge(tracking_id=case.tracking_id, text=FULFILLED, actor=cast[name], now=DAY + 5 * HOUR)
    keep_pledge(tracking_id=case.tracking_id, text=FULFILLED, actor=cast["officer"], now=DAY + 5 * HOUR)
    with pytest.raises(Refused):
        keep_pledge(tracking_id=case.tracking_id, text=FULFILLED, actor=cast["officer"], now=DAY + 6 * HOUR)
