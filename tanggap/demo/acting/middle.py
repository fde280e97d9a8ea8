"""At the office: taking up, notes, answers; the reporter's replies and objections."""

from __future__ import annotations

from dataclasses import asdict

from tanggap.cases.deadlines import due_for
from tanggap.cases.models import Assignment, ClockName, Endorsement, MessageKind
from tanggap.cases.substance import is_acknowledgement
from tanggap.cases.texts import Answer
from tanggap.cases.workflow import OBJECTIONS_AT_MOST, Action, State
from tanggap.common.crypto import blind_index
from tanggap.demo.acting.played import Played
from tanggap.demo.planning.cases import Act

OBJECTS_AT_MOST = 2


def accept(played: Played, act: Act) -> None:
    """As `accept_case`."""
    played.advance(Action.ACCEPT)
    played.save("case.accepted", played.stage.actor(act.by, played.plan), act.at)


def assign(played: Played, act: Act) -> None:
    """As `assign_case`: the officer takes it."""
    actor = played.stage.actor(act.by, played.plan)
    assert actor.person_id is not None
    played.advance(Action.ASSIGN)
    played.assignment = Assignment(
        case=played.case, person_id=actor.person_id, assigned_at=act.at, assigned_by_key=actor.key
    )
    played.note("case.assigned", actor, act.at, to=actor.key)


def annotate(played: Played, act: Act) -> None:
    """As `annotate_case`."""
    actor = played.stage.actor(act.by, played.plan)
    note = played.write(MessageKind.NOTE, act.text, actor=actor, at=act.at)
    played.note("case.annotated", actor, act.at, message=note.pk)


def answer_interim(played: Played, act: Act) -> None:
    """As `answer_case`, interim: only words in substance stop the clock."""
    empty = is_acknowledgement(act.text)
    kind = MessageKind.ACKNOWLEDGEMENT if empty else MessageKind.INTERIM
    actor = played.stage.actor(act.by, played.plan)
    played.advance(Action.ANSWER_INTERIM)
    message = played.write(kind, act.text, actor=actor, at=act.at)
    if not empty and played.case.first_answered_at is None:
        played.case.first_answered_at = act.at
    event = "case.acknowledged" if empty else "case.interim_answered"
    played.save(event, actor, act.at, message=message.pk, by=actor.key)


def answer_final(played: Played, act: Act) -> None:
    """As `answer_case`, final."""
    case, actor, planned = played.case, played.stage.actor(act.by, played.plan), act.answer
    assert planned is not None
    played.advance(Action.ANSWER_FINAL)
    answer = Answer(**{**asdict(planned), "kind": planned.kind.value})
    message = played.write(MessageKind.FINAL, act.text, actor=actor, at=act.at, answer=answer)
    case.first_answered_at = case.first_answered_at or act.at
    case.answered_at, case.answer_kind = act.at, planned.kind.value
    case.window_ends_at = due_for(case, ClockName.WINDOW, act.at)
    case.objection_due_at = None
    played.save("case.answered", actor, act.at, message=message.pk, by=actor.key)


def reply(played: Played, act: Act) -> None:
    """As `reply_to_case` where nobody asked."""
    case, actor = played.case, played.stage.actor(act.by, played.plan)
    played.advance(Action.REPLY)
    played.write(MessageKind.REPLY, act.text, actor=actor, at=act.at, channel=played.plan.channel)
    if case.state == State.ANSWERED:
        case.window_ends_at = due_for(case, ClockName.WINDOW, act.at)
    played.save("case.replied", actor, act.at)


def rate(played: Played, act: Act) -> None:
    """As `rate_case`: one or two is an objection."""
    played.advance(Action.RATE)
    played.case.rating = act.rating
    played.save("case.rated", played.stage.actor(act.by, played.plan), act.at, rating=act.rating)
    if act.rating <= OBJECTS_AT_MOST:
        object_to(played, act)


def object_to(played: Played, act: Act) -> None:
    """As `object_to_case`: the first reopens, the second goes to the ombudsman."""
    case, actor = played.case, played.stage.actor(act.by, played.plan)
    before = case.state
    played.advance(Action.OBJECT)
    played.write(MessageKind.OBJECTION, act.text, actor=actor, at=act.at)
    if case.objections >= OBJECTIONS_AT_MOST:
        case.state = before
        played.note("case.objection_escalated", actor, act.at, to="ombudsman")
        return
    reopened(played, act, Action.OBJECT)
    case.state_before, case.archive_reason = "", ""
    case.objections += 1
    played.save("case.objected", actor, act.at)


def reopened(played: Played, act: Act, action: Action, reason: str = "") -> None:
    """What an objection and a reopening have in common."""
    case = played.case
    case.closed_at, case.outcome, case.window_ends_at = None, "", None
    case.reopens += 1
    case.objection_due_at = due_for(case, ClockName.RESOLUTION, act.at)
    played.resume_leg(act.at, action, reason)


def endorse(played: Played, act: Act) -> None:
    """As `endorse_case`: another device each time."""
    case = played.case
    played.advance(Action.ENDORSE)
    voter = f"{case.tracking_id}:device-{len(played.endorsements)}"
    digest = blind_index("endorsement", voter)
    played.endorsements.append(Endorsement(case=case, voter_digest=digest, at=act.at))
    case.endorsements += 1
    played.note("case.endorsed", played.stage.actor(act.by, played.plan), act.at)


def raise_confidentiality(played: Played, act: Act) -> None:
    """As `raise_confidentiality`: the content becomes secret."""
    played.case.secret = True
    played.save("case.confidentiality_raised", played.stage.actor(act.by, played.plan), act.at)


def report_pressure(played: Played, act: Act) -> None:
    """As `report_pressure`."""
    played.case.secret = played.case.pressed = True
    played.save("case.pressure_reported", played.stage.actor(act.by, played.plan), act.at)
