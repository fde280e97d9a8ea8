"""Every figure there is: its name, its formula, and what it is computed by. The cards, the downloads and the public
page of definitions are all made from this one table (DOMAIN §7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.evaluation.figures import Figures

Words = str | Promise


class Unit(StrEnum):
    """How a figure is written."""

    COUNT = "count"
    SHARE = "share"
    DAYS = "days"
    RATING = "rating"
    COUNTS = "counts"
    """Counts by key."""
    SPREAD = "spread"
    """Mean, median, p90 and n, in days."""


@dataclass(frozen=True)
class Definition:
    """One figure. `key` is its place in the JSON of a report card; a dot opens a part of it."""

    key: str
    name: Words
    formula: Words
    unit: Unit
    value: Callable[[Figures], Any]
    start: Words = ""
    end: Words = ""
    calendar: Words = ""
    included: Words = ""
    excluded: Words = ""


_WORKING: Final = _(
    "hari kerja pemegang laporan: waktu berjalan pada hari kerja dibagi 24 jam, dikurangi masa tertunda"
)
_ELAPSED: Final = _("hari kalender: detik berjalan dibagi 86.400, dikurangi masa tertunda")
_CITIZEN: Final = _("hari kalender: detik berjalan dibagi 86.400, tidak pernah berhenti")
_ALL: Final = _("semua laporan yang diterima dalam masa itu, yang diarsipkan juga")
_DUPLICATES: Final = _("laporan yang digabung ke laporan lain")
_SPREAD: Final = _("rata-rata, median, dan persentil ke-90 (peringkat terdekat); median dan persentil tepat sampai 2 %")
_RECEIVED: Final = _("laporan diterima")
_FORWARDED: Final = _("disposisi pertama")
_ANSWERED: Final = _(
    "jawaban pertama yang dikirim kepada pelapor; pemberitahuan otomatis dan terima kasih tidak dihitung"
)


def _spread(name: str) -> Callable[[Figures], dict[str, float | int | None]]:
    return lambda figures: asdict(getattr(figures, name))


def _of_total(name: str) -> Callable[[Figures], float | None]:
    return lambda figures: getattr(figures, name) / figures.total if figures.total else None


def _counts(key: str, name: Words, formula: Words) -> Definition:
    return Definition(
        key, name, formula, Unit.COUNTS, lambda figures: getattr(figures, key), included=_ALL, excluded=_DUPLICATES
    )


_TOTALS: Final = (
    Definition(
        "total",
        _("Laporan diterima"),
        _("banyaknya laporan"),
        Unit.COUNT,
        lambda figures: figures.total,
        start=_RECEIVED,
        included=_ALL,
        excluded=_DUPLICATES,
    ),
    _counts("by_state", _("Menurut keadaan"), _("banyaknya laporan menurut keadaan sekarang")),
    _counts("by_channel", _("Menurut saluran"), _("banyaknya laporan menurut saluran masuk")),
    _counts("by_classification", _("Menurut klasifikasi"), _("banyaknya laporan menurut klasifikasi")),
    _counts("by_category", _("Menurut kategori"), _("banyaknya laporan menurut topik")),
    _counts("by_district", _("Menurut kecamatan"), _("banyaknya laporan menurut kecamatan tempat kejadian")),
    _counts("by_regency", _("Menurut kabupaten/kota"), _("banyaknya laporan menurut kabupaten atau kota kejadian")),
    _counts("by_outcome", _("Menurut cara selesai"), _("banyaknya laporan selesai menurut cara selesainya")),
    _counts("by_archive_reason", _("Menurut alasan arsip"), _("banyaknya laporan diarsipkan menurut alasannya")),
)

_COMPLETION: Final = (
    Definition(
        "completion.closed_over_total",
        _("Selesai dari semua"),
        _("selesai ÷ diterima"),
        Unit.SHARE,
        lambda figures: figures.closed_over_total,
        included=_ALL,
        excluded=_DUPLICATES,
    ),
    Definition(
        "completion.closed_and_in_progress_over_total",
        _("Selesai dan dalam proses dari semua"),
        _("(selesai + dalam proses) ÷ diterima; dalam proses juga yang sudah dijawab dan menunggu pelapor"),
        Unit.SHARE,
        lambda figures: figures.closed_and_in_progress_over_total,
        included=_ALL,
        excluded=_DUPLICATES,
    ),
    Definition(
        "completion.closed_over_total_without_archived",
        _("Selesai dari yang tidak diarsipkan"),
        _("selesai ÷ (diterima - diarsipkan)"),
        Unit.SHARE,
        lambda figures: figures.closed_over_total_without_archived,
        included=_("laporan yang tidak diarsipkan"),
        excluded=_DUPLICATES,
    ),
)

_TIMES: Final = (
    Definition(
        "first_answer_working_days",
        _("Waktu sampai jawaban pertama, hari kerja"),
        _SPREAD,
        Unit.SPREAD,
        _spread("first_answer_working_days"),
        start=_FORWARDED,
        end=_ANSWERED,
        calendar=_WORKING,
        included=_("laporan yang sudah dijawab"),
        excluded=_("laporan yang belum dijawab: karena itu peringkat memakai ketepatan waktu"),
    ),
    Definition(
        "first_answer_calendar_days",
        _("Waktu sampai jawaban pertama, hari kalender"),
        _SPREAD,
        Unit.SPREAD,
        _spread("first_answer_calendar_days"),
        start=_FORWARDED,
        end=_ANSWERED,
        calendar=_ELAPSED,
        included=_("laporan yang sudah dijawab"),
    ),
    Definition(
        "verification_working_days",
        _("Waktu sampai diverifikasi, hari kerja"),
        _SPREAD,
        Unit.SPREAD,
        _spread("verification_working_days"),
        start=_RECEIVED,
        end=_("verifikasi"),
        calendar=_WORKING,
        included=_("laporan yang sudah diverifikasi"),
    ),
    Definition(
        "citizen_first_answer_calendar_days",
        _("Jam warga: sampai jawaban pertama"),
        _SPREAD,
        Unit.SPREAD,
        _spread("citizen_first_answer_calendar_days"),
        start=_RECEIVED,
        end=_ANSWERED,
        calendar=_CITIZEN,
        included=_("laporan yang sudah dijawab"),
    ),
    Definition(
        "citizen_close_calendar_days",
        _("Jam warga: sampai selesai"),
        _SPREAD,
        Unit.SPREAD,
        _spread("citizen_close_calendar_days"),
        start=_RECEIVED,
        end=_("laporan selesai"),
        calendar=_CITIZEN,
        included=_("laporan yang selesai"),
    ),
    Definition(
        "held_working_days",
        _("Lama di tangan setiap pemegang"),
        _SPREAD,
        Unit.SPREAD,
        _spread("held_working_days"),
        start=_("laporan sampai pada pemegang"),
        end=_("diteruskan, dijawab akhir, atau diarsipkan"),
        calendar=_WORKING,
        included=_("setiap pemegang, juga yang meneruskan laporan"),
        excluded=_("waktu pemegang sekarang yang masih berjalan"),
    ),
)

_ON_TIME: Final = (
    Definition(
        "on_time_share",
        _("Dijawab tepat waktu"),
        _("dijawab dalam batas ÷ semua yang batasnya sudah lewat, yang belum dijawab juga"),
        Unit.SHARE,
        lambda figures: figures.on_time_share,
        start=_FORWARDED,
        end=_ANSWERED,
        calendar=_("batas jawaban pertama dalam hari kerja menurut aturan yang berlaku"),
        included=_("laporan yang batas jawaban pertamanya sudah lewat"),
        excluded=_("laporan yang diarsipkan dalam batasnya"),
    ),
    Definition(
        "on_time_n",
        _("Batas jawaban pertama sudah lewat"),
        _("banyaknya laporan yang batasnya sudah lewat"),
        Unit.COUNT,
        lambda figures: figures.on_time_n,
    ),
    Definition(
        "charged.on_time",
        _("Dibebankan di sini, tepat waktu"),
        _("yang dijawab dalam batas, pada pemegang yang menjawab"),
        Unit.COUNT,
        lambda figures: figures.charged_on_time,
    ),
    Definition(
        "charged.n",
        _("Dibebankan di sini"),
        _("tepat waktu pada pemegang yang menjawab, terlambat pada yang paling lama memegang sebelum batas"),
        Unit.COUNT,
        lambda figures: figures.charged_n,
        included=_("laporan yang batasnya sudah lewat, di mana pun sekarang"),
    ),
)

_COUNTED: Final = (
    ("overdue", _("Lewat batas sekarang"), _("masih menunggu lewat batas yang sedang berjalan")),
    ("reopened", _("Dibuka kembali"), _("pernah dibuka kembali setelah dijawab atau selesai")),
    ("closed_silent", _("Selesai karena diam"), _("selesai karena pelapor tidak membalas dalam masanya")),
    ("returned", _("Dikembalikan"), _("pernah dikembalikan sebagai bukan wewenang")),
)

_REST: Final = (
    Definition(
        "satisfaction.mean",
        _("Kepuasan pelapor"),
        _("rata-rata nilai 1 sampai 5"),
        Unit.RATING,
        lambda figures: figures.satisfaction_mean,
        included=_("laporan yang dinilai pelapornya"),
    ),
    Definition(
        "satisfaction.n", _("Dinilai"), _("banyaknya penilaian"), Unit.COUNT, lambda figures: figures.satisfaction_n
    ),
    Definition(
        "forwarded_within_3",
        _("Diteruskan dalam 3 hari"),
        _("disposisi paling lambat 3 × 24 jam setelah diterima"),
        Unit.COUNT,
        lambda figures: figures.forwarded_within_3,
        start=_RECEIVED,
        end=_FORWARDED,
        calendar=_CITIZEN,
    ),
    Definition(
        "followed_up_within_10",
        _("Ditindaklanjuti dalam 10 hari"),
        _("jawaban pertama paling lambat 10 × 24 jam setelah diterima"),
        Unit.COUNT,
        lambda figures: figures.followed_up_within_10,
        start=_RECEIVED,
        end=_ANSWERED,
        calendar=_CITIZEN,
    ),
    Definition(
        "promises.kept",
        _("Janji ditepati"),
        _("jawaban yang menjanjikan tanggal dan dipenuhi sampai hari itu"),
        Unit.COUNT,
        lambda figures: figures.promises_kept,
    ),
    Definition(
        "promises.broken",
        _("Janji tidak ditepati"),
        _("tanggal yang dijanjikan lewat tanpa dipenuhi"),
        Unit.COUNT,
        lambda figures: figures.promises_broken,
    ),
    Definition(
        "promises.pending",
        _("Janji belum jatuh tempo"),
        _("tanggal yang dijanjikan belum lewat"),
        Unit.COUNT,
        lambda figures: figures.promises_pending,
    ),
)


def _counted(key: str, name: Words, formula: Words) -> tuple[Definition, Definition]:
    return (
        Definition(
            key, name, formula, Unit.COUNT, lambda figures: getattr(figures, key), included=_ALL, excluded=_DUPLICATES
        ),
        Definition(f"shares.{key}", name, _("dari laporan diterima"), Unit.SHARE, _of_total(key)),
    )


DEFINITIONS: Final = (
    *_TOTALS,
    *_COMPLETION,
    *_TIMES,
    *_ON_TIME,
    *(definition for line in _COUNTED for definition in _counted(*line)),
    *_REST,
)
"""In the order in which they are shown."""


def as_tree(figures: Figures) -> dict[str, Any]:
    """The value of every figure, by its place in the JSON of a report card."""
    tree: dict[str, Any] = {}
    for definition in DEFINITIONS:
        *parts, last = definition.key.split(".")
        place = tree
        for part in parts:
            place = place.setdefault(part, {})
        place[last] = definition.value(figures)
    return tree
