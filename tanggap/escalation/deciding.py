"""Deciding for a batch of locked cases: which steps are due, and the rows, events and messages that say so.

The sweep of the worker and `tanggap sweep --at` both come through here; only the choice of cases differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tanggap.cases.models import Case
from tanggap.directory.calendar import WorkingCalendar
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of, prepare_calendars
from tanggap.escalation.ladders import Ladders
from tanggap.escalation.letters.collecting import collect_all
from tanggap.escalation.loading import facts_of
from tanggap.escalation.models import LadderStep, TakenStep
from tanggap.escalation.recipients import REPORTER, Directory, Resolution
from tanggap.escalation.running import Facts, Run, runs_of
from tanggap.escalation.steps import Decision, Due, Rung, decide, due_steps, running_keys
from tanggap.escalation.taking import insert_steps
from tanggap.escalation.telling import LETTERS, messages_of
from tanggap.ledger.services.bulk_record import Entry, bulk_record
from tanggap.notify.outgoing import Outgoing
from tanggap.notify.services.enqueue import enqueue_many

ACTOR = "timer"
HOURS = LadderStep.Calendar.HOURS


@dataclass(slots=True)
class Look:
    """A batch of cases with everything the rules need, as of one moment."""

    cases: list[Case]
    at: datetime
    ladders: Ladders
    facts: dict[int, Facts] = field(init=False)
    directory: Directory = field(init=False)
    before: dict[int, dict[tuple[str, str], dict[int, datetime]]] = field(init=False)
    calendars: dict[int, WorkingCalendar] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.facts = facts_of(self.cases, self.at)
        agencies = self._agencies()
        self.directory = Directory(self.cases, at=self.at, agencies=agencies)
        prepare_calendars({*self.directory.lineages, *(i for line in self.directory.lineages.values() for i in line)})
        self.before = decided_before([case.pk for case in self.cases])

    def _agencies(self) -> list[Agency]:
        """Agencies whose clocks run though another one holds the case now: promises, inquiries, cases as they were."""
        here = {case.agency_id for case in self.cases}
        owing = {
            run.agency_id for case in self.cases for run in runs_of(self.facts[case.pk]) if run.agency_id not in here
        }
        return list(Agency.objects.filter(pk__in=owing)) if owing else []

    def decisions(self) -> Iterator[tuple[Case, Decision]]:
        """What is due for each case, in order."""
        for case in self.cases:
            dues = [due for run in runs_of(self.facts[case.pk]) for due in self.steps_of(case, run)]
            yield case, decide(dues, self.before.get(case.pk, {}), self.at)

    def running(self) -> dict[int, set[tuple[str, str]]]:
        """For each case the runs in which a step may still be sent."""
        return {pk: running_keys(runs_of(facts)) for pk, facts in self.facts.items()}

    def steps_of(self, case: Case, run: Run) -> list[Due]:
        """The steps of one run of the case that are not decided yet, with the moments they are due."""
        calendar = self._calendar(run.agency_id)
        line = self.directory.lineages[run.agency_id]
        rungs = self.ladders.of(run.clock, line, calendar.local_date(run.started_at))
        known = self.before.get(case.pk, {}).get((run.clock, run.key), {})
        left = [rung for rung in rungs if rung.id not in known]
        return due_steps(run, left, calendar, lambda rung: self._office(case, run, rung, calendar))

    def recipient(self, case: Case, due: Due) -> Resolution:
        """Who gets the step."""
        if due.rung.role == REPORTER:
            return Resolution((), REPORTER)
        return self.directory.resolve(due.rung.role, case, due.run.agency_id)

    def _office(self, case: Case, run: Run, rung: Rung, usual: WorkingCalendar) -> WorkingCalendar:
        if rung.role == REPORTER:
            return usual
        agency_id = self.directory.resolve(rung.role, case, run.agency_id).agency_id
        return usual if agency_id is None else self._calendar(agency_id)

    def _calendar(self, agency_id: int) -> WorkingCalendar:
        if agency_id not in self.calendars:
            self.calendars[agency_id] = calendar_of(agency_id)
        return self.calendars[agency_id]


def decided_before(case_ids: Sequence[int]) -> dict[int, dict[tuple[str, str], dict[int, datetime]]]:
    """The steps decided for each case, by clock and run, with the moments they were due."""
    found: dict[int, dict[tuple[str, str], dict[int, datetime]]] = {}
    rows = TakenStep.objects.filter(case_id__in=case_ids)
    for case_id, clock, run, step_id, due_at in rows.values_list("case_id", "clock", "run", "step_id", "due_at"):
        found.setdefault(case_id, {}).setdefault((clock, run), {})[step_id] = due_at
    return found


@dataclass(slots=True)
class Written:
    """What one batch left behind."""

    steps: int = 0
    skipped: int = 0
    next_at: dict[int, datetime | None] = field(default_factory=dict)


def write_decisions(look: Look, decisions: Iterable[tuple[Case, Decision]]) -> Written:
    """Rows, events, messages and letters of everything decided. The caller holds the locks and the transaction."""
    written = Written()
    rows: list[tuple[TakenStep, Case, Due, Resolution]] = []
    for case, decision in decisions:
        written.next_at[case.pk] = decision.next_at
        written.steps += len(decision.taken)
        written.skipped += len(decision.skipped)
        for state, dues in ((TakenStep.State.SKIPPED, decision.skipped), (TakenStep.State.TAKEN, decision.taken)):
            for due in dues:
                found = look.recipient(case, due)
                rows.append((_row(case, due, found, state, look.at), case, due, found))
    if rows:
        insert_steps([row for row, *_rest in rows])
        bulk_record(_entry(row, case, look.at) for row, case, _due, _found in rows)
        _tell(look, [item for item in rows if item[0].state == TakenStep.State.TAKEN])
    return written


def _row(case: Case, due: Due, found: Resolution, state: str, now: datetime) -> TakenStep:
    return TakenStep(
        case=case,
        clock=due.run.clock,
        run=due.run.key,
        step_id=due.rung.id,
        number=due.rung.number,
        kind=due.rung.kind,
        state=state,
        due_at=due.at,
        decided_at=now,
        template=due.rung.template,
        channel=due.rung.channel,
        asked_role=due.rung.role,
        role=found.role if found.holders or due.rung.role == REPORTER else "",
        agency_id=due.run.agency_id,
        copies=list(due.rung.copies),
        replaced=found.replaced,
    )


def _entry(row: TakenStep, case: Case, now: datetime) -> Entry:
    name = "ladder.step_taken" if row.state == TakenStep.State.TAKEN else "ladder.step_skipped"
    data = {
        "step": row.pk,
        "clock": row.clock,
        "run": row.run,
        "number": row.number,
        "kind": row.kind,
        "asked_role": row.asked_role,
        "role": row.role,
        "replaced": row.replaced,
        "due_at": row.due_at.isoformat(),
    }
    return Entry(name, case.stream, ACTOR, now, data)


def _tell(look: Look, rows: Sequence[tuple[TakenStep, Case, Due, Resolution]]) -> None:
    outgoing: list[Outgoing] = []
    for taken, case, due, found in rows:
        hours = due.rung.unit == HOURS
        outgoing.extend(messages_of(taken, case, found, look.directory, now=look.at, hours=hours))
    enqueue_many(outgoing, now=look.at)
    collect_all([(row, case, found) for row, case, _due, found in rows if row.kind in LETTERS], now=look.at)
