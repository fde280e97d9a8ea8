"""States × actions: what may follow what, and who may do it (DOMAIN §2). Pure: no Django, no database.

Anything that is not in `MOVES` is refused and changes nothing.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class State(StrEnum):
    """Where a case stands. The value is kept in rows, events, files and the API."""

    UNVERIFIED = "unverified"
    ON_HOLD = "on_hold"
    FORWARDED = "forwarded"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Outcome(StrEnum):
    """How a closed case ended."""

    CONFIRMED = "confirmed"
    SILENT = "silent"
    UNREACHED = "unreached"
    REFUSED = "refused"
    UNRECORDED = "unrecorded"


class Classification(StrEnum):
    """What kind of matter it is; decides the limits and, for the last, who handles it."""

    INFORMATION_REQUEST = "information_request"
    ASPIRATION = "aspiration"
    COMPLAINT = "complaint"
    SUPERVISORY_COMPLAINT = "supervisory_complaint"


class ArchiveReason(StrEnum):
    """Why a case ends without follow-up. Being anonymous is never a reason."""

    UNCLEAR = "unclear"
    INCOMPLETE = "incomplete"
    SPAM = "spam"
    DUPLICATE = "duplicate"
    WRONG_ADDRESSEE = "wrong_addressee"
    OUT_OF_SCOPE = "out_of_scope"
    BEFORE_COURT = "before_court"
    WITHDRAWN = "withdrawn"


class AnswerKind(StrEnum):
    """What a final answer says in substance (our decision, after public complaints about empty answers)."""

    DONE = "done"
    INFORMATION = "information"
    PROMISED = "promised"
    REFUSED = "refused"
    NOT_POSSIBLE = "not_possible"


class Channel(StrEnum):
    """By which way a case came (DOMAIN §5)."""

    WEB = "web"
    APP = "app"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    EMAIL = "email"
    X = "x"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    COUNTER = "counter"
    LETTER = "letter"
    PHONE = "phone"
    VAN = "van"
    RADIO = "radio"
    API = "api"
    OPEN311 = "open311"


class Action(StrEnum):
    """Everything that can be done with a case."""

    SUBMIT = "submit"
    VERIFY = "verify"
    HOLD = "hold"
    ASK_REPORTER = "ask_reporter"
    COMPLETE = "complete"
    REPLY = "reply"
    RESUME = "resume"
    EXPIRE_HOLD = "expire_hold"
    FORWARD = "forward"
    RETURN = "return"
    ACCEPT = "accept"
    ANSWER_INTERIM = "answer_interim"
    ANSWER_FINAL = "answer_final"
    DRAFT_ANSWER = "draft_answer"
    APPROVE_ANSWER = "approve_answer"
    CONFIRM = "confirm"
    CLOSE_SILENT = "close_silent"
    OBJECT = "object"
    REOPEN = "reopen"
    ARCHIVE = "archive"
    REFER = "refer"
    UNARCHIVE = "unarchive"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    UNMERGE = "unmerge"
    ASSIGN = "assign"
    ANNOTATE = "annotate"
    CORRECT = "correct"
    SET_SUBJECTS = "set_subjects"
    RATE = "rate"
    SPLIT = "split"
    ENDORSE = "endorse"
    RAISE_CONFIDENTIALITY = "raise_confidentiality"
    LOWER_CONFIDENTIALITY = "lower_confidentiality"
    SHARE_IDENTITY = "share_identity"
    REVEAL_IDENTITY = "reveal_identity"
    REPORT_PRESSURE = "report_pressure"
    MARK_URGENT = "mark_urgent"
    ASK_AGENCY = "ask_agency"
    ANSWER_INQUIRY = "answer_inquiry"
    EXPORT_BUNDLE = "export_bundle"
    CONSENT_TO_OMBUDSMAN = "consent_to_ombudsman"
    KEEP_PLEDGE = "keep_pledge"
    CHOOSE_CONTACT = "choose_contact"
    CONFIRM_SENDER = "confirm_sender"
    CORRECT_CONTACT = "correct_contact"
    ASK_ERASURE = "ask_erasure"
    ERASE_IDENTITY = "erase_identity"
    HIDE_WORDS = "hide_words"
    SHOW_WORDS = "show_words"
    LOOK_AT_WORDS = "look_at_words"


class Standing(StrEnum):
    """What somebody is to one case. Policies work it out; the table below only names it."""

    ANYBODY = "anybody"
    REPORTER = "reporter"
    VERIFIER = "verifier"
    HOLDER = "holder"
    COORDINATOR = "coordinator"
    INSPECTOR = "inspector"
    NATIONAL_ADMIN = "national_admin"
    OMBUDSMAN = "ombudsman"
    READER = "reader"
    TIMER = "timer"


class Refusal(Exception):
    """The action does not go with the state."""

    def __init__(self, state: State, action: Action) -> None:
        super().__init__(f"{action} is not possible in state {state}")
        self.state = state
        self.action = action


Target = State | Literal["before", "same"]
BEFORE: Literal["before"] = "before"
SAME: Literal["same"] = "same"


@dataclass(frozen=True, slots=True)
class Move:
    """From which states an action is possible, where it leads, and who may do it."""

    sources: frozenset[State]
    to: Target
    who: frozenset[Standing]


def _move(sources: Set[State], to: Target, *who: Standing) -> Move:
    return Move(frozenset(sources), to, frozenset(who))


S, A, W = State, Action, Standing
ALL = frozenset(State)
AT_AGENCY = frozenset({S.FORWARDED, S.IN_PROGRESS})
UNANSWERED = AT_AGENCY | {S.UNVERIFIED, S.ON_HOLD}
OPEN = UNANSWERED | {S.ANSWERED}
ENDED = frozenset({S.CLOSED, S.ARCHIVED})
HANDLERS = (W.VERIFIER, W.HOLDER, W.COORDINATOR, W.INSPECTOR, W.NATIONAL_ADMIN)

MOVES: dict[Action, Move] = {
    A.VERIFY: _move({S.UNVERIFIED}, S.FORWARDED, W.VERIFIER),
    A.HOLD: _move({S.UNVERIFIED}, S.ON_HOLD, W.VERIFIER),
    A.ASK_REPORTER: _move(AT_AGENCY, S.ON_HOLD, W.HOLDER),
    A.COMPLETE: _move({S.ON_HOLD}, BEFORE, W.REPORTER),
    A.REPLY: _move(ALL - {S.ON_HOLD}, SAME, W.REPORTER),
    A.RESUME: _move({S.ON_HOLD}, BEFORE, W.TIMER),
    A.EXPIRE_HOLD: _move({S.ON_HOLD}, S.ARCHIVED, W.TIMER),
    A.FORWARD: _move(AT_AGENCY, S.FORWARDED, W.COORDINATOR, W.NATIONAL_ADMIN),
    A.RETURN: _move(AT_AGENCY, S.FORWARDED, W.HOLDER),
    A.ACCEPT: _move(AT_AGENCY, S.IN_PROGRESS, W.HOLDER),
    A.ANSWER_INTERIM: _move(AT_AGENCY, S.IN_PROGRESS, W.HOLDER),
    A.ANSWER_FINAL: _move(AT_AGENCY, S.ANSWERED, W.HOLDER),
    A.DRAFT_ANSWER: _move(AT_AGENCY, SAME, W.HOLDER),
    A.APPROVE_ANSWER: _move(AT_AGENCY, S.ANSWERED, W.HOLDER),
    A.CONFIRM: _move({S.ANSWERED}, S.CLOSED, W.REPORTER),
    A.CLOSE_SILENT: _move({S.ANSWERED}, S.CLOSED, W.TIMER),
    A.OBJECT: _move({S.ANSWERED, S.CLOSED, S.ARCHIVED}, S.IN_PROGRESS, W.REPORTER),
    A.REOPEN: _move({S.CLOSED}, S.IN_PROGRESS, W.NATIONAL_ADMIN),
    A.ARCHIVE: _move(UNANSWERED, S.ARCHIVED, W.COORDINATOR, W.NATIONAL_ADMIN),
    A.REFER: _move(UNANSWERED, S.ARCHIVED, W.COORDINATOR, W.NATIONAL_ADMIN),
    A.UNARCHIVE: _move({S.ARCHIVED}, BEFORE, W.NATIONAL_ADMIN),
    A.WITHDRAW: _move(OPEN, S.ARCHIVED, W.REPORTER),
    A.MERGE: _move(OPEN, S.ARCHIVED, W.COORDINATOR, W.NATIONAL_ADMIN),
    A.UNMERGE: _move({S.ARCHIVED}, BEFORE, W.COORDINATOR, W.NATIONAL_ADMIN),
    A.ASSIGN: _move(AT_AGENCY, SAME, W.HOLDER),
    A.ANNOTATE: _move(ALL, SAME, *HANDLERS),
    A.CORRECT: _move(UNANSWERED, SAME, W.VERIFIER, W.COORDINATOR, W.NATIONAL_ADMIN, W.INSPECTOR),
    A.SET_SUBJECTS: _move(OPEN, SAME, W.VERIFIER, W.INSPECTOR, W.COORDINATOR, W.NATIONAL_ADMIN),
    A.RATE: _move({S.ANSWERED, S.CLOSED}, SAME, W.REPORTER),
    A.SPLIT: _move({S.UNVERIFIED} | AT_AGENCY, SAME, W.VERIFIER, W.COORDINATOR, W.NATIONAL_ADMIN),
    A.ENDORSE: _move(OPEN, SAME, W.ANYBODY),
    A.RAISE_CONFIDENTIALITY: _move(ALL, SAME, W.REPORTER, *HANDLERS),
    A.LOWER_CONFIDENTIALITY: _move(ALL, SAME, W.REPORTER),
    A.SHARE_IDENTITY: _move(OPEN, SAME, W.REPORTER),
    A.REVEAL_IDENTITY: _move(OPEN, SAME, *HANDLERS),
    A.REPORT_PRESSURE: _move(ALL, SAME, W.REPORTER),
    A.MARK_URGENT: _move(UNANSWERED, SAME, W.VERIFIER, W.COORDINATOR, W.INSPECTOR, W.NATIONAL_ADMIN),
    A.ASK_AGENCY: _move(ALL, SAME, W.OMBUDSMAN),
    A.ANSWER_INQUIRY: _move(ALL, SAME, W.HOLDER, W.VERIFIER, W.COORDINATOR, W.NATIONAL_ADMIN),
    A.EXPORT_BUNDLE: _move(ALL, SAME, W.OMBUDSMAN),
    A.CONSENT_TO_OMBUDSMAN: _move(ALL, SAME, W.REPORTER),
    # A promise survives closing: its agency can say "done" whatever became of the case.
    A.KEEP_PLEDGE: _move(ALL - {S.UNVERIFIED}, SAME, W.HOLDER),
    A.CHOOSE_CONTACT: _move(ALL, SAME, W.REPORTER),
    A.CONFIRM_SENDER: _move(ALL, SAME, W.REPORTER),
    A.CORRECT_CONTACT: _move(ALL, SAME, W.REPORTER),
    A.ASK_ERASURE: _move(ALL, SAME, W.REPORTER),
    A.ERASE_IDENTITY: _move(ALL, SAME, W.TIMER),
    # Never the office the words are about: a unit that answers hides nothing (`HOLDER` is not among them).
    A.HIDE_WORDS: _move(ALL - {S.UNVERIFIED}, SAME, W.REPORTER, W.COORDINATOR, W.INSPECTOR, W.NATIONAL_ADMIN),
    A.SHOW_WORDS: _move(ALL - {S.UNVERIFIED}, SAME, W.COORDINATOR, W.INSPECTOR, W.NATIONAL_ADMIN),
    # Reading them makes them public; keeping them from the public is not in the office's power.
    A.LOOK_AT_WORDS: _move(ALL, SAME, *HANDLERS, W.TIMER),
}

# Handed in by a citizen, a channel or an officer at the counter: there is no state before.
SUBMITTED = State.UNVERIFIED

HOLDS_AT_MOST = 2
RETURNS_BEFORE_NATIONAL = 2
OBJECTIONS_AT_MOST = 1


def advance(state: State | str, action: Action, *, before: State | str | None = None) -> State:
    """The state after `action`. `before` is the one kept when the present state was entered.

    Raises Refusal when the action does not go with the state, or leads back to a state that was never kept.
    """
    state = State(state)
    move = MOVES.get(action)
    if move is None or state not in move.sources:
        raise Refusal(state, action)
    if move.to == SAME:
        return state
    if move.to == BEFORE:
        if before is None:
            raise Refusal(state, action)
        return State(before)
    return State(move.to)


def may(action: Action, standings: Set[Standing]) -> bool:
    """Whether one of these standings is enough for the action, whatever the state."""
    move = MOVES.get(action)
    return move is not None and bool(move.who & standings)
