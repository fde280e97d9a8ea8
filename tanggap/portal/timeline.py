"""A case's history in the words of its page: messages by office, events in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tanggap.cases.attachments import files_by_owner
from tanggap.cases.models import Case, MessageKind
from tanggap.cases.selectors import Audience, CustodyLink, ThreadEntry
from tanggap.cases.vocabulary import AnswerKindWord, ChannelWord, OutcomeWord
from tanggap.common import formats
from tanggap.common.clockwords import language
from tanggap.common.entries import Entry, FileLine, HolderLine
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.selectors.case_steps import case_steps
from tanggap.files.models import StoredFile, Visibility
from tanggap.portal.naming import agency_name

Facts = dict[str, Any]


def entries_of(
    case: Case,
    rows: Sequence[ThreadEntry],
    audience: Audience,
    sent: Mapping[int, tuple[str, ...]],
    *,
    letter: bool = True,
) -> list[Entry]:
    """The thread as the page draws it, with the steps of the ladders; the final answer stands apart, as a `letter`.

    `sent` says how the reporter was told of an entry (`deliveries_of`), empty for everybody else.
    """
    zone = calendar_of(case.agency_id).zone
    names = _agency_names(rows)
    final = final_answer(rows) if letter else None
    lines = [
        _above(entry, zone.key) if entry is final else _entry(case, entry, zone.key, names, sent_lines(entry, sent))
        for entry in rows
    ]
    steps = [Entry("event", step.at, zone.key, step.text, sent=step.sent) for step in case_steps(case, audience, zone)]
    return sorted([*(line for line in lines if line is not None), *steps], key=lambda line: line.at)


def sent_lines(entry: ThreadEntry, sent: Mapping[int, tuple[str, ...]]) -> list[str]:
    """How the reporter was told of an entry."""
    return [_("Kabar kepada Anda: %(how)s") % {"how": how} for how in sent.get(entry.message_id or 0, ())]


def _above(entry: ThreadEntry, zone: str) -> Entry:
    """The final answer already stands as a letter on top of the page."""
    return Entry("event", entry.at, zone, _("Jawaban akhir (di atas)"))


def final_answer(rows: Sequence[ThreadEntry]) -> ThreadEntry | None:
    """The last final answer that was sent."""
    finals = [entry for entry in rows if entry.kind == MessageKind.FINAL and not entry.part]
    return finals[-1] if finals else None


def answer_line(entry: ThreadEntry) -> str:
    """What the answer says in substance: its kind, and the date or legal basis it must name."""
    words = [str(AnswerKindWord(entry.answer_kind).label)] if entry.answer_kind else []
    if entry.done_on:
        words.append(formats.long_date(entry.done_on, language()))
    if entry.promised_on:
        words.append(formats.long_date(entry.promised_on, language()))
    if entry.legal_basis:
        words.append(entry.legal_basis)
    return ": ".join([words[0], ", ".join(words[1:])]) if len(words) > 1 else "".join(words)


def case_files(case: Case, *, public: bool) -> list[FileLine]:
    """The files that came with the report."""
    return file_lines(case, files_by_owner([case.stream], public=public).get(case.stream, ()))


def file_lines(case: Case, stored: Iterable[StoredFile]) -> list[FileLine]:
    """Links that give their size; nothing is loaded unasked."""
    lines = []
    for number, row in enumerate(stored, start=1):
        url = reverse("portal:file", args=[case.tracking_id, row.token])
        note = "" if row.visibility == Visibility.PUBLIC else _("hanya Anda dan petugas")
        lines.append(FileLine(_file_name(row, number), url, row.size, note))
    return lines


def _file_name(row: StoredFile, number: int) -> str:
    names = {
        "picture": _("Foto %(n)s"),
        "video": _("Video %(n)s"),
        "audio": _("Rekaman suara %(n)s"),
        "document": _("Berkas %(n)s"),
    }
    return names.get(row.kind, _("Berkas %(n)s")) % {"n": number}


def holder_lines(chain: Sequence[CustodyLink], *, with_reasons: bool) -> list[HolderLine]:
    """The custody chain in whole working days; reasons only for who may read the case."""
    return [_holder(link, with_reasons) for link in chain]


def _holder(link: CustodyLink, with_reasons: bool) -> HolderLine:
    days = round(link.days)
    office = agency_name(link.agency)
    name = _("Pemeriksaan: %(agency)s") % {"agency": office} if link.verifying else office
    label = ""
    if not days:
        label = _("baru memegang") if link.present else _("kurang dari satu hari kerja")
    return HolderLine(
        name=name,
        days=days,
        why=link.public_reason if with_reasons else "",
        returned=link.returned,
        now=link.present,
        label=label,
    )


def _entry(case: Case, entry: ThreadEntry, zone: str, names: dict[str, str], sent: Sequence[str] = ()) -> Entry | None:
    if entry.kind == "event":
        say = EVENTS.get(entry.event)
        return Entry("event", entry.at, zone, say(entry.facts, names), sent=sent) if say else None
    text = entry.text
    if entry.kind == MessageKind.FINAL:
        line = answer_line(entry)
        text = f"{line}\n\n{text}" if line else text
    return Entry(
        kind="message",
        at=entry.at,
        zone=zone,
        text=text,
        who=_("Pelapor") if entry.voice else entry.agency_name or _("Tanggap"),
        label=_label(entry),
        voice=entry.voice,
        files=file_lines(case, entry.files),
        sent=sent,
    )


def _label(entry: ThreadEntry) -> str:
    kind = str(MessageKind(entry.kind).label)
    if entry.kind == MessageKind.REPLY:
        kind = ""
    if entry.part:
        kind = _("%(kind)s untuk bagian laporan ini") % {"kind": kind}
    channel = _("lewat %(channel)s") % {"channel": ChannelWord(entry.channel).label} if entry.channel else ""
    return ", ".join(part for part in (kind, channel) if part)


def _agency_names(rows: Iterable[ThreadEntry]) -> dict[str, str]:
    codes = {str(code) for row in rows for key in ("agency", "from", "to") if (code := row.facts.get(key))}
    found = Agency.objects.filter(code__in=codes).select_related("body")
    return {agency.code: agency_name(agency) for agency in found}


def _forwarded(facts: Facts, names: dict[str, str]) -> str:
    agency = names.get(str(facts.get("agency")))
    return _("Diteruskan ke %(agency)s") % {"agency": agency} if agency else _("Diteruskan ke instansi")


def _returned(facts: Facts, names: dict[str, str]) -> str:
    agency = names.get(str(facts.get("from")), _("instansi"))
    return _("Dikembalikan: bukan wewenang %(agency)s") % {"agency": agency}


def _closed(facts: Facts, names: dict[str, str]) -> str:
    outcome = facts.get("outcome")
    if outcome in OutcomeWord.values:
        return _("Laporan ditutup: %(outcome)s") % {"outcome": OutcomeWord(outcome).label}
    return _("Laporan ditutup")


def _due_dates_moved(facts: Facts, names: dict[str, str]) -> str:
    if facts.get("reason") == "policy.changed":
        return _("Batas waktu dihitung ulang: ketentuan batas waktu berubah")
    return _("Batas waktu dihitung ulang: kalender hari kerja berubah")


def _revealed(facts: Facts, names: dict[str, str]) -> str:
    """Told to the reporter alone, with the reason that was written down."""
    if reason := str(facts.get("reason", "")).strip():
        return _("Identitas Anda dibuka oleh petugas. Alasannya: %(reason)s") % {"reason": reason}
    return _("Identitas pelapor dibuka oleh petugas, dengan alasan tertulis")


Say = Callable[[Facts, dict[str, str]], str]
EVENTS: dict[str, Say] = {
    "case.submitted": lambda facts, names: _("Laporan diterima"),
    "case.verified": lambda facts, names: _("Diperiksa"),
    "case.forwarded": _forwarded,
    "case.returned": _returned,
    "case.held": lambda facts, names: _("Pelapor diminta melengkapi; batas waktu instansi berhenti"),
    "case.completed": lambda facts, names: _("Pelapor melengkapi; batas waktu berjalan lagi"),
    "case.resumed": lambda facts, names: _("Batas waktu berjalan lagi"),
    "case.words_hidden": lambda facts, names: _("Kata-kata disembunyikan dari umum"),
    "case.words_shown": lambda facts, names: _("Kata-kata ditampilkan lagi untuk umum"),
    "case.accepted": lambda facts, names: _("Instansi mulai menangani"),
    "case.closed": _closed,
    "case.archived": lambda facts, names: _("Laporan diarsipkan"),
    "case.referred": lambda facts, names: _("Dirujuk ke lembaga lain"),
    "case.withdrawn": lambda facts, names: _("Ditarik oleh pelapor"),
    "case.merged": lambda facts, names: _("Digabung dengan laporan yang sama"),
    "case.unmerged": lambda facts, names: _("Penggabungan dibatalkan"),
    "case.unarchived": lambda facts, names: _("Dikeluarkan dari arsip"),
    "case.reopened": lambda facts, names: _("Dibuka kembali oleh admin nasional"),
    "case.objection_escalated": lambda facts, names: _("Keberatan kedua diteruskan ke Ombudsman"),
    "case.due_dates_moved": _due_dates_moved,
    "case.split": lambda facts, names: _("Dibagi untuk beberapa instansi"),
    "case.promise_broken": lambda facts, names: _("Tanggal janji sudah lewat: janji tidak ditepati"),
    "case.identity_revealed": _revealed,
}
