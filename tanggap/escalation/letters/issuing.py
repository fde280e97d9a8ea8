"""Issuing letters: number, paper, signature, storage, events and messages of one letter in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tanggap.accounts.actor import TIMER
from tanggap.cases.models import Case
from tanggap.cases.telling.values import clock_sentence
from tanggap.directory.models import Agency, Brand
from tanggap.directory.selectors import calendar_of, default_brand, prepare_calendars
from tanggap.escalation.letters.content import Sheet, content_of, subject_of
from tanggap.escalation.letters.drawing import letter_pdf
from tanggap.escalation.letters.lines import line_of
from tanggap.escalation.letters.numbering import take_serial, written_number
from tanggap.escalation.letters.policy import policy_of
from tanggap.escalation.letters.signing import Seal, seal_of
from tanggap.escalation.letters.telling import Mailing, messages_for, source_of
from tanggap.escalation.models import Letter, LetterPolicy, TakenStep
from tanggap.escalation.recipients import Directory
from tanggap.files.models import StoredFile
from tanggap.files.services.keep_document import keep_document
from tanggap.ledger.services.bulk_record import Entry, bulk_record
from tanggap.notify.outgoing import Outgoing
from tanggap.notify.services.enqueue import enqueue_many


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, where somebody did; the letter that leaves by itself names the post alone."""

    key: str = TIMER.key
    name: str = ""


@dataclass(slots=True)
class Desk:
    """A few letters whose rows and cases are locked, with everything that writing them needs."""

    letters: list[Letter]
    cases: dict[int, Case]
    now: datetime
    steps: dict[int, list[TakenStep]] = field(default_factory=dict)
    agencies: dict[int, Agency] = field(default_factory=dict)
    policies: dict[int, LetterPolicy] = field(default_factory=dict)
    seals: dict[int, Seal | None] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    outgoing: list[Outgoing] = field(default_factory=list)

    def __post_init__(self) -> None:
        ids = {pk for letter in self.letters for pk in (letter.agency_id, letter.recipient_agency_id)}
        self.agencies = Agency.objects.select_related("body").in_bulk(ids)
        prepare_calendars(ids | {case.agency_id for case in self.cases.values()})
        self.directory = Directory(self.cases.values(), at=self.now, agencies=self.agencies.values())
        self.brands = {brand.agency_id: brand for brand in Brand.objects.exclude(agency=None)}

    directory: Directory = field(init=False)
    brands: dict[int | None, Brand] = field(init=False)

    def policy(self, agency_id: int) -> LetterPolicy:
        """How this agency's letters leave."""
        if agency_id not in self.policies:
            self.policies[agency_id] = policy_of(agency_id)
        return self.policies[agency_id]

    def brand(self, agency: Agency) -> Brand | None:
        """The look of the agency's letters: its own brand, the nearest one above it, else the house's."""
        levels = [int(part) for part in agency.path.strip("/").split("/")]
        own = next((self.brands[level] for level in reversed(levels) if level in self.brands), None)
        return own or default_brand()

    def seal(self, agency: Agency) -> Seal | None:
        """The agency's certificate, opened once."""
        if agency.pk not in self.seals:
            self.seals[agency.pk] = seal_of(agency, now=self.now)
        return self.seals[agency.pk]

    def clear(self) -> None:
        """Write the events and messages of what was issued, all at once. Without it nobody hears of a letter."""
        bulk_record(self.entries)
        enqueue_many(self.outgoing, now=self.now)
        self.entries, self.outgoing = [], []


def steps_of(letters: Iterable[Letter]) -> dict[int, list[TakenStep]]:
    """The steps that made each letter and still stand, in the order of their cases."""
    found: dict[int, list[TakenStep]] = {letter.pk: [] for letter in letters}
    rows = TakenStep.objects.filter(letter_id__in=found, state=TakenStep.State.TAKEN)
    for step in rows.order_by("due_at", "case_id", "pk"):
        if step.letter_id is not None:
            found[step.letter_id].append(step)
    return found


def issue(letter: Letter, desk: Desk, *, signer: Signer | None = None, paper: StoredFile | None = None) -> None:
    """Number the letter, put it on paper and keep it; `Desk.clear` then records it and tells the recipients.

    `paper` is a PDF that was signed elsewhere and takes the place of ours. The caller holds the letter and its cases,
    and the transaction that gives the number back should this fail.
    """
    agency = desk.agencies[letter.agency_id]
    sheet = _sheet(letter, agency, desk, signer)
    on = calendar_of(agency.pk).local_date(desk.now)
    letter.serial, letter.year = take_serial(agency.pk, on.year), on.year
    letter.number = written_number(sheet.policy.number_format, serial=letter.serial, agency=agency, on=on)
    letter.signatory_role = letter.signatory_role or sheet.policy.signatory_role
    document = _paper(sheet, desk)
    name = f"surat-{letter.serial:03d}-{on.year}.pdf"
    stored = paper or keep_document(content=document, name=name, owner=source_of(letter), now=desk.now)
    _issued(letter, stored, desk, signer)
    # Only a letter that came this far is heard of: one that failed leaves nothing on the desk.
    outgoing, entries = _messages(letter, sheet, desk, stored), _entries(letter, sheet, desk, signer)
    desk.outgoing += outgoing
    desk.entries += entries


def _sheet(letter: Letter, agency: Agency, desk: Desk, signer: Signer | None) -> Sheet:
    cases = [desk.cases[pk] for pk in dict.fromkeys(step.case_id for step in desk.steps[letter.pk])]
    gathered = letter.content.get("lines", {})
    return Sheet(
        letter=letter,
        agency=agency,
        recipient=desk.agencies[letter.recipient_agency_id],
        cases=cases,
        lines={case.pk: line_of(gathered, case) or (_clock(case, desk.now), "") for case in cases},
        policy=desk.policy(agency.pk),
        brand=desk.brand(agency),
        now=desk.now,
        signer=signer.name if signer else "",
        sealed=desk.seal(agency) is not None,
    )


def _clock(case: Case, now: datetime) -> str:
    return clock_sentence(case, now=now, audience="officer")


def _paper(sheet: Sheet, desk: Desk) -> bytes:
    """The PDF; its words are kept with the letter."""
    content = content_of(sheet)
    sheet.letter.content = content
    document = letter_pdf(
        content,
        logo=sheet.brand.logo_svg if sheet.brand else "",
        title=f"{sheet.letter.number}: {subject_of(sheet.letter)}",
        author=sheet.agency.name,
        at=desk.now,
    )
    seal = desk.seal(sheet.agency)
    return document if seal is None else seal.sign(document, reason=subject_of(sheet.letter), place=content["place"])


def _issued(letter: Letter, stored: StoredFile, desk: Desk, signer: Signer | None) -> None:
    letter.state = Letter.State.ISSUED
    letter.issued_at = desk.now
    letter.sha256 = stored.sha256
    letter.signed_by_key = signer.key if signer else ""
    letter.save()


def _entries(letter: Letter, sheet: Sheet, desk: Desk, signer: Signer | None) -> list[Entry]:
    """Into the letter's own history, and a line into that of every case it names."""
    actor = signer.key if signer else TIMER.key
    told = {
        "number": letter.number,
        "agency": sheet.agency.code,
        "recipient_agency": sheet.recipient.code,
        "recipient_role": letter.recipient_role,
        "sha256": letter.sha256,
    }
    cases = [case.tracking_id for case in sheet.cases]
    entries = [Entry("letter.issued", source_of(letter), actor, desk.now, {**told, "cases": cases})]
    if signer is not None:
        entries.append(Entry("letter.signed", source_of(letter), actor, desk.now, {"number": letter.number}))
    about = {**told, "letter": letter.pk, "clock": letter.clock, "kind": letter.kind}
    return entries + [Entry("case.letter_issued", case.stream, actor, desk.now, about) for case in sheet.cases]


def _messages(letter: Letter, sheet: Sheet, desk: Desk, stored: StoredFile) -> list[Outgoing]:
    mailing = Mailing(
        letter=letter,
        agency=sheet.agency,
        recipient=sheet.recipient,
        steps=desk.steps[letter.pk],
        cases=sheet.cases,
        clocks=[sheet.lines[case.pk][0] for case in sheet.cases],
        token=stored.token,
        brand=sheet.brand.slug if sheet.brand else "",
    )
    return list(messages_for(mailing, desk.directory, now=desk.now))


def call_off(letter: Letter, *, now: datetime, actor: str = TIMER.key) -> None:
    """A letter whose cases were all answered before it was signed: it gets no number and goes nowhere."""
    letter.state = Letter.State.CANCELLED
    letter.save(update_fields=["state"])
    bulk_record(
        [Entry("letter.cancelled", source_of(letter), actor, now, {"clock": letter.clock, "kind": letter.kind})]
    )


def lock_cases(ids: Sequence[int]) -> dict[int, Case]:
    """The cases of some letters, locked in the order in which every writer takes them: the case before the letter."""
    rows = Case.objects.select_for_update(of=("self",), no_key=True).select_related("agency__body", "body", "brand")
    return {case.pk: case for case in rows.filter(pk__in=ids).order_by("pk")}
