"""The columns of an import file and the words they take. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from tanggap.cases.workflow import ArchiveReason, Channel, Classification, Outcome, State

COLUMNS = (
    "tracking_id", "received_at", "channel", "classification", "category", "title", "text", "region_code",
    "agency_code", "about_agency_code", "state", "verified_at", "forwarded_at", "first_answered_at", "answered_at",
    "closed_at", "archive_reason", "outcome", "rating", "anonymous", "secret", "reporter_name", "reporter_phone",
    "reporter_email", "latitude", "longitude",
)  # fmt: skip
REQUIRED = ("received_at", "text", "state")
ADDED = ("line", "reason")
"""What the file of rejected lines has behind the columns it came with."""

TIMES = ("received_at", "verified_at", "forwarded_at", "first_answered_at", "answered_at", "closed_at")
"""In the order in which they happen."""

SAYS = {
    "received_at": "waktu diterima",
    "verified_at": "waktu verifikasi",
    "forwarded_at": "waktu disposisi",
    "first_answered_at": "waktu jawaban pertama",
    "answered_at": "waktu jawaban akhir",
    "closed_at": "waktu ditutup",
}


def _words(values: type[State | Classification | Channel | ArchiveReason | Outcome], **more: str) -> dict[str, str]:
    """The identifiers, and other words for them (underscores stand for spaces)."""
    return {value.value: value.value for value in values} | {
        said.replace("_", " "): identifier for said, identifier in more.items()
    }


STATES: Mapping[str, str] = _words(
    State,
    belum_terverifikasi=State.UNVERIFIED.value,
    belum_diverifikasi=State.UNVERIFIED.value,
    tertunda=State.ON_HOLD.value,
    belum_ditindaklanjuti=State.FORWARDED.value,
    dalam_proses=State.IN_PROGRESS.value,
    selesai=State.CLOSED.value,
    diarsipkan=State.ARCHIVED.value,
)
CLASSIFICATIONS: Mapping[str, str] = _words(
    Classification,
    permintaan_informasi=Classification.INFORMATION_REQUEST.value,
    aspirasi=Classification.ASPIRATION.value,
    pengaduan=Classification.COMPLAINT.value,
    pengaduan_tidak_berkadar_pengawasan=Classification.COMPLAINT.value,
    tidak_berkadar_pengawasan=Classification.COMPLAINT.value,
    pengaduan_berkadar_pengawasan=Classification.SUPERVISORY_COMPLAINT.value,
    berkadar_pengawasan=Classification.SUPERVISORY_COMPLAINT.value,
)
CHANNELS: Mapping[str, str] = _words(
    Channel,
    website=Channel.WEB.value,
    situs=Channel.WEB.value,
    aplikasi=Channel.APP.value,
    twitter=Channel.X.value,
    surel=Channel.EMAIL.value,
    loket=Channel.COUNTER.value,
    surat=Channel.LETTER.value,
    telepon=Channel.PHONE.value,
    mobil_keliling=Channel.VAN.value,
)
ARCHIVE_REASONS: Mapping[str, str] = _words(ArchiveReason)
OUTCOMES: Mapping[str, str] = _words(Outcome)
BOOLEANS: Mapping[str, bool] = {
    "true": True,
    "1": True,
    "ya": True,
    "false": False,
    "0": False,
    "tidak": False,
    "": False,
}


def known(word: str) -> str:
    """How a word is looked up: lower case, single spaces."""
    return " ".join(word.lower().split())
