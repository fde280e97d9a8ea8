"""The life of a case, at the services' door: rules that users of the real system missed (DOMAIN §2)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tanggap.cases.identity import Contact, identity_seen_by, shared_identity
from tanggap.cases.models import Case, Leg, Message
from tanggap.cases.recording import find_case
from tanggap.cases.selectors import Audience, Filters, custody_chain, inbox, narrative_for, open_case, thread_for
from tanggap.cases.selectors.lists import PRESSED
from tanggap.cases.services.answer_case import Draft, answer_case
from tanggap.cases.services.approve_answer import approve_answer
from tanggap.cases.services.approve_reveal import approve_reveal
from tanggap.cases.services.archive_case import archive_case
from tanggap.cases.services.close_silent import close_silent
from tanggap.cases.services.confirm_case import confirm_case
from tanggap.cases.services.forward_case import forward_case
from tanggap.cases.services.hold_case import hold_case
from tanggap.cases.services.lower_confidentiality import lower_confidentiality
from tanggap.cases.services.merge_cases import merge_cases
from tanggap.cases.services.object_to_case import object_to_case
from tanggap.cases.services.raise_confidentiality import raise_confidentiality
from tanggap.cases.services.rate_case import rate_case
from tanggap.cases.services.refer_case import refer_case
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.cases.services.report_pressure import report_pressure
from tanggap.cases.services.resume_hold import resume_hold
from tanggap.cases.services.return_case import return_case
from tanggap.cases.services.reveal_identity import reveal_identity
from tanggap.cases.services.run_timers import run_timers
from tanggap.cases.services.share_identity import share_identity
from tanggap.cases.services.split_case import split_case
from tanggap.cases.services.submit_case import Once
from tanggap.cases.services.unarchive_case import unarchive_case
from tanggap.cases.services.unmerge_case import unmerge_case
from tanggap.cases.services.withdraw_case import withdraw_case
from tanggap.cases.words_aside import proof_of
from tanggap.common.errors import Forbidden, Invalid, NotFound, Refused
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_code, calendar_of
from tanggap.files.models import StoredFile, Visibility
from tanggap.ledger.models import Event
from tests.cast import DAY, POSTS, WIB
from tests.paths import DONE, HOUR, final, verify

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=1)


def wib(day: int, hour: int = 9, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=WIB)


def end_of(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 23, 59, 59, tzinfo=WIB)


def snapshot() -> tuple[object, ...]:
    """Everything a refusal must leave alone."""
    return (
        list(Case.objects.order_by("pk").values()),
        list(Leg.objects.order_by("pk").values()),
        Message.objects.count(),
        Event.objects.count(),
    )


def test_the_first_forwarding_sets_the_limits_of_the_agency_and_no_later_one_moves_them(case_in, cast) -> None:
    case = case_in("forwarded")
    assert case.verification_due_at == end_of(12)
    assert (case.answer_due_at, case.resolution_due_at) == (end_of(16), end_of(27))
    forward_case(tracking_id=case.tracking_id, agency=agency_by_code("35.27/dishub"), actor=cast["verifier"], now=LATER)
    again = find_case(case.tracking_id)
    assert (again.forwarded_at, again.answer_due_at) == (case.forwarded_at, case.answer_due_at)
    assert [leg.agency.code for leg in again.legs.all()] == ["35.27/dpupr", "35.27/dishub"]


def test_forwarding_twice_by_a_double_click_begins_one_leg(case_in, cast) -> None:
    case = case_in("forwarded")
    target = agency_by_code("35.27/dishub")
    forward_case(tracking_id=case.tracking_id, agency=target, actor=cast["verifier"], now=LATER)
    before = snapshot()
    with pytest.raises(Invalid):
        forward_case(tracking_id=case.tracking_id, agency=target, actor=cast["verifier"], now=LATER)
    assert snapshot() == before


def test_a_coordinator_cannot_send_a_case_outside_the_own_agency(case_in, cast) -> None:
    case = case_in("forwarded")
    before = snapshot()
    with pytest.raises(Invalid) as refusal:
        forward_case(tracking_id=case.tracking_id, agency=agency_by_code("35.02"), actor=cast["verifier"], now=LATER)
    assert refusal.value.code == "outside_reach"
    assert snapshot() == before


def test_not_ours_goes_to_the_level_above_and_the_second_time_to_the_national_admin(case_in, cast) -> None:
    case = case_in("forwarded")
    return_case(tracking_id=case.tracking_id, reason="Jalan provinsi.", actor=cast["officer"], now=LATER)
    case = find_case(case.tracking_id)
    assert (case.agency.code, case.state, case.returns) == ("35.27", "forwarded", 1)
    forward_case(
        tracking_id=case.tracking_id, agency=agency_by_code("35.27/dpupr"), actor=cast["verifier"], now=LATER + HOUR
    )
    return_case(tracking_id=case.tracking_id, reason="Sudah kami cek.", actor=cast["officer"], now=LATER + 2 * HOUR)
    case = find_case(case.tracking_id)
    assert case.agency.code == "ID"
    forward_case(
        tracking_id=case.tracking_id, agency=agency_by_code("35"), actor=cast["national_admin"], now=LATER + 3 * HOUR
    )
    chain = custody_chain(find_case(case.tracking_id), now=LATER + 3 * HOUR)
    assert [link.agency.code for link in chain] == ["35.27", "35.27/dpupr", "35.27", "35.27/dpupr", "ID", "35"]
    assert [link.returned for link in chain] == [False, True, False, True, False, False]
    assert chain[1].reason == "Jalan provinsi."


def test_a_return_needs_a_reason(case_in, cast) -> None:
    case = case_in("forwarded")
    before = snapshot()
    with pytest.raises(Invalid):
        return_case(tracking_id=case.tracking_id, reason="  ", actor=cast["officer"], now=LATER)
    assert snapshot() == before


@pytest.mark.parametrize(
    "text",
    ["Terima kasih, laporan Anda akan segera kami tindak lanjuti.", "Siap, diteruskan ke bidang terkait.", "ok"],
)
def test_thanks_are_shown_but_stop_no_clock_and_are_no_final_answer(case_in, cast, text) -> None:
    case = case_in("forwarded")
    answer_case(tracking_id=case.tracking_id, draft=Draft(text=text), actor=cast["officer"], now=LATER)
    case = find_case(case.tracking_id)
    assert (case.state, case.first_answered_at) == ("in_progress", None)
    before = snapshot()
    with pytest.raises(Invalid) as refusal:
        answer_case(tracking_id=case.tracking_id, draft=final(text), actor=cast["officer"], now=LATER + HOUR)
    assert refusal.value.code == "no_substance"
    assert snapshot() == before


@pytest.mark.parametrize(
    ("kind", "missing"),
    [("done", "done_on"), ("promised", "promised_on"), ("refused", "legal_basis"), ("", "answer_kind")],
)
def test_a_final_answer_names_its_kind_and_what_the_kind_must_carry(case_in, cast, kind, missing) -> None:
    case = case_in("forwarded")
    draft = final(kind=kind, done_on=None, office="")
    with pytest.raises(Invalid) as refusal:
        answer_case(tracking_id=case.tracking_id, draft=draft, actor=cast["officer"], now=LATER)
    assert refusal.value.field == missing


def test_silence_closes_only_after_an_answer_and_ten_working_days_and_a_reply_restarts_the_window(
    case_in, cast
) -> None:
    case = case_in("answered")
    assert case.window_ends_at == end_of(23)
    reporter = cast["citizen"].proving(case.pk)
    reply_to_case(tracking_id=case.tracking_id, text="Lampunya redup.", actor=reporter, now=wib(20))
    assert find_case(case.tracking_id).window_ends_at == end_of(4, 12)
    assert close_silent(tracking_id=case.tracking_id, actor=cast["timer"], now=wib(24)) is None
    assert run_timers(now=end_of(4, 12) + timedelta(seconds=1)) == 1
    closed = find_case(case.tracking_id)
    assert (closed.state, closed.outcome) == ("closed", "silent")
    for other in (case_in("forwarded"), case_in("in_progress"), case_in("on_hold")):
        assert close_silent(tracking_id=other.tracking_id, actor=cast["timer"], now=wib(1, month=12)) is None


def test_a_hold_pauses_the_clocks_and_the_answer_moves_the_limit_by_that_time(case_in, cast) -> None:
    case = case_in("on_hold")
    assert case.due_at == case.hold_due_at
    reporter = cast["citizen"].proving(case.pk)
    reply_to_case(tracking_id=case.tracking_id, text="Di depan nomor 12.", actor=reporter, now=wib(11))
    case = find_case(case.tracking_id)
    assert (case.state, case.completed_at) == ("forwarded", wib(11))
    assert case.answer_due_at == end_of(18)


def test_the_reporter_is_asked_at_most_twice(case_in, cast) -> None:
    case = case_in("on_hold")
    reporter = cast["citizen"].proving(case.pk)
    reply_to_case(tracking_id=case.tracking_id, text="Nomor 12.", actor=reporter, now=wib(10))
    hold_case(tracking_id=case.tracking_id, question="Sejak kapan?", actor=cast["officer"], now=wib(10, 10))
    reply_to_case(tracking_id=case.tracking_id, text="Sejak Senin.", actor=reporter, now=wib(11))
    before = snapshot()
    with pytest.raises(Refused):
        hold_case(tracking_id=case.tracking_id, question="Warnanya?", actor=cast["officer"], now=wib(12))
    assert snapshot() == before


def test_ten_days_of_silence_archive_a_case_held_before_verification_and_resume_one_held_by_the_agency(
    case_in, submit, cast
) -> None:
    early = submit().case
    hold_case(tracking_id=early.tracking_id, question="Di mana?", actor=cast["verifier"], now=DAY)
    late = case_in("on_hold")
    assert resume_hold(tracking_id=early.tracking_id, actor=cast["timer"], now=wib(20)) is None
    assert run_timers(now=wib(24)) == 2
    early, late = find_case(early.tracking_id), find_case(late.tracking_id)
    assert (early.state, early.archive_reason) == ("archived", "incomplete")
    assert (late.state, late.hold_due_at) == ("forwarded", None)


def test_an_objection_reopens_once_for_another_officer_and_the_second_goes_to_the_ombudsman(case_in, cast) -> None:
    case = case_in("answered")
    reporter = cast["citizen"].proving(case.pk)
    object_to_case(tracking_id=case.tracking_id, text="Masih gelap.", actor=reporter, now=LATER)
    case = find_case(case.tracking_id)
    assert (case.state, case.objections, case.reopens) == ("in_progress", 1, 1)
    before = snapshot()
    with pytest.raises(Refused) as refusal:
        answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast["officer"], now=LATER + HOUR)
    assert refusal.value.code == "same_officer"
    assert snapshot() == before
    answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast["other_officer"], now=LATER + HOUR)
    object_to_case(tracking_id=case.tracking_id, text="Tetap gelap.", actor=reporter, now=LATER + 2 * HOUR)
    case = find_case(case.tracking_id)
    assert (case.state, case.objections) == ("answered", 1)
    assert Event.objects.filter(stream=case.stream, name="case.objection_escalated").count() == 1


def test_objecting_is_possible_for_ten_working_days_and_not_on_the_eleventh(case_in, cast) -> None:
    case = case_in("closed")
    reporter = cast["citizen"].proving(case.pk)
    before = snapshot()
    with pytest.raises(Refused):
        object_to_case(tracking_id=case.tracking_id, text="Terlambat.", actor=reporter, now=wib(24))
    assert snapshot() == before
    object_to_case(tracking_id=case.tracking_id, text="Padam lagi.", actor=reporter, now=wib(23))
    assert find_case(case.tracking_id).state == "in_progress"


def test_a_rating_of_two_reopens_and_one_of_three_does_not(case_in, cast) -> None:
    good, bad = case_in("closed"), case_in("closed")
    rate_case(tracking_id=good.tracking_id, rating=3, actor=cast["citizen"].proving(good.pk), now=LATER)
    rate_case(tracking_id=bad.tracking_id, rating=2, actor=cast["citizen"].proving(bad.pk), now=LATER)
    assert [find_case(c.tracking_id).state for c in (good, bad)] == ["closed", "in_progress"]
    with pytest.raises(Invalid):
        rate_case(tracking_id=good.tracking_id, rating=6, actor=cast["citizen"].proving(good.pk), now=LATER)


def test_confirming_a_refusal_closes_as_refused(case_in, cast) -> None:
    case = case_in("forwarded")
    draft = final("Permohonan ditolak karena lahan milik provinsi.", kind="refused", legal_basis="Perda 3/2019")
    answer_case(tracking_id=case.tracking_id, draft=draft, actor=cast["officer"], now=LATER)
    confirm_case(tracking_id=case.tracking_id, actor=cast["citizen"].proving(case.pk), now=LATER + HOUR)
    assert find_case(case.tracking_id).outcome == "refused"


def test_two_people_answer_where_the_agency_asks_for_two(case_in, cast) -> None:
    case = case_in("forwarded")
    Agency.objects.filter(code="35.27/dpupr").update(two_person_answers=True)
    answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast["officer"], now=LATER)
    case = find_case(case.tracking_id)
    draft = case.messages.get(draft=True)
    assert (case.state, case.answered_at) == ("forwarded", None)
    assert DONE not in [entry.text for entry in thread_for(case, Audience.PUBLIC)]
    with pytest.raises(Refused) as refusal:
        approve_answer(tracking_id=case.tracking_id, message_id=draft.pk, actor=cast["officer"], now=LATER)
    assert refusal.value.code == "own_draft"
    approve_answer(tracking_id=case.tracking_id, message_id=draft.pk, actor=cast["other_officer"], now=LATER + HOUR)
    case = find_case(case.tracking_id)
    assert (case.state, case.first_answered_at) == ("answered", LATER + HOUR)


def test_two_officers_answering_at_once_the_second_learns_of_the_first(case_in, cast) -> None:
    case = case_in("forwarded")
    seen = case.messages.count()
    first = Draft(text="Regu kami memeriksa panel listrik besok pukul sembilan.", seen=seen)
    answer_case(tracking_id=case.tracking_id, draft=first, actor=cast["officer"], now=LATER)
    before = snapshot()
    second = Draft(text="Kami pasang lampu baru pekan depan di dua tiang.", seen=seen)
    with pytest.raises(Refused) as refusal:
        answer_case(tracking_id=case.tracking_id, draft=second, actor=cast["other_officer"], now=LATER)
    assert refusal.value.code == "stale"
    assert snapshot() == before


def test_a_merge_counts_once_and_can_be_undone(case_in, cast) -> None:
    kept, double = case_in("forwarded"), case_in("in_progress")
    merge_cases(tracking_id=double.tracking_id, into=kept.tracking_id, actor=cast["verifier"], now=LATER)
    merged = find_case(double.tracking_id)
    assert (merged.state, merged.archive_reason, merged.merged_into_id) == ("archived", "duplicate", kept.pk)
    with pytest.raises(Refused):
        unarchive_case(tracking_id=double.tracking_id, actor=cast["national_admin"], now=LATER)
    unmerge_case(tracking_id=double.tracking_id, actor=cast["verifier"], now=LATER + HOUR)
    restored = find_case(double.tracking_id)
    assert (restored.state, restored.merged_into_id, restored.archive_reason) == ("in_progress", None, "")


def test_referring_names_the_right_body_and_the_national_admin_can_take_it_back(case_in, cast) -> None:
    case = case_in("unverified")
    body = "Pengadilan Negeri, Jalan Jaksa 1"
    refer_case(
        tracking_id=case.tracking_id, body=body, explanation="Perkara pidana.", actor=cast["verifier"], now=LATER
    )
    case = find_case(case.tracking_id)
    assert (case.state, case.archive_reason) == ("archived", "out_of_scope")
    assert body in case.messages.get().public_text
    unarchive_case(tracking_id=case.tracking_id, actor=cast["national_admin"], now=LATER + HOUR)
    assert find_case(case.tracking_id).state == "unverified"


@pytest.mark.parametrize("reason", ["duplicate", "withdrawn", "out_of_scope", "anonymous", ""])
def test_an_officer_archives_only_for_a_reason_of_the_list(case_in, cast, reason) -> None:
    case = case_in("forwarded")
    before = snapshot()
    with pytest.raises(Invalid):
        archive_case(
            tracking_id=case.tracking_id, reason=reason, explanation="x y z", actor=cast["verifier"], now=LATER
        )
    assert snapshot() == before


def test_withdrawing_is_the_reporters_alone(case_in, cast) -> None:
    case = case_in("in_progress")
    with pytest.raises(Forbidden):
        withdraw_case(tracking_id=case.tracking_id, actor=cast["national_admin"], now=LATER)
    withdraw_case(tracking_id=case.tracking_id, actor=cast["citizen"].proving(case.pk), now=LATER)
    assert find_case(case.tracking_id).archive_reason == "withdrawn"


def test_an_archived_unverified_case_comes_to_the_agency_by_objection(case_in, cast) -> None:
    case = case_in("archived")
    object_to_case(
        tracking_id=case.tracking_id, text="Isinya jelas.", actor=cast["citizen"].proving(case.pk), now=LATER
    )
    case = find_case(case.tracking_id)
    assert (case.state, case.forwarded_at, case.archive_reason) == ("in_progress", LATER, "")
    assert case.due_at is not None


def test_splitting_gives_each_agency_a_child_and_the_citizen_one_face(case_in, cast) -> None:
    case = case_in("forwarded")
    units = [agency_by_code("35.27/dishub"), agency_by_code("35.27/dlh")]
    children = split_case(tracking_id=case.tracking_id, agencies=units, actor=cast["verifier"], now=LATER)
    assert [child.agency.code for child in children] == ["35.27/dishub", "35.27/dlh"]
    assert not any(find_case(child.tracking_id).published for child in children)
    with pytest.raises(Refused):
        split_case(tracking_id=children[0].tracking_id, agencies=units[1:], actor=cast["verifier"], now=LATER + HOUR)


def test_the_agency_reads_an_anonymous_case_masked_and_the_reporter_as_written(submit, cast) -> None:
    text = "Hubungi saya di 0812-3456-7890. Jalan berlubang di depan rumah saya."
    receipt = submit(text=text, anonymous=True, place="Jalan Randu 12")
    case = find_case(receipt.case.tracking_id)
    assert case.place == ""
    assert "7890" not in narrative_for(case, Audience.STAFF)
    assert narrative_for(case, Audience.REPORTER) == text
    assert b"7890" not in bytes(case.narrative.original_sealed)


def test_a_correct_number_shows_the_state_and_only_the_code_the_rest(submit, cast) -> None:
    receipt = submit(secret=True)
    number = receipt.case.tracking_id
    assert open_case(cast["anonymous"], number).disclosure == "limited"
    assert open_case(cast["anonymous"], number.replace("-", "").lower()).disclosure == "limited"
    assert open_case(cast["anonymous"], number, code="0000-0000-0000").disclosure == "limited"
    assert open_case(cast["anonymous"], number, code=receipt.secret_code.lower()).disclosure == "full"


def test_a_verified_open_case_is_public_until_its_reporter_is_pressed(case_in, cast) -> None:
    case = case_in("forwarded")
    assert open_case(cast["anonymous"], case.tracking_id).disclosure == "public"
    report_pressure(tracking_id=case.tracking_id, actor=cast["citizen"].proving(case.pk), now=LATER)
    with pytest.raises(NotFound):
        open_case(cast["anonymous"], case.tracking_id)
    pressed = find_case(case.tracking_id)
    assert all("pressure" not in entry.event for entry in thread_for(pressed, Audience.STAFF))
    with pytest.raises(Refused):
        reveal_identity(tracking_id=case.tracking_id, reason="Perlu.", actor=cast["officer"], now=LATER + HOUR)


def test_pressure_is_told_to_the_inspector_and_the_ombudsman_and_to_nobody_of_the_agency(case_in, cast) -> None:
    case = case_in("forwarded")
    report_pressure(tracking_id=case.tracking_id, actor=cast["citizen"].proving(case.pk), now=LATER)
    calendar = calendar_of(case.agency_id)
    for name in (*POSTS, "anonymous"):
        listed = inbox(cast[name], queue=PRESSED, filters=Filters(), now=LATER, calendar=calendar)
        assert list(listed) == ([case] if name in ("inspector", "ombudsman") else []), name


def test_the_identity_of_an_anonymous_reporter_needs_a_second_person_from_outside(case_in, cast) -> None:
    contact = Contact(name="Sari", phone="0812 3456 7890")
    case = case_in("forwarded", anonymous=True, contact=contact)
    number = case.tracking_id
    reveal, identity = reveal_identity(tracking_id=number, reason="Perlu alamat.", actor=cast["officer"], now=LATER)
    assert identity is None
    for inside in ("officer", "other_officer", "verifier"):
        with pytest.raises(Refused):
            approve_reveal(tracking_id=number, reveal_id=reveal.pk, actor=cast[inside], now=LATER)
    assert identity_seen_by(case=case, actor=cast["officer"], now=LATER) is None
    approve_reveal(tracking_id=number, reveal_id=reveal.pk, actor=cast["national_admin"], now=LATER)
    seen = identity_seen_by(case=case, actor=cast["officer"], now=LATER + HOUR)
    assert seen is not None
    assert (seen.name, seen.phone) == ("Sari", "+6281234567890")
    assert identity_seen_by(case=case, actor=cast["officer"], now=LATER + timedelta(days=2)) is None
    told = [entry.event for entry in thread_for(find_case(number), Audience.REPORTER)]
    assert told.count("case.identity_revealed") == 1
    assert "case.identity_revealed" not in [entry.event for entry in thread_for(find_case(number), Audience.PUBLIC)]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "a" * 20_001}, "text"),
        ({"title": "x" * 161}, "title"),
        ({"occurred_on": date(2026, 11, 10)}, "occurred_on"),
        ({"occurred_on": date(1900, 1, 1)}, "occurred_on"),
        ({"classification": "praise"}, "classification"),
        ({"latitude": 1.0}, "latitude"),
        ({"latitude": 95.0, "longitude": 1.0}, "latitude"),
        ({"channel": "pigeon"}, "channel"),
    ],
)
def test_what_cannot_be_accepted_is_named_and_nothing_is_written(submit, given, field) -> None:
    with pytest.raises(Invalid) as refusal:
        submit(**given)
    assert refusal.value.field == field
    assert not Case.objects.exists()
    assert not Event.objects.exists()


def test_the_same_key_gives_the_same_receipt_and_another_body_is_refused(cast) -> None:
    from tanggap.cases.services.submit_case import Submission, submit_case

    submission = Submission(text="Sampah menumpuk di pasar.", channel="api")

    def send(body: bytes, at: datetime = DAY):
        return submit_case(submission=submission, actor=cast["anonymous"], now=at, once=Once("kunci-1", body))

    first = send(b"a" * 32)
    second = send(b"a" * 32)
    assert (second.case.pk, second.secret_code, second.repeated) == (first.case.pk, first.secret_code, True)
    with pytest.raises(Refused):
        send(b"b" * 32)
    assert Case.objects.count() == 1
    later = send(b"b" * 32, DAY + timedelta(hours=25))
    assert later.case.pk != first.case.pk


def test_leaving_supervisory_needs_the_inspector(submit, cast) -> None:
    case = submit(classification="supervisory_complaint").case
    with pytest.raises(Invalid) as refusal:
        verify(case, cast, "35.27/dinkes", LATER, by="national_admin", classification="complaint")
    assert refusal.value.code == "inspector_only"
    verify(case, cast, "35.27/dinkes", LATER, by="inspector", classification="complaint")
    assert find_case(case.tracking_id).classification == "complaint"


def test_every_event_of_a_case_replays_to_its_row(case_in) -> None:
    from tanggap.cases.models import AUDITED

    case = case_in("closed")
    replayed: dict[str, object] = {}
    for event in Event.objects.filter(stream=case.stream).order_by("seq"):
        replayed.update(event.data.get("changes", {}))
    row = {**case._audited_values(), "title": proof_of(case.title)}  # events hash a digest of what was typed
    empty = (None, "", False, 0)
    assert {k: v for k, v in replayed.items() if v not in empty} == {k: row[k] for k in AUDITED if row[k] not in empty}


def test_a_title_that_grows_by_masking_is_cut_and_not_refused(submit) -> None:
    case = submit(title=("a@b.co " * 22).strip()).case
    assert len(case.title) <= 160
    assert "@" not in case.title


def test_a_report_to_a_body_that_is_closed_goes_to_the_national_queue(submit) -> None:
    Agency.objects.filter(code="35.27").update(status="closed")
    assert submit(agency="35.27").case.agency.code == "ID"


def test_becoming_anonymous_withholds_the_files_the_agency_could_see(case_in, cast) -> None:
    case = case_in("forwarded")
    stored = StoredFile.objects.create(
        token="a" * 32,
        owner=case.stream,
        kind="picture",
        sha256="0" * 64,
        media_type="image/jpeg",
        size=1,
        created_at=DAY,
    )
    raise_confidentiality(tracking_id=case.tracking_id, actor=cast["verifier"], now=LATER, anonymous=True)
    stored.refresh_from_db()
    assert stored.visibility == Visibility.WITHHELD


def test_a_hold_after_an_objection_moves_the_new_limit_too(case_in, cast) -> None:
    case = case_in("answered")
    reporter = cast["citizen"].proving(case.pk)
    object_to_case(tracking_id=case.tracking_id, text="Masih gelap.", actor=reporter, now=wib(10))
    assert find_case(case.tracking_id).objection_due_at == end_of(30)
    hold_case(tracking_id=case.tracking_id, question="Tiang yang mana?", actor=cast["other_officer"], now=wib(11))
    reply_to_case(tracking_id=case.tracking_id, text="Yang ketiga.", actor=reporter, now=wib(13))
    assert find_case(case.tracking_id).objection_due_at == end_of(2, 12)


def test_only_the_reporter_gives_anonymity_up_and_then_the_agency_reads_the_original(submit, cast) -> None:
    text = "Hubungi saya di 0812-3456-7890, jalan depan rumah saya rusak."
    case = submit(text=text, anonymous=True, secret=True, classification="complaint", place="Gang Mawar 3").case
    number, reporter = case.tracking_id, cast["citizen"].proving(case.pk)
    with pytest.raises(Forbidden):
        lower_confidentiality(tracking_id=number, actor=cast["national_admin"], now=LATER, open_identity=True)
    lower_confidentiality(tracking_id=number, actor=reporter, now=LATER, open_identity=True)
    opened = find_case(number)
    assert (opened.anonymous, opened.secret, opened.place) == (False, True, "Gang Mawar 3")
    assert narrative_for(opened, Audience.STAFF) == text
    lower_confidentiality(tracking_id=number, actor=reporter, now=LATER, open_content=True)
    assert not find_case(number).guarded


def test_a_supervisory_complaint_stays_secret_even_for_its_reporter(submit, cast) -> None:
    case = submit(classification="supervisory_complaint").case
    before = snapshot()
    with pytest.raises(Refused):
        lower_confidentiality(
            tracking_id=case.tracking_id, actor=cast["citizen"].proving(case.pk), now=LATER, open_content=True
        )
    assert snapshot() == before


def test_the_reporter_shares_chosen_fields_with_the_holding_unit_alone(case_in, cast) -> None:
    case = case_in("forwarded", contact=Contact(name="Sari", phone="0812 3456 7890"))
    number, reporter, holder = case.tracking_id, cast["citizen"].proving(case.pk), agency_by_code("35.27/dpupr")
    for agency, fields in ((agency_by_code("35.27/dinkes"), ["phone"]), (holder, []), (holder, ["nik"])):
        with pytest.raises(Invalid):
            share_identity(tracking_id=number, agency=agency, fields=fields, actor=reporter, now=LATER)
    with pytest.raises(Forbidden):
        share_identity(tracking_id=number, agency=holder, fields=["phone"], actor=cast["officer"], now=LATER)
    assert not case.identity_shares.exists()
    share_identity(tracking_id=number, agency=holder, fields=["phone"], actor=reporter, now=LATER)
    assert shared_identity(case=find_case(number), actor=cast["officer"]).fields == {"phone": "+6281234567890"}
    assert shared_identity(case=find_case(number), actor=cast["health_officer"]).fields == {}
    forward_case(tracking_id=number, agency=agency_by_code("35.27/dishub"), actor=cast["verifier"], now=LATER + HOUR)
    assert shared_identity(case=find_case(number), actor=cast["officer"]).fields == {}
