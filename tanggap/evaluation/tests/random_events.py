"""Random histories of cases as events, thousands in seconds: what services write, in orders nobody would think of.

Only what figures stand on: the columns that changed, and promises. Months turn in three zones, events are told late
(after ones that happened later), agencies merge meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tanggap.cases.models import Case
from tanggap.common.ids import new_tracking_id
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_code
from tanggap.ledger.services.bulk_record import Entry, bulk_record

AGENCIES = (
    "35.27",
    "35.27/dpupr",
    "35.27/dinkes",
    "35.02",
    "35.02/dinkes",
    "35",
    "91.71",
    "91.71/dinkes",
    "53.71",
    "ID",
)
REGIONS = ("35.27.03", "35.27.03.2001", "35.27", "35", "91.71.01", "35.02.17", None)
CATEGORIES = ("PUPR-01", "KES-02", None)
CLASSES = ("complaint", "aspiration", "information_request", "supervisory_complaint", None)
CHANNELS = ("web", "sms", "whatsapp", "counter")
OPEN = ("forwarded", "in_progress")


@dataclass
class Line:
    """One case on its way."""

    random: Random
    case_id: int
    now: datetime
    columns: dict[str, Any]
    events: list[Entry] = field(default_factory=list)
    pledges: int = 0
    open_pledges: list[int] = field(default_factory=list)

    def record(self, name: str, data: dict[str, Any] | None = None, **changes: Any) -> None:
        told = {key: value.isoformat() if isinstance(value, datetime) else value for key, value in changes.items()}
        self.columns.update(changes)
        late = self.random.random() < 0.05
        at = self.now - timedelta(hours=self.random.uniform(1, 60)) if late else self.now
        payload = {**(data or {}), **({"changes": told} if told else {})}
        self.events.append(Entry(f"case.{name}", f"case:{self.case_id}", "test", at, payload))

    def step(self) -> None:
        """One random thing that may happen in its state."""
        self.now += timedelta(hours=self.random.expovariate(1 / 40), microseconds=self.random.randrange(10**6))
        names = [name for name in dir(self) if name.startswith(f"{self.columns['state']}_")]
        getattr(self, self.random.choice([*names, "any_correct", "any_promise"]))()

    def _due(self, days: float) -> datetime:
        return (self.now + timedelta(days=days)).replace(hour=16, minute=59, second=59, microsecond=0)

    def _to(self, agency: Agency) -> dict[str, Any]:
        return {"agency_id": agency.pk, "body_id": agency.body_id}

    def unverified_verify(self) -> None:
        place = self._to(agency_by_code(self.random.choice(AGENCIES)))
        due = {"answer_due_at": self._due(5), "resolution_due_at": self._due(14)}
        self.record("verified", state="forwarded", verified_at=self.now, forwarded_at=self.now, **place, **due)

    unverified_verify_too = unverified_verify

    def unverified_hold(self) -> None:
        self.record("held", state="on_hold", state_before=self.columns["state"])

    forwarded_hold = in_progress_hold = unverified_hold

    def unverified_archive(self) -> None:
        before = self.columns["state"]
        self.record("archived", state="archived", state_before=before, archive_reason="unclear", closed_at=self.now)

    in_progress_archive = on_hold_archive = unverified_archive

    def forwarded_merge(self) -> None:
        self.record(
            "merged", state="archived", state_before=self.columns["state"], archive_reason="duplicate",
            closed_at=self.now, merged_into_id=self.case_id + 1,
        )  # fmt: skip

    def on_hold_complete(self) -> None:
        self.record("completed", state=self.columns["state_before"], answer_due_at=self._due(4))

    on_hold_complete_too = on_hold_complete

    def forwarded_forward(self) -> None:
        self.record("forwarded", state="forwarded", **self._to(agency_by_code(self.random.choice(AGENCIES))))

    in_progress_forward = forwarded_forward

    def forwarded_return(self) -> None:
        above = Agency.objects.get(pk=self.columns["agency_id"]).body or agency_by_code("ID")
        self.record("returned", state="forwarded", returns=self.columns.get("returns", 0) + 1, **self._to(above))

    in_progress_return = forwarded_return

    def forwarded_accept(self) -> None:
        self.record("accepted", state="in_progress")

    def forwarded_interim(self) -> None:
        first = {} if self.columns.get("first_answered_at") else {"first_answered_at": self.now}
        self.record("interim_answered", state="in_progress", **first)

    def forwarded_answer(self) -> None:
        first = {} if self.columns.get("first_answered_at") else {"first_answered_at": self.now}
        data = {}
        if self.random.random() < 0.3:
            self.pledges += 1
            self.open_pledges.append(self.pledges)
            data = {"promised_on": "2026-12-01"}
        self.record("answered", data, state="answered", answered_at=self.now, objection_due_at=None, **first)

    in_progress_answer = in_progress_answer_too = forwarded_answer_too = forwarded_answer

    def answered_confirm(self) -> None:
        outcome = self.random.choice(("confirmed", "silent", "unreached", "refused"))
        self.record("closed", state="closed", outcome=outcome, closed_at=self.now)

    answered_confirm_too = answered_confirm

    def answered_object(self) -> None:
        self.record("objected", state="in_progress", objection_due_at=self._due(7), closed_at=None, outcome="")

    def closed_rate(self) -> None:
        self.record("rated", rating=self.random.randint(1, 5))

    answered_rate = closed_rate

    def closed_reopen(self) -> None:
        times = self.columns.get("reopens", 0) + 1
        self.record("reopened", state="in_progress", reopens=times, closed_at=None, outcome="")

    def archived_unarchive(self) -> None:
        self.record(
            "unarchived", state=self.columns["state_before"], archive_reason="", closed_at=None, merged_into_id=None
        )

    def any_correct(self) -> None:
        choose = self.random.choice
        self.record(
            "corrected", classification=choose(CLASSES), category_id=choose(CATEGORIES), region_id=choose(REGIONS),
            secret=choose((True, False)),
        )  # fmt: skip

    def any_promise(self) -> None:
        if self.open_pledges:
            pledge = self.open_pledges.pop()
            if self.random.random() < 0.5:
                self.record("promise_kept", {"pledge": pledge, "late": self.random.random() < 0.3})
            else:
                self.record("promise_broken", {"pledge": pledge})
                if self.random.random() < 0.5:
                    self.now += timedelta(days=2)
                    self.record("promise_kept", {"pledge": pledge, "late": True})


def begin(random: Random, start: datetime) -> Line:
    """A new case: often in the hours in which a month turns somewhere."""
    received = start + timedelta(days=random.uniform(0, 420))
    if random.random() < 0.3:
        turn = received.replace(day=1, hour=0, minute=0, second=0)
        received = turn - timedelta(hours=random.uniform(-1, 3))
    agency = agency_by_code(random.choice(AGENCIES))
    columns = {
        "tracking_id": new_tracking_id(), "state": "unverified", "channel": random.choice(CHANNELS),
        "agency_id": agency.pk, "body_id": agency.body_id, "received_at": received,
        "verification_due_at": received + timedelta(days=3), "region_id": random.choice(REGIONS),
        "classification": random.choice(CLASSES),
    }  # fmt: skip
    row = {name: value for name, value in columns.items() if name != "category_id"}
    case = Case.objects.create(**row, imported=True)
    line = Line(random, case.pk, received, {})
    line.record("submitted", **{name: value for name, value in columns.items() if value is not None})
    return line


def write(lines: list[Line]) -> None:
    """What happened since the last writing, into the ledger."""
    bulk_record(event for line in lines for event in line.events)
    for line in lines:
        line.events.clear()


def merge_body(lines: list[Line], merged: int, into: Agency, at: datetime) -> None:
    """The cases of a merged body follow it, each with its event."""
    for line in lines:
        if line.columns.get("body_id") == merged:
            line.now = max(line.now, at)
            line.record("body_followed", body_id=into.pk)
