"""`laporan.pdf`: the same contents to read on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from tanggap.accounts.roles import Role
from tanggap.cases.bundle.words import actor_words, event_words
from tanggap.cases.models import MessageKind
from tanggap.cases.vocabulary import AnswerKindWord, ChannelWord, ClassificationWord, StateWord
from tanggap.common import formats
from tanggap.common.pdf import render_pdf
from tanggap.directory.selectors import calendar_of
from tanggap.notify.models import MessageState

TEMPLATE: Final = Path(__file__).with_name("bundle.typ")
LANGUAGE = "id"
Contents = Mapping[str, Any]


def document_of(contents: Contents, *, at: datetime) -> bytes:
    """The history as a tagged PDF/A, in Indonesian: it goes to an Indonesian office."""
    with override(LANGUAGE):
        number = contents["case"]["tracking_id"]
        title = _("Riwayat laporan %(number)s") % {"number": number}
        return render_pdf(TEMPLATE, _page(contents, title, at), title=title, language=LANGUAGE, at=at)


def _page(contents: Contents, title: str, at: datetime) -> dict[str, Any]:
    case = contents["case"]
    return {
        "title": title,
        "made": _("Dibuat untuk Ombudsman %(at)s") % {"at": _when(at.isoformat(), long=True)},
        "privacy": _privacy(contents["reporter"]),
        "facts": [[label, value] for label, value in _facts(case, contents) if value],
        "headings": {
            "text": _("Isi laporan"),
            "thread": _("Percakapan"),
            "custody": _("Siapa memegang"),
            "clocks": _("Batas waktu"),
            "inquiries": _("Pertanyaan Ombudsman"),
            "letters": _("Surat"),
            "messages": _("Pesan keluar"),
            "events": _("Semua kejadian"),
        },
        "heads": {
            "custody": [_("Instansi"), _("Sejak"), _("Sampai"), _("Hari kerja"), _("Alasan pindah")],
            "messages": [_("Pesan"), _("Kepada"), _("Lewat"), _("Keadaan"), _("Terkirim")],
            "letters": [_("Nomor"), _("Tanggal"), _("Kepada")],
            "events": [_("No."), _("Waktu"), _("Kejadian"), _("Oleh"), _("Sidik")],
        },
        "text": case["text"],
        "thread": [_entry(one) for one in contents["thread"]],
        "custody": [_holder(one) for one in contents["custody"]],
        "clocks": [one["words"] for one in contents["clocks"]],
        "inquiries": [_inquiry(one) for one in contents["inquiries"]],
        "letters": [
            [one.get("number", ""), _when(one.get("issued_at")), one.get("to", "")] for one in _letters(contents)
        ],
        "messages": [_message(one) for one in contents["messages"]],
        "events": [_event(one) for one in contents["events"]],
        "check": _(
            "Berkas laporan.json memuat semua data ini; manifest.json memuat sidik setiap berkas dan ditandatangani "
            "dalam manifest.sig. Sidik pada daftar di atas adalah delapan huruf pertama."
        ),
    }


def _letters(contents: Contents) -> Sequence[Mapping[str, Any]]:
    letters: Sequence[Mapping[str, Any]] = contents["letters"]
    return letters


def _when(text: str | None, *, long: bool = False) -> str:
    if not text:
        return ""
    zone = calendar_of(None).zone
    moment = datetime.fromisoformat(text)
    return formats.long_datetime(moment, zone) if long else formats.short_datetime(moment, zone)


def _privacy(reporter: Mapping[str, Any]) -> str:
    if reporter["consent"]:
        return _("Pelapor menyetujui data ini diketahui Ombudsman. Jangan diteruskan kepada siapa pun.")
    return _("Tanpa identitas pelapor: persetujuannya tidak tercatat. Data pribadi dalam teks disamarkan.")


def _facts(case: Mapping[str, Any], contents: Contents) -> Iterator[tuple[str, str]]:
    yield _("Judul"), case["title"]
    yield _("Keadaan"), str(StateWord(case["state"]).label)
    yield _("Klasifikasi"), str(ClassificationWord(case["classification"]).label) if case["classification"] else ""
    yield _("Topik"), case["category"] or ""
    yield _("Kanal"), str(ChannelWord(case["channel"]).label)
    yield _("Wilayah"), case["region_name"] or ""
    yield _("Tempat"), case["place"]
    yield _("Instansi"), case["agency_name"]
    yield _("Terlapor"), ", ".join(one["agency_name"] or one["region"] or "" for one in contents["subjects"])
    yield _("Diterima"), _when(case["received_at"], long=True)
    yield _("Diverifikasi"), _when(case["verified_at"], long=True)
    yield _("Diteruskan"), _when(case["forwarded_at"], long=True)
    yield _("Tanggapan pertama"), _when(case["first_answered_at"], long=True)
    yield _("Jawaban akhir"), _when(case["answered_at"], long=True)
    yield _("Ditutup"), _when(case["closed_at"], long=True)
    names = {"name": _("Nama"), "phone": _("Telepon"), "email": _("Surel"), "address": _("Alamat")}
    for name, label in names.items():
        yield f"{_('Pelapor')}: {label}", contents["reporter"].get(name, "")


def _entry(one: Mapping[str, Any]) -> dict[str, str]:
    kind = str(MessageKind(one["kind"]).label)
    parts = [kind, one["office"] or one["agency"] or ""]
    if one["answer_kind"]:
        parts.append(str(AnswerKindWord(one["answer_kind"]).label))
    return {"head": ", ".join(part for part in parts if part), "at": _when(one["at"], long=True), "text": one["text"]}


def _holder(one: Mapping[str, Any]) -> list[str]:
    days = formats.number(one["working_days"], digits=1)
    return [one["name"], _when(one["held_from"]), _when(one["held_to"]), days, one["reason"]]


def _inquiry(one: Mapping[str, Any]) -> dict[str, str]:
    due = _("Batas %(at)s") % {"at": _when(one["due_at"], long=True)}
    answered = one["answered_at"]
    return {
        "head": f"{_when(one['asked_at'], long=True)}, {one['agency']}. {due}.",
        "question": one["question"],
        "answer_head": _("Dijawab %(at)s") % {"at": _when(answered, long=True)} if answered else _("Belum dijawab"),
        "answer": one["answer"],
    }


def _message(one: Mapping[str, Any]) -> list[str]:
    posts = {"reporter": _("pelapor"), "on_call": _("petugas jaga"), **{role.value: str(role.label) for role in Role}}
    states = {state.value: str(state.label) for state in MessageState}
    to, state = posts.get(one["to"], one["to"]), states.get(one["state"], one["state"])
    return [one["template"], to, one["channel"], state, _when(one["sent_at"])]


def _event(one: Mapping[str, Any]) -> list[str]:
    return [str(one["seq"]), _when(one["at"]), event_words(one["name"]), actor_words(one["actor"]), one["hash"][:8]]
