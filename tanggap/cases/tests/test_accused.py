"""The accused never reads: a subject, its unit and everybody posted there find no trace (DOMAIN §6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tanggap.accounts.actor import actor_for
from tanggap.accounts.models import Delegation, Membership
from tanggap.cases.addressing import About
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to
from tanggap.cases.recording import find_case
from tanggap.cases.selectors import Filters, get_case_for, inbox, queue_counts, similar_cases
from tanggap.cases.services.forward_case import forward_case
from tanggap.cases.services.set_subjects import set_subjects
from tanggap.common.errors import Forbidden, Invalid, NotFound, Refused
from tanggap.directory.selectors import agency_by_code, calendar_of
from tests.cast import DAY
from tests.paths import HOUR, verify

pytestmark = pytest.mark.django_db
ACCUSED = ("health_officer", "unit_head")
HEAD = "Kepala puskesmas meminta uang untuk surat rujukan."


def sees(actor, case) -> bool:
    """Asks every surface that could betray the case."""
    listed = inbox(actor, queue="open", filters=Filters(), now=DAY, calendar=calendar_of(case.agency_id))
    found = inbox(
        actor, queue="open", filters=Filters(text=case.tracking_id), now=DAY, calendar=calendar_of(case.agency_id)
    )
    try:
        get_case_for(actor, case.tracking_id)
        opened = True
    except NotFound:
        opened = False
    answers = {opened, case in list(listed), case in list(found), cases_visible_to(actor).filter(pk=case.pk).exists()}
    assert len(answers) == 1, "the surfaces disagree"
    return answers.pop()


def test_a_complaint_about_conduct_skips_the_local_verifier_and_starts_with_the_inspector(submit, cast) -> None:
    case = submit(text=HEAD, about=["35.27/dinkes"]).case
    assert (case.classification, case.secret, case.oversight) == ("supervisory_complaint", True, True)
    assert case.agency.code == "35.27"
    assert sees(cast["inspector"], case)
    assert sees(cast["national_admin"], case)
    assert sees(cast["ombudsman"], case)
    for name in (*ACCUSED, "verifier", "officer", "leader", "outsider"):
        assert not sees(cast[name], case), name


def test_after_verification_the_holder_works_on_it_and_the_accused_unit_still_sees_nothing(submit, cast) -> None:
    case = submit(text=HEAD, about=["35.27/dinkes"]).case
    verify(case, cast, "35.27/inspektorat", DAY + HOUR, by="inspector", classification="supervisory_complaint")
    case = find_case(case.tracking_id)
    assert sees(cast["inspector"], case)
    assert not any(sees(cast[name], case) for name in ACCUSED)
    assert queue_counts(cast["health_officer"])["open"] == 0


def test_a_secret_case_about_a_unit_is_hidden_from_it_even_when_it_is_an_ordinary_complaint(submit, cast) -> None:
    case = submit(classification="complaint", secret=True, about=["35.27/dinkes"], agency="35.27/dinkes").case
    assert case.oversight
    assert case.agency.code == "35.27"
    assert not any(sees(cast[name], case) for name in ACCUSED)


@pytest.mark.parametrize("accused", ["35.27", "35.27/inspektorat"])
def test_about_the_head_of_the_region_or_its_inspectorate_it_starts_at_the_level_above(submit, cast, accused) -> None:
    case = submit(text=HEAD, about=[accused]).case
    assert case.agency.code == "ID"
    assert not sees(cast["inspector"], case)
    assert not sees(cast["verifier"], case)
    assert sees(cast["national_admin"], case)


def test_standing_in_for_a_colleague_opens_no_way_to_a_case_about_the_own_office(submit, cast) -> None:
    case = submit(text=HEAD, about=["35.27/dinkes"]).case
    inspector = Membership.objects.get(person=cast.person("inspector"))
    Delegation.objects.create(
        membership=inspector,
        to_person=cast.person("health_officer"),
        starts_on=DAY.date(),
        ends_on=DAY.date() + timedelta(days=3),
        reason="cuti",
    )
    stand_in = cast["health_officer"]
    assert stand_in.has_role("inspector")
    assert not sees(stand_in, case)
    assert Case.objects.count() == 1


def test_a_person_named_as_subject_sees_nothing_from_any_post(submit, cast) -> None:
    case = submit(text=HEAD, secret=True).case
    person = cast.person("verifier")
    assert sees(cast["verifier"], case)
    set_subjects(
        tracking_id=case.tracking_id,
        about=About(person_id=person.pk),
        actor=cast["national_admin"],
        now=DAY + HOUR,
    )
    assert not sees(actor_for(person, on=DAY.date()), find_case(case.tracking_id))


def test_it_cannot_be_forwarded_to_the_accused(submit, cast) -> None:
    case = submit(text=HEAD, about=["35.27/dinkes"]).case
    with pytest.raises(Invalid) as refusal:
        verify(case, cast, "35.27/dinkes", DAY + HOUR, by="inspector", classification="supervisory_complaint")
    assert refusal.value.code == "destination_is_subject"
    assert find_case(case.tracking_id).state == "unverified"


def test_the_unit_that_holds_a_guarded_case_cannot_be_named_before_it_is_moved(case_in, cast) -> None:
    case = case_in("forwarded", secret=True, unit="35.27/dinkes")
    about = About(agencies=[agency_by_code("35.27/dinkes")])
    with pytest.raises(Refused) as refusal:
        set_subjects(tracking_id=case.tracking_id, about=about, actor=cast["verifier"], now=DAY + 2 * HOUR)
    assert refusal.value.code == "holder_is_subject"
    assert not case.subjects.exists()
    forward_case(
        tracking_id=case.tracking_id, agency=agency_by_code("35.27/dpupr"), actor=cast["verifier"], now=DAY + 3 * HOUR
    )
    set_subjects(tracking_id=case.tracking_id, about=about, actor=cast["verifier"], now=DAY + 4 * HOUR)
    assert not sees(cast["health_officer"], find_case(case.tracking_id))


def test_a_guarded_case_is_compared_with_nothing(submit, cast) -> None:
    open_case = submit(title="Lampu padam di Jalan Randu", classification="complaint").case
    guarded = submit(title="Lampu padam di Jalan Randu", secret=True, classification="complaint").case
    assert list(similar_cases(cast["national_admin"], guarded)) == []
    assert guarded not in similar_cases(cast["national_admin"], open_case)


def test_the_reporter_opens_the_own_case_by_code_even_when_posted_at_the_accused_unit(submit, cast) -> None:
    receipt = submit(text=HEAD, about=["35.27/dinkes"])
    whistle_blower = cast["health_officer"].proving(receipt.case.pk)
    assert get_case_for(whistle_blower, receipt.case.tracking_id) == receipt.case
    with pytest.raises(Forbidden):
        verify(receipt.case, cast, "35.27/inspektorat", DAY + HOUR, by="health_officer")


def test_a_person_named_at_the_unit_that_was_addressed_hides_the_case_from_that_unit(submit, cast) -> None:
    from tanggap.accounts.actor import PUBLIC
    from tanggap.cases.services.submit_case import Submission, submit_case

    submission = Submission(
        text=HEAD, channel="api", agency=agency_by_code("35.27/dinkes"), about=About(person_name="Kepala Dinas")
    )
    case = submit_case(submission=submission, actor=PUBLIC, now=DAY).case
    assert case.subjects.get().agency.code == "35.27/dinkes"
    verify(case, cast, "35.27/inspektorat", DAY + HOUR, by="inspector", classification="supervisory_complaint")
    assert not any(sees(cast[name], find_case(case.tracking_id)) for name in ACCUSED)
