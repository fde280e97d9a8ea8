"""`data-saya.pdf`: the same data to read on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from tanggap.cases.bundle.words import event_words
from tanggap.cases.models import MessageKind
from tanggap.cases.vocabulary import ChannelWord, ClassificationWord, StateWord
from tanggap.common import formats
from tanggap.common.clockwords import language
from tanggap.common.pdf import render_pdf
from tanggap.directory.selectors import calendar_of
from tanggap.notify.models import Channel as Way
from tanggap.notify.models import MessageState

TEMPLATE: Final = Path(__file__).with_name("owndata.typ")
CASES_ON_PAPER: Final = 30
Contents = Mapping[str, Any]


def person_pdf(contents: Contents, *, at: datetime) -> bytes:
    """The newest cases of the file, in the reader's language; the others stand in the JSON, and the paper says so."""
    title = _("Data saya di Tanggap")
    return render_pdf(TEMPLATE, _page(contents, title, at), title=title, language=language(), at=at)


def _page(contents: Contents, title: str, at: datetime) -> dict[str, Any]:
    cases = contents["cases"]
    left = len(cases) - CASES_ON_PAPER
    more = _("%(n)d laporan lain ada di berkas JSON.") % {"n": left} if left > 0 else ""
    return {
        "title": title,
        "made": _("Dibuat %(at)s. Simpan baik-baik: isinya tidak disamarkan.") % {"at": _when(at.isoformat())},
        "account_heading": _("Akun"),
        "account": _filled(_account(contents["account"] or {})),
        "headings": {
            "you": _("Data Anda"),
            "text": _("Isi laporan"),
            "thread": _("Percakapan"),
            "files": _("Berkas"),
            "events": _("Yang terjadi"),
            "sent": _("Pesan kepada Anda"),
            "opened": _("Identitas Anda dibuka petugas"),
            "traces": _("Pada laporan orang lain"),
        },
        "heads": {"events": [_("Waktu"), _("Kejadian")], "sent": [_("Waktu"), _("Lewat"), _("Keadaan")]},
        "traces": list(trace_lines(contents)),
        "cases": [_case(one) for one in cases[:CASES_ON_PAPER]],
        "more": more,
    }


def _when(text: str | None) -> str:
    if not text:
        return ""
    return formats.long_datetime(datetime.fromisoformat(text), calendar_of(None).zone, language())


def _filled(pairs: Iterator[tuple[str, Any]]) -> list[list[str]]:
    return [[label, str(value)] for label, value in pairs if value]


def _account(account: Contents) -> Iterator[tuple[str, Any]]:
    yield _("Nama"), account.get("name")
    yield _("Surel"), account.get("email")
    yield _("Telepon"), account.get("phone")
    yield _("Terdaftar"), _when(account.get("joined_at"))


def trace_lines(contents: Contents) -> Iterator[str]:
    """What was left on cases of others, a sentence each."""
    for row in contents["follows"]:
        yield _("Mengikuti %(what)s, sejak %(at)s") % {"what": row["what"], "at": _when(row["asked_at"])}
    for row in contents["joined"]:
        told = {"number": row["tracking_id"], "at": _when(row["at"])}
        yield _("Juga mengalami: laporan %(number)s, %(at)s") % told


def _case(one: Contents) -> dict[str, Any]:
    return {
        "heading": f"{one['tracking_id']}: {one['title']}",
        "facts": _filled(_facts(one)),
        "you": _filled(_you(one["you"])),
        "text": one["text"],
        "thread": [_entry(entry) for entry in one["thread"]],
        "files": [_file(file) for file in _all_files(one)],
        "opened": [f"{_when(row['at'])}: {row['reason']}" for row in one["opened_by_officers"]],
        "events": [[_when(row["at"]), event_words(row["name"])] for row in one["events"]],
        "sent": [[_when(row["sent_at"] or row["due_at"]), *_delivery(row)] for row in one["messages_to_you"]],
    }


def _facts(one: Contents) -> Iterator[tuple[str, Any]]:
    yield _("Keadaan"), StateWord(one["state"]).label
    yield _("Klasifikasi"), ClassificationWord(one["classification"]).label if one["classification"] else ""
    yield _("Topik"), one["category"]
    yield _("Kanal"), ChannelWord(one["channel"]).label
    yield _("Instansi"), one["agency"]
    yield _("Wilayah"), one["region"]
    yield _("Tempat"), one["place"]
    yield _("Tanggal kejadian"), _day(one["occurred_on"])
    yield _("Diterima"), _when(one["received_at"])
    yield _("Ditutup"), _when(one["closed_at"])


def _day(text: str | None) -> str:
    return formats.long_date(date.fromisoformat(text), language()) if text else ""


def _you(you: Contents) -> Iterator[tuple[str, Any]]:
    names = {"name": _("Nama"), "phone": _("Telepon"), "email": _("Surel"), "address": _("Alamat")}
    for name, label in names.items():
        yield label, you.get(name)
    yield _("Akun kanal"), you.get("account")


def _entry(entry: Contents) -> dict[str, str]:
    who = entry["office"] or entry["from"]
    head = ", ".join(part for part in (str(MessageKind(entry["kind"]).label), who) if part)
    return {"head": head, "at": _when(entry["at"]), "text": entry["text"]}


def _all_files(one: Contents) -> list[Contents]:
    return [*one["files"], *(file for entry in one["thread"] for file in entry["files"])]


def _file(file: Contents) -> str:
    return f"{file['name']} ({file['type']}, {formats.size(file['bytes'], language())})"


def _delivery(row: Contents) -> tuple[str, str]:
    way = str(Way(row["channel"]).label) if row["channel"] in Way.values else row["channel"]
    return way, str(MessageState(row["state"]).label)
