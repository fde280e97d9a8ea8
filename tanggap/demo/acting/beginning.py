"""Intake: the words come in, are checked, handed over, asked about."""

from __future__ import annotations

from tanggap.cases.addressing import About, address
from tanggap.cases.correction import Correction, apply_correction
from tanggap.cases.deadlines import due_for
from tanggap.cases.identity import Contact, new_reporter
from tanggap.cases.models import Case, ClockName, Hold, MessageKind, Subject
from tanggap.cases.texts import new_narrative, stand_in_title
from tanggap.cases.workflow import SUBMITTED, Action, Classification, Standing
from tanggap.common.crypto import seal
from tanggap.common.masking import mask
from tanggap.demo.acting.played import Played
from tanggap.demo.acting.stage import Stage
from tanggap.demo.planning.cases import Act, PlannedCase
from tanggap.directory.selectors import root_agency

VERIFYING = frozenset({Standing.VERIFIER})


def begin(plan: PlannedCase, stage: Stage) -> Played:
    """As `submit_case` takes it in."""
    case = _case(plan, stage)
    about = About(
        agencies=(stage.agencies[plan.about],) if plan.about else (),
        person_name=plan.about_person,
    )
    address(case, stage.agencies.get(plan.addressed), about)
    narrative = new_narrative(case, plan.text)
    case.verification_due_at = due_for(case, ClockName.VERIFICATION, plan.received_at)
    played = Played(plan, stage, case, narrative, reporter=new_reporter(case, _contact(plan, stage)))
    if about.given:
        played.subjects.append(_subject(case, about))
    actor = stage.submitter(plan)
    entered = {"entered_by": actor.key} if plan.entered_by is not None else {}
    played.save("case.submitted", actor, plan.received_at, **entered)
    return played


def _case(plan: PlannedCase, stage: Stage) -> Case:
    supervisory = bool(plan.about)
    title = mask(plan.title).text
    place = {"place": plan.where, "latitude": plan.latitude, "longitude": plan.longitude}
    return Case(
        pk=next(stage.case_ids),
        tracking_id=next(stage.tracking_ids),
        state=SUBMITTED.value,
        classification=Classification.SUPERVISORY_COMPLAINT.value if supervisory else plan.classification or None,
        channel=plan.channel,
        brand=stage.brand,
        title=title or stand_in_title(plan.text),
        title_given=bool(title),
        category=stage.category(plan.category),
        region=stage.regions.get(plan.region),
        occurred_on=plan.occurred_on,
        anonymous=plan.anonymous,
        secret=plan.secret or supervisory,
        oversight=supervisory,
        entered_by_key=stage.seats[plan.entered_by].key if plan.entered_by else "",
        received_at=plan.received_at,
        agency=root_agency(),
        **place,
    )


def _contact(plan: PlannedCase, stage: Stage) -> Contact | None:
    person = plan.reporter
    if person is None:
        return None
    return Contact(
        name=person.name,
        phone=person.phone,
        email=person.email,
        person_id=stage.citizen.person_id if person.account else None,
    )


def _subject(case: Case, about: About) -> Subject:
    name = about.person_name
    sealed = seal(name.encode(), context=f"subject:{case.tracking_id}") if name else None
    return Subject(case=case, agency=about.agencies[0] if about.agencies else None, name_sealed=sealed)


def verify(played: Played, act: Act) -> None:
    """As `verify_case`: what it is called and counted as, and where it goes."""
    case, actor = played.case, played.stage.actor(act.by, played.plan)
    correct_columns(played, act)
    case.guarded = case.guarded or case.secret
    played.advance(Action.VERIFY)
    case.verified_at = act.at
    agency = played.stage.agencies[act.agency]
    played.hand_over(agency, at=act.at, moved_by=Action.VERIFY)
    played.save("case.verified", actor, act.at)
    played.note("case.forwarded", actor, act.at, agency=agency.code)


def correct_columns(played: Played, act: Act) -> None:
    """Title, classification and topic, where the act names them."""
    correction = Correction(
        title=act.title, classification=act.classification, category=played.stage.category(act.category)
    )
    apply_correction(played.case, correction, standings=VERIFYING)


def correct(played: Played, act: Act) -> None:
    """As `correct_case`; the classification stays, so do the dates."""
    correct_columns(played, act)
    played.save("case.corrected", played.stage.actor(act.by, played.plan), act.at)


def forward(played: Played, act: Act) -> None:
    """As `forward_case`."""
    agency = played.stage.agencies[act.agency]
    played.advance(Action.FORWARD)
    played.hand_over(agency, at=act.at, moved_by=Action.FORWARD, reason=act.reason)
    played.save("case.forwarded", played.stage.actor(act.by, played.plan), act.at, agency=agency.code)


def give_back(played: Played, act: Act) -> None:
    """As `return_case`: to the government of a unit, from a government to the root."""
    case, came_from = played.case, played.case.agency
    body = came_from.body
    above = root_agency() if body is None or came_from.is_body else played.stage.agencies[body.code]
    played.advance(Action.RETURN)
    case.returns += 1
    played.hand_over(above, at=act.at, moved_by=Action.RETURN, reason=act.text)
    facts = {"from": came_from.code, "to": above.code, "reason": act.text}
    played.save("case.returned", played.stage.actor(act.by, played.plan), act.at, **facts)


def hold(played: Played, act: Act) -> None:
    """As `hold_case`."""
    case, actor = played.case, played.stage.actor(act.by, played.plan)
    before = case.state
    played.advance(act.action)
    played.holds.append(Hold(case=case, asked_at=act.at, before_state=before, question=act.text))
    played.write(MessageKind.QUESTION, act.text, actor=actor, at=act.at)
    case.state_before = before
    case.holds += 1
    case.hold_due_at = due_for(case, ClockName.COMPLETION, act.at)
    played.save("case.held", actor, act.at)


def complete(played: Played, act: Act) -> None:
    """As `reply_to_case` on hold."""
    case, actor = played.case, played.stage.actor(act.by, played.plan)
    played.advance(Action.COMPLETE)
    played.write(MessageKind.REPLY, act.text, actor=actor, at=act.at, channel=played.plan.channel)
    case.state_before, case.completed_at = "", act.at
    played.end_hold(act.at)
    played.save("case.completed", actor, act.at)


def resume(played: Played, act: Act) -> None:
    """As `resume_hold` after verification."""
    played.advance(Action.RESUME)
    played.case.state_before = ""
    played.end_hold(act.at)
    played.save("case.resumed", played.stage.actor(act.by, played.plan), act.at)
