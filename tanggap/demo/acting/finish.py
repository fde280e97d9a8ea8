"""How cases end: agreed, silent, archived, referred, withdrawn, merged; and reopened."""

from __future__ import annotations

from typing import Any

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case, MessageKind, Narrative, Subject
from tanggap.cases.proofs import note_narrative
from tanggap.cases.services.split_case import COPIED
from tanggap.cases.workflow import Action, AnswerKind, ArchiveReason, Outcome, State
from tanggap.demo.acting.middle import reopened
from tanggap.demo.acting.played import Played
from tanggap.demo.acting.stage import BY_MACHINE, Stage
from tanggap.demo.planning.cases import Act, PlannedCase


def confirm(played: Played, act: Act) -> None:
    """As `confirm_case`."""
    refused = played.case.answer_kind == AnswerKind.REFUSED
    _close(played, act, Outcome.REFUSED if refused else Outcome.CONFIRMED)


def close_silent(played: Played, act: Act) -> None:
    """As `close_silent`; who left no contact on a channel that cannot answer was never reached."""
    person = played.plan.reporter
    given = person is not None and bool(person.phone or person.email or person.account)
    if not given and played.plan.channel not in BY_MACHINE:
        _close(played, act, Outcome.UNREACHED)
    else:
        _close(played, act, Outcome.REFUSED if played.case.answer_kind == AnswerKind.REFUSED else Outcome.SILENT)


def _close(played: Played, act: Act, outcome: Outcome) -> None:
    played.advance(act.action)
    played.case.outcome, played.case.closed_at = outcome.value, act.at
    played.end_leg(act.at)
    actor = played.stage.actor(act.by, played.plan)
    played.save("case.closed", actor, act.at, outcome=outcome.value)


def reopen(played: Played, act: Act) -> None:
    """As `reopen_case`."""
    actor = played.stage.actor(act.by, played.plan)
    played.advance(Action.REOPEN)
    played.write(MessageKind.EXPLANATION, act.text, actor=actor, at=act.at)
    reopened(played, act, Action.REOPEN, act.text)
    played.save("case.reopened", actor, act.at, reason=act.text)


def archive(played: Played, act: Act) -> None:
    """As `archive_case`."""
    _archive(played, act, ArchiveReason(act.reason), act.text, "case.archived")


def refer(played: Played, act: Act) -> None:
    """As `refer_case`."""
    words = f"{act.text}\n\nDirujuk ke: {act.reason}"
    _archive(played, act, ArchiveReason.OUT_OF_SCOPE, words, "case.referred", to=act.reason)


def expire(played: Played, act: Act) -> None:
    """As `resume_hold` before verification."""
    _archive(played, act, ArchiveReason.INCOMPLETE, act.text, "case.archived")


def withdraw(played: Played, act: Act) -> None:
    """As `withdraw_case`."""
    _archive(played, act, ArchiveReason.WITHDRAWN, act.text, "case.withdrawn")


def merge(played: Played, act: Act, kept: Played) -> None:
    """As `merge_cases`."""
    if kept.case.state == State.ARCHIVED or kept.case.guarded != played.case.guarded:
        raise ValueError("a plan that merges into an archived or hidden case")
    played.case.merged_into = kept.case
    _archive(played, act, ArchiveReason.DUPLICATE, act.text, "case.merged", into=kept.case.tracking_id)
    actor = played.stage.actor(act.by, played.plan)
    kept.note("case.merge_received", actor, act.at, **{"from": played.case.tracking_id})


def _archive(played: Played, act: Act, reason: ArchiveReason, words: str, event: str, **data: Any) -> None:
    case, actor = played.case, played.stage.actor(act.by, played.plan)
    before = case.state_before if case.state == State.ON_HOLD else case.state
    played.advance(act.action)
    played.write(MessageKind.EXPLANATION, words, actor=actor, at=act.at)
    case.state_before, case.archive_reason, case.closed_at = before, reason.value, act.at
    played.abandon_hold(act.at)
    played.end_leg(act.at)
    played.save(event, actor, act.at, reason=reason.value, **data)


def split(played: Played, act: Act, plan: PlannedCase) -> Played:
    """As `split_case`: a child for one agency, shown through its parent."""
    actor = played.stage.actor(act.by, played.plan)
    played.advance(Action.SPLIT)
    child = _child(played, act, plan, played.stage, actor)
    played.note("case.split", actor, act.at, children=[child.case.tracking_id])
    return child


def _child(parent: Played, act: Act, plan: PlannedCase, stage: Stage, actor: Actor) -> Played:
    agency = stage.agencies[act.agency]
    case = Case(
        pk=next(stage.case_ids),
        tracking_id=next(stage.tracking_ids),
        state=State.FORWARDED.value,
        parent=parent.case,
        agency=agency,
        body_id=agency.body_id,
        answer_due_at=act.at,
        **{name: getattr(parent.case, name) for name in COPIED},
    )
    texts = Narrative(case=case, public_text=parent.narrative.public_text, agency_text=parent.narrative.agency_text)
    child = Played(plan, stage, case, texts)
    child.save("case.submitted", actor, act.at, split_from=parent.case.tracking_id)
    note_narrative(case, texts)
    child.subjects = [
        Subject(case=case, agency_id=s.agency_id, region_id=s.region_id, person_id=s.person_id, is_head=s.is_head)
        for s in parent.subjects
    ]
    child.hand_over(agency, at=act.at, moved_by=Action.SPLIT)
    child.save("case.forwarded", actor, act.at, agency=agency.code)
    return child
