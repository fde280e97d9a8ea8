"""From a past to a case and the events that would have led there, so that replaying them gives the row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tanggap.cases.addressing import About, address
from tanggap.cases.custody import place_with
from tanggap.cases.deadlines import due_for, set_agency_dates
from tanggap.cases.history.parsing import ENDED, FROM_FORWARDED, Past
from tanggap.cases.models import Case, ClockName, Hold, Leg, Narrative, Subject
from tanggap.cases.models.case import plain
from tanggap.cases.proofs import noted
from tanggap.cases.recording import derive
from tanggap.cases.texts import LONGEST_TITLE, cut_title, new_narrative
from tanggap.cases.workflow import SUBMITTED, Action, Classification, State
from tanggap.common.redacting import redact

UNASKED = "Pertanyaannya tidak tercatat di sistem sebelumnya."


@dataclass(frozen=True, slots=True)
class Step:
    """One event of the past, with the columns it changed as the ledger keeps them."""

    name: str
    at: datetime
    data: dict[str, Any]


@dataclass(slots=True)
class Story:
    """A case as it stands after its past, and everything that is written with it."""

    case: Case
    narrative: Narrative
    last: datetime
    steps: list[Step] = field(default_factory=list)
    subject: Subject | None = None
    leg: Leg | None = None
    hold: Hold | None = None

    def step(self, name: str, at: datetime | None, *, data: dict[str, Any] | None = None, **columns: Any) -> datetime:
        """Something happened, by default when the last thing did: set the columns and remember the event."""
        self.last = max(self.last, at or self.last)
        for column, value in columns.items():
            setattr(self.case, column, value)
        changes = {column: plain(value) for column, value in columns.items()}
        self.steps.append(Step(name, self.last, {**(data or {}), "changes": changes}))
        return self.last


def tell(past: Past, tracking_id: str, *, live: bool) -> Story:
    """The case of a past: every date by the functions the services use, every column in an event."""
    case = _submitted(past, tracking_id, live=live)
    names = (past.contact.name,) if past.contact is not None else ()
    narrative = new_narrative(case, past.text, names=names)
    case.title = redact(past.title, (), names)[:LONGEST_TITLE] if past.title else cut_title(narrative.public_text)
    case.title_given = bool(past.title)
    case.verification_due_at = due_for(case, ClockName.VERIFICATION, past.received_at)
    story = Story(case, narrative, past.received_at)
    story.steps.append(
        Step("case.submitted", past.received_at, {"source": past.source, **noted(case), "changes": case.changes()})
    )
    if past.about is not None:
        story.subject = Subject(case=case, agency=past.about)
    _handed_over(story, past)
    _answered(story, past)
    _ended(story, past)
    if past.rating is not None:
        story.step("case.rated", None, data={"rating": past.rating}, rating=past.rating)
    derive(case)
    return story


def _submitted(past: Past, tracking_id: str, *, live: bool) -> Case:
    """As submitted. What is said about an office is kept from it by the rules of intake (`submit_case`).

    One of them differs: a case about somebody that has no classification is not made supervisory, which would change
    the figures of the past; being secret keeps the accused away as well.
    """
    supervisory = past.classification == Classification.SUPERVISORY_COMPLAINT
    about = About(agencies=(past.about,)) if past.about else About()
    secret = past.secret or supervisory or (about.given and past.classification is None)
    case = Case(
        tracking_id=tracking_id,
        state=SUBMITTED.value,
        classification=past.classification,
        channel=past.channel,
        category_id=past.category,
        region_id=past.region,
        latitude=past.latitude,
        longitude=past.longitude,
        received_at=past.received_at,
        anonymous=past.anonymous,
        secret=secret,
        oversight=supervisory or (secret and about.given),
        imported=True,
        dormant=not live,
    )
    if past.agency is not None and (past.times["forwarded_at"] or past.state in FROM_FORWARDED):
        place_with(case, past.agency)
    else:
        address(case, past.agency, about)
    return case


def _handed_over(story: Story, past: Past) -> None:
    case, verified_at, forwarded_at = story.case, past.times["verified_at"], past.times["forwarded_at"]
    if verified_at is not None:
        story.step("case.verified", verified_at, state=State.FORWARDED.value, verified_at=verified_at)
    if forwarded_at is not None:
        case.forwarded_at = forwarded_at
        set_agency_dates(case)
        story.step(
            "case.forwarded",
            forwarded_at,
            data={"agency": case.agency.code},
            state=State.FORWARDED.value,
            forwarded_at=forwarded_at,
            answer_due_at=case.answer_due_at,
            resolution_due_at=case.resolution_due_at,
        )
    elif past.state in FROM_FORWARDED:
        story.step("case.forwarded", None, data={"agency": case.agency.code}, state=State.FORWARDED.value)
    if case.state == State.FORWARDED:
        story.leg = Leg(case=case, agency=case.agency, held_from=story.last, moved_by=Action.VERIFY.value)


def _answered(story: Story, past: Past) -> None:
    case, first, final = story.case, past.times["first_answered_at"], past.times["answered_at"]
    if first is not None and first != final:
        story.step("case.interim_answered", first, state=State.IN_PROGRESS.value, first_answered_at=first)
    if final is None:
        return
    columns: dict[str, Any] = {"answered_at": final}
    if case.first_answered_at is None:
        columns["first_answered_at"] = final
    if past.state in (State.ANSWERED, State.CLOSED):
        columns["window_ends_at"] = due_for(case, ClockName.WINDOW, final)
        story.step("case.answered", final, state=State.ANSWERED.value, **columns)
    else:
        # "Dalam proses" with a final answer: in the figures of the system before it was not solved yet.
        story.step("case.interim_answered", final, state=State.IN_PROGRESS.value, **columns)


ARRIVES_BY = {
    State.FORWARDED: "case.forwarded",
    State.IN_PROGRESS: "case.accepted",
    State.ANSWERED: "case.answered",
}
"""The event that leads to a state whose own time the file does not give."""


def _ended(story: Story, past: Past) -> None:
    case, closed_at, state = story.case, past.times["closed_at"], past.state
    if state in ARRIVES_BY and case.state != state:
        story.step(ARRIVES_BY[state], None, state=state.value)
    elif state == State.CLOSED:
        columns = {"state": state.value, "outcome": past.outcome, "closed_at": closed_at}
        story.step("case.closed", closed_at, data={"outcome": past.outcome}, **columns)
    elif state == State.ARCHIVED:
        columns = {"state": state.value, "archive_reason": past.archive_reason, "closed_at": closed_at}
        story.step("case.archived", closed_at, data={"reason": past.archive_reason}, state_before=case.state, **columns)
    elif state == State.ON_HOLD:
        _held(story)
    if state in ENDED and story.leg is not None:
        story.leg.held_to = story.last


def _held(story: Story) -> None:
    """When it was asked the file does not say: at the last thing it tells, so that the clock stands from there."""
    case, before = story.case, story.case.state
    due = due_for(case, ClockName.COMPLETION, story.last)
    at = story.step("case.held", None, state=State.ON_HOLD.value, state_before=before, holds=1, hold_due_at=due)
    story.hold = Hold(case=case, asked_at=at, before_state=before, question=UNASKED)
