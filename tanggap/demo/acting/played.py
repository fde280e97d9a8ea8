"""A case being acted out: its rows in memory and the events that lead there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tanggap.accounts.actor import Actor
from tanggap.cases.deadlines import due_for, pauses_of, set_agency_dates
from tanggap.cases.models import (
    Assignment,
    Case,
    ClockName,
    Endorsement,
    Hold,
    Leg,
    Message,
    Narrative,
    Reporter,
    Subject,
)
from tanggap.cases.proofs import note_message, noted
from tanggap.cases.recording import derive
from tanggap.cases.texts import Answer, new_message
from tanggap.cases.words_aside import set_aside
from tanggap.cases.workflow import Action, advance
from tanggap.demo.acting.stage import Stage
from tanggap.demo.planning.cases import PlannedCase
from tanggap.directory.models import Agency
from tanggap.ledger.services.bulk_record import Entry


@dataclass
class Played:
    """One case, everything that is written with it, and the events in their order."""

    plan: PlannedCase
    stage: Stage
    case: Case
    narrative: Narrative
    reporter: Reporter | None = None
    subjects: list[Subject] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    endorsements: list[Endorsement] = field(default_factory=list)
    assignment: Assignment | None = None
    entries: list[Entry] = field(default_factory=list)

    def save(self, event: str, actor: Actor, at: datetime, **data: Any) -> None:
        """What `save_case` records: the columns that changed, and the proofs of what was written."""
        derive(self.case)
        self.note(event, actor, at, **data, changes=self.case.changes())
        self.case._loaded = self.case._audited_values()

    def note(self, event: str, actor: Actor, at: datetime, **data: Any) -> None:
        """What `record_only` records."""
        proofs = noted(self.case)
        changes = {"changes": data.pop("changes")} if "changes" in data else {}
        hashed, words = set_aside(event, {**data, **proofs, **changes})
        self.entries.append(Entry(event, self.case.stream, actor.key, at, hashed, words))

    def advance(self, action: Action) -> None:
        """Move the state. Raises Refusal for a plan that the workflow does not allow."""
        self.case.state = advance(self.case.state, action, before=self.case.state_before or None).value

    def write(
        self, kind: str, text: str, *, actor: Actor, at: datetime, channel: str = "", answer: Answer | None = None
    ) -> Message:
        """An entry of the thread."""
        message = new_message(self.case, kind, text, actor=actor, at=at, channel=channel, answer=answer)
        message.pk = next(self.stage.message_ids)
        message.unseen = False  # the officers of the example have read everything
        note_message(self.case, message)
        self.messages.append(message)
        return message

    # -- custody and clocks ---------------------------------------------------------------------------------------

    def hand_over(self, agency: Agency, *, at: datetime, moved_by: str, reason: str = "") -> None:
        """The next holder's leg; the agency's clocks start with the first."""
        self.end_leg(at)
        self.legs.append(Leg(case=self.case, agency=agency, held_from=at, moved_by=moved_by, reason=reason))
        self.case.agency, self.case.body_id = agency, agency.body_id
        if self.case.forwarded_at is None:
            self.case.verified_at = self.case.verified_at or at
            self.case.forwarded_at = at
            set_agency_dates(self.case, self._pauses())

    def end_leg(self, at: datetime) -> None:
        """Nobody holds it any more."""
        if self.legs and self.legs[-1].held_to is None:
            self.legs[-1].held_to = at

    def resume_leg(self, at: datetime, moved_by: str, reason: str = "") -> None:
        """The last holder has it again."""
        if not self.legs or self.legs[-1].held_to is not None:
            agency = self.case.agency
            self.legs.append(Leg(case=self.case, agency=agency, held_from=at, moved_by=moved_by, reason=reason))

    def end_hold(self, at: datetime) -> None:
        """The clocks run again; every date moves by the time that passed."""
        self.abandon_hold(at)
        if self.case.verified_at is None:
            start = self.case.received_at
            self.case.verification_due_at = due_for(self.case, ClockName.VERIFICATION, start, self._pauses())
        set_agency_dates(self.case, self._pauses())

    def abandon_hold(self, at: datetime) -> None:
        """A hold ends with its case."""
        if self.holds and self.holds[-1].ended_at is None:
            self.holds[-1].ended_at = at
        self.case.hold_due_at = None

    def _pauses(self) -> Any:
        return pauses_of([hold for hold in self.holds if hold.ended_at is not None])
