"""The tables of the open data: their columns once, for the files, the data package and the dictionary on the page.

Frictionless Table Schema (specs.frictionlessdata.io). No text of a case is among them: also masked, free text tells
about people; it stands on the page of each case, from where it can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LICENCE: Final = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
PROFILE: Final = "tabular-data-package"


@dataclass(frozen=True)
class Column:
    """One column: its name in the files, its type and constraints as Table Schema has them, and its meaning."""

    name: str
    type: str
    meaning: str | Promise
    enum: tuple[str, ...] = ()
    required: bool = False

    def as_field(self) -> dict[str, Any]:
        """The field of a Table Schema."""
        constraints: dict[str, Any] = {**({"required": True} if self.required else {})}
        if self.enum:
            constraints["enum"] = list(self.enum)
        field: dict[str, Any] = {"name": self.name, "type": self.type, "description": str(self.meaning)}
        return {**field, "constraints": constraints} if constraints else field


@dataclass(frozen=True)
class Table:
    """One table. Large ones are cut into a file a year."""

    name: str
    title: str | Promise
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)

    def as_schema(self) -> dict[str, Any]:
        """The Table Schema."""
        return {
            "fields": [column.as_field() for column in self.columns],
            "missingValues": [""],
            "primaryKey": list(self.key),
        }


_STATES: Final = ("unverified", "on_hold", "forwarded", "in_progress", "answered", "closed", "archived")
_CLASSES: Final = ("information_request", "aspiration", "complaint", "none")
DIMENSIONS: Final = ("total", "state", "channel", "classification", "category", "district")

AGGREGATES: Final = Table(
    "aggregates",
    _("Jumlah laporan menurut instansi, bulan, dan dimensi"),
    (
        Column("month", "yearmonth", _("Bulan laporan diterima, menurut zona waktu instansi"), required=True),
        Column("body", "string", _("Kode pemerintah daerah atau badan pusat"), required=True),
        Column("dimension", "string", _("Menurut apa dihitung"), enum=DIMENSIONS, required=True),
        Column(
            "key",
            "string",
            _("Nilai dimensi; “other” gabungan yang kecil, “none” tanpa nilai, “all” semua"),
            required=True,
        ),
        Column("cases", "integer", _("Banyaknya laporan, yang rahasia juga; kosong bila kurang dari lima")),
    ),
    ("month", "body", "dimension", "key"),
)
CASES: Final = Table(
    "cases",
    _("Laporan terbuka satu per satu, tanpa isi dan tanpa pelapor"),
    (
        Column("id", "string", _("Nomor tetap dalam data terbuka; bukan nomor pelacakan"), required=True),
        Column("received_on", "date", _("Hari diterima, menurut zona waktu instansi"), required=True),
        Column(
            "body",
            "string",
            _("Kode pemerintah daerah atau badan pusat; kosong bila belum ada atau laporannya terlalu sedikit"),
        ),
        Column("unit", "string", _("Kode unit yang memegang")),
        Column("district", "string", _("Kode kecamatan; kode kabupaten atau provinsi bila hanya itu yang diketahui")),
        Column("category", "string", _("Kode topik; “none” tanpa topik, kosong bila terlalu sedikit")),
        Column("classification", "string", _("Klasifikasi"), enum=_CLASSES),
        Column("channel", "string", _("Saluran masuk")),
        Column("state", "string", _("Keadaan pada hari versi ini dibuat"), enum=_STATES),
        Column("outcome", "string", _("Cara selesai")),
        Column("archive_reason", "string", _("Alasan arsip")),
        Column("verified_on", "date", _("Hari diverifikasi")),
        Column("forwarded_on", "date", _("Hari diteruskan pertama kali")),
        Column("first_answered_on", "date", _("Hari jawaban pertama")),
        Column("closed_on", "date", _("Hari selesai atau diarsipkan")),
        Column("first_answer_working_days", "number", _("Hari kerja dari diteruskan sampai jawaban pertama")),
        Column("on_time", "boolean", _("Dijawab dalam batas; kosong selama batas belum lewat")),
        Column("reopened", "boolean", _("Pernah dibuka kembali"), required=True),
        Column("returned", "boolean", _("Pernah dikembalikan sebagai bukan wewenang"), required=True),
    ),
    ("id",),
)
REVISIONS: Final = Table(
    "revisions",
    _("Angka yang berubah sejak versi sebelumnya"),
    (
        *AGGREGATES.columns[:-1],
        Column("before", "integer", _("Semula; kosong bila tidak disebut")),
        Column("after", "integer", _("Sekarang; kosong bila tidak disebut")),
    ),
    AGGREGATES.key,
)
AGENCIES: Final = Table(
    "agencies",
    _("Instansi"),
    (
        Column("code", "string", _("Kode"), required=True),
        Column("name", "string", _("Nama"), required=True),
        Column("kind", "string", _("Jenis"), required=True),
        Column("body", "string", _("Kode pemerintah daerah atau badan pusatnya")),
    ),
    ("code",),
)
CATEGORIES: Final = Table(
    "categories",
    _("Topik"),
    (
        Column("code", "string", _("Kode"), required=True),
        Column("name", "string", _("Nama"), required=True),
        Column("parent", "string", _("Kode topik di atasnya")),
    ),
    ("code",),
)
TABLES: Final = (AGGREGATES, CASES, REVISIONS, AGENCIES, CATEGORIES)


def written(value: Any) -> str:
    """A value as the files have it: days and months in ISO 8601, true and false, empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
