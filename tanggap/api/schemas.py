"""What the API takes and gives, as published at /api/v1/openapi.json."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tanggap.api import fields
from tanggap.cases.policies import Disclosure
from tanggap.cases.workflow import ArchiveReason, Channel, Classification, Outcome, State


class Incoming(BaseModel):
    """A field we do not know is a mistake of the sender's, or an attempt: both are told, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NewReporter(Incoming):
    """How to reach the reporter. Kept apart from the case, encrypted."""

    name: fields.Name = ""
    phone: fields.Short = ""
    email: fields.Email = ""


class NewCase(Incoming):
    """A submission. Only `text` is needed; state, priority, holder and channel are not the sender's to set."""

    text: fields.Text = Field(description="What happened. Personal data is masked in the public version.")
    title: fields.Title = ""
    classification: Literal[tuple(kind.value for kind in Classification)] | None = None  # type: ignore[valid-type]
    region_code: fields.Code | None = Field(None, description="Kemendagri code: 35, 35.78, 35.78.09, 35.78.09.1001")
    agency_code: fields.Code | None = Field(None, description="The body addressed, see /api/v1/agencies")
    about_agency_code: fields.Code | None = Field(None, description="The office whose conduct it is about")
    about_person: fields.PersonName = Field("", description="The person whose conduct it is about; kept encrypted")
    category: fields.Code | None = Field(None, description="See /api/v1/categories")
    occurred_on: fields.Day | None = None
    anonymous: fields.Flag = False
    secret: fields.Flag = False
    reporter: NewReporter | None = None
    latitude: fields.Latitude | None = None
    longitude: fields.Longitude | None = None


class Receipt(BaseModel):
    """Keep the secret code: it is shown once, cannot be recovered, and proves that the case is yours."""

    tracking_id: str
    secret_code: str
    status: State
    url: str
    emergency: str | None = Field(
        None, description="Only where the words speak of danger: numbers to call now. Show it to the person at once."
    )


class Problem(BaseModel):
    """RFC 9457. `detail` is a whole sentence in Indonesian; `code` and `field` are for programs."""

    title: str
    status: int
    detail: str
    code: str
    field: str | None = None
    errors: list[dict[str, str]] | None = None


class RegionName(BaseModel):
    code: str
    name: str
    kind: str


class AgencyName(BaseModel):
    code: str
    name: str


class CategoryName(BaseModel):
    code: str
    name: str


class DayOff(BaseModel):
    date: date
    name: str


class Clock(BaseModel):
    """One limit, explained. `day` is the 2 of "day 2 of 5"; `words` the sentence of the public page."""

    name: str
    status: Literal["running", "due", "late", "done", "paused"]
    day: int
    limit: int
    unit: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    late_days: int
    paused_days: int
    days_off: list[DayOff]
    words: str


class Holder(BaseModel):
    """One link of the custody chain; `working_days` net of pauses, `reason` why it was handed on."""

    agency: AgencyName
    held_from: datetime
    held_to: datetime | None
    working_days: float
    verifying: bool
    returned: bool
    reason: str


class FileLink(BaseModel):
    url: str
    kind: str
    media_type: str
    size: int


class Entry(BaseModel):
    """One entry of the thread: a message, or an event (`kind` is `event` and `event` its name)."""

    kind: str
    at: datetime
    event: str | None = None
    text: str | None = None
    agency: str | None = None
    channel: str | None = None
    office: str | None = None
    answer_kind: str | None = None
    done_on: date | None = None
    promised_on: date | None = None
    legal_basis: str | None = None
    files: list[FileLink] = []


class Content(BaseModel):
    """What is public once the case is verified and not secret; otherwise for its reporter alone."""

    title: str
    text: str
    classification: Classification | None
    category: CategoryName | None
    region: RegionName | None
    occurred_on: date | None
    outcome: Outcome | None
    archive_reason: ArchiveReason | None
    rating: int | None
    thread: list[Entry]
    files: list[FileLink]


class CaseView(BaseModel):
    """A case as a correct tracking id shows it. `content` is null while only state, clocks and holder are shown."""

    tracking_id: str
    url: str
    shown: Disclosure
    state: State
    state_words: str
    channel: Channel
    received_at: datetime
    closed_at: datetime | None
    holder: AgencyName
    clocks: list[Clock]
    custody: list[Holder]
    content: Content | None


class CaseLine(BaseModel):
    """A public case in a list."""

    tracking_id: str
    url: str
    title: str
    state: State
    state_words: str
    classification: Classification | None
    category: CategoryName | None
    region: RegionName | None
    holder: AgencyName
    channel: Channel
    received_at: datetime
    closed_at: datetime | None
    endorsements: int


class CaseLines(BaseModel):
    items: list[CaseLine]
    next_cursor: str | None
    previous_cursor: str | None


class AgencyLine(BaseModel):
    code: str
    name: str
    full_name: str
    kind: str
    body: AgencyName | None


class AgencyLines(BaseModel):
    items: list[AgencyLine]
    next_cursor: str | None
    previous_cursor: str | None


class RegionLine(BaseModel):
    code: str
    name: str
    kind: str
    parent: str | None
    latitude: float | None
    longitude: float | None


class RegionLines(BaseModel):
    items: list[RegionLine]


class CategoryLine(BaseModel):
    code: str
    name: str
    parent: str | None


class CategoryLines(BaseModel):
    items: list[CategoryLine]
