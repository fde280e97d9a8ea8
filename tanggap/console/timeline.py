"""The history of a case in officers' words: messages by office, events in a line, notes apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tanggap.accounts.models import Person
from tanggap.cases.models import Case, MessageKind
from tanggap.cases.selectors import Audience, CustodyLink, ThreadEntry
from tanggap.cases.telling.deliveries import deliveries_of
from tanggap.cases.vocabulary import AnswerKindWord, ChannelWord, OutcomeWord
from tanggap.common import formats
from tanggap.common.clockwords import language
from tanggap.common.entries import Entry, FileLine, HolderLine
from tanggap.directory.models import Agency
from tanggap.escalation.selectors.case_steps import case_steps
from tanggap.files.models import StoredFile, Visibility

Facts = dict[str, Any]
Names = dict[str, str]
STAFF = Audience.STAFF


@dataclass(frozen=True)
class DraftEntry:
    """An answer that waits for the second officer."""

    message_id: int
    entry: Entry
    own: bool


@dataclass(frozen=True)
class Reader:
    """What decides which files of a case have a link: withheld ones only for those who look at them first."""

    reviews_files: bool


def file_lines(stored: Iterable[StoredFile], reader: Reader) -> list[FileLine]:
    """Links that give their size; nothing is loaded unasked, and what is withheld is named without a link."""
    return [_file_line(row, number, reader) for number, row in enumerate(stored, start=1)]


def _file_line(row: StoredFile, number: int, reader: Reader) -> FileLine:
    names = {
        "picture": _("Foto %(n)s"),
        "video": _("Video %(n)s"),
        "audio": _("Rekaman suara %(n)s"),
        "document": _("Dokumen %(n)s"),
    }
    notes = {
        Visibility.WITHHELD: _("ditahan sampai diperiksa"),
        Visibility.INTERNAL: _("pelapor dan petugas"),
        Visibility.PUBLIC: _("umum"),
    }
    shut = row.visibility == Visibility.WITHHELD and not reader.reviews_files
    url = "" if shut else reverse("console:file", args=[row.token])
    name = names.get(row.kind, _("Berkas %(n)s")) % {"n": number}
    note = _("pelapor tidak mau ini tampil untuk umum") if row.sender_hides else notes[Visibility(row.visibility)]
    return FileLine(name, url, row.size, note)


def entries_of(case: Case, rows: Sequence[ThreadEntry], zone: tzinfo, reader: Reader) -> list[Entry]:
    """The thread and the steps of the ladders, newest first; drafts stand apart (`drafts_of`)."""
    names, people = _agency_names(rows), _people(rows)
    told = deliveries_of(case, zone, by_channel=not (case.guarded or case.anonymous))
    lines = (_entry(row, str(zone), names, people, reader) for row in rows if not row.draft)
    entries = [
        replace(line, sent=[_("Kabar kepada pelapor: %(how)s") % {"how": how} for how in told.get(number, ())])
        for line, number in zip(lines, (row.message_id or 0 for row in rows if not row.draft), strict=True)
        if line is not None
    ]
    steps = (Entry("event", step.at, str(zone), step.text, sent=step.sent) for step in case_steps(case, STAFF, zone))
    return sorted([*entries, *steps], key=lambda line: line.at)[::-1]


def said_of(rows: Sequence[ThreadEntry], zone: tzinfo, reader: Reader) -> list[Entry]:
    """What was said, in the order given, drafts included."""
    people = _people(rows)
    return [_message(row, str(zone), people, reader) for row in rows]


def drafts_of(rows: Sequence[ThreadEntry], zone: str, reader: Reader, own_key: str) -> list[DraftEntry]:
    """The answers that wait for approval, oldest first."""
    people = _people(rows)
    return [
        DraftEntry(row.message_id, _message(row, zone, people, reader), row.author_key == own_key)
        for row in rows
        if row.draft and row.message_id is not None
    ]


def _entry(row: ThreadEntry, zone: str, names: Names, people: Names, reader: Reader) -> Entry | None:
    if row.kind == "event":
        say = EVENTS.get(row.event)
        return Entry("event", row.at, zone, say(row.facts, {**names, **people})) if say else None
    return _message(row, zone, people, reader)


def _message(row: ThreadEntry, zone: str, people: Names, reader: Reader) -> Entry:
    text = f"{answer_line(row)}\n\n{row.text}" if answer_line(row) else row.text
    who = _("Pelapor") if row.voice else row.agency_name or _("Tanggap")
    person = people.get(row.author_key, "")
    return Entry(
        kind="note" if row.kind == MessageKind.NOTE else "message",
        at=row.at,
        zone=zone,
        text=text,
        who=f"{who}, {person}" if person and not row.voice else who,
        label=_label(row),
        voice=row.voice,
        files=file_lines(row.files, reader),
    )


def answer_line(row: ThreadEntry) -> str:
    """What a final answer says in substance: its kind, and what that kind must name."""
    if not row.answer_kind:
        return ""
    more = [formats.long_date(day, language()) for day in (row.done_on, row.promised_on) if day]
    more += [words for words in (row.office, row.legal_basis) if words]
    kind = str(AnswerKindWord(row.answer_kind).label)
    return f"{kind}: {', '.join(more)}" if more else kind


def _label(row: ThreadEntry) -> str:
    kind = "" if row.kind == MessageKind.REPLY else str(MessageKind(row.kind).label)
    channel = _("lewat %(channel)s") % {"channel": ChannelWord(row.channel).label} if row.channel else ""
    return ", ".join(part for part in (kind, channel) if part)


def _people(rows: Iterable[ThreadEntry]) -> Names:
    """Names of officers by key: colleagues may know who wrote; citizens read offices (DESIGN)."""
    keys = {row.author_key for row in rows if not row.voice} | {str(row.facts.get("entered_by", "")) for row in rows}
    ids = {key.removeprefix("person:") for key in keys}
    found = Person.objects.filter(pk__in=[one for one in ids if one.isdigit()]).only("pk", "name")
    return {person.key: person.name for person in found}


def _agency_names(rows: Iterable[ThreadEntry]) -> Names:
    codes = {str(code) for row in rows for key in ("agency", "from", "to") if (code := row.facts.get(key))}
    found = Agency.objects.filter(code__in=codes).select_related("body") if codes else ()
    return {agency.code: agency.full_name for agency in found}


def holder_lines(chain: Sequence[CustodyLink]) -> list[HolderLine]:
    """The custody chain in whole working days."""
    return [_holder(link) for link in chain]


def _holder(link: CustodyLink) -> HolderLine:
    days = round(link.days)
    name = link.agency.full_name
    label = "" if days else _("baru memegang") if link.present else _("kurang dari satu hari kerja")
    return HolderLine(
        name=_("Verifikasi: %(agency)s") % {"agency": name} if link.verifying else name,
        days=days,
        why=link.reason,
        returned=link.returned,
        now=link.present,
        label=label,
    )


def _submitted(facts: Facts, names: Names) -> str:
    if not (key := facts.get("entered_by")):
        return _("Diterima")
    return _("Diterima; diketik untuk warga oleh %(officer)s") % {"officer": names.get(str(key), _("petugas"))}


def _forwarded(facts: Facts, names: Names) -> str:
    return _("Diteruskan ke %(agency)s") % {"agency": names.get(str(facts.get("agency")), _("unit lain"))}


def _returned(facts: Facts, names: Names) -> str:
    return _("Dikembalikan oleh %(agency)s: bukan wewenang") % {"agency": names.get(str(facts.get("from")), _("unit"))}


def _closed(facts: Facts, names: Names) -> str:
    outcome = facts.get("outcome")
    if outcome in OutcomeWord.values:
        return _("Ditutup: %(outcome)s") % {"outcome": OutcomeWord(outcome).label}
    return _("Ditutup")


def _due_dates_moved(facts: Facts, names: Names) -> str:
    if facts.get("reason") == "policy.changed":
        return _("Batas waktu dihitung ulang: ketentuan batas waktu berubah")
    return _("Batas waktu dihitung ulang: kalender hari kerja berubah")


EVENTS: dict[str, Callable[[Facts, Names], str]] = {
    "case.submitted": _submitted,
    "case.verified": lambda facts, names: _("Diverifikasi"),
    "case.forwarded": _forwarded,
    "case.returned": _returned,
    "case.held": lambda facts, names: _("Pelapor ditanya; jam instansi berhenti"),
    "case.completed": lambda facts, names: _("Pelapor menjawab; jam berjalan lagi"),
    "case.resumed": lambda facts, names: _("Tanpa jawaban pelapor; jam berjalan lagi"),
    "case.accepted": lambda facts, names: _("Mulai ditangani"),
    "case.closed": _closed,
    "case.archived": lambda facts, names: _("Diarsipkan"),
    "case.referred": lambda facts, names: _("Dirujuk ke lembaga lain"),
    "case.withdrawn": lambda facts, names: _("Ditarik oleh pelapor"),
    "case.merged": lambda facts, names: _("Digabung dengan laporan yang sama"),
    "case.unmerged": lambda facts, names: _("Penggabungan dibatalkan"),
    "case.unarchived": lambda facts, names: _("Dikeluarkan dari arsip"),
    "case.reopened": lambda facts, names: _("Dibuka kembali"),
    "case.objection_escalated": lambda facts, names: _("Keberatan kedua naik ke Ombudsman"),
    "case.due_dates_moved": _due_dates_moved,
    "case.split": lambda facts, names: _("Dibagi untuk beberapa unit"),
    "case.assigned": lambda facts, names: _("Ditugaskan kepada rekan"),
    "case.corrected": lambda facts, names: _("Keterangan diperbaiki"),
    "case.transcribed": lambda facts, names: _("Rekaman suara dituliskan petugas"),
    "case.promise_broken": lambda facts, names: _("Tanggal janji lewat: janji tidak ditepati"),
    "case.identity_revealed": lambda facts, names: _("Identitas pelapor dibuka, dengan alasan tertulis"),
    "case.marked_urgent": lambda facts, names: _("Ditandai mendesak"),
    "case.urgency_lifted": lambda facts, names: _("Tanda mendesak dicabut"),
    "case.sender_confirmed": lambda facts, names: _("Dikonfirmasi penulisnya lewat pesan pribadi"),
    "case.confidentiality_raised": lambda facts, names: _("Kerahasiaan dinaikkan"),
    "case.words_hidden": lambda facts, names: _("Kata-kata disembunyikan dari umum"),
    "case.words_shown": lambda facts, names: _("Kata-kata ditampilkan lagi untuk umum"),
}
