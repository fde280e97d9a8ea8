"""The charts of a card, by the word their CSV has in an address."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tanggap.cases.promises import usual_limits
from tanggap.common import formats
from tanggap.common.charts import Cell, Chart, Series, bars, columns, counted, lines
from tanggap.common.clockwords import language
from tanggap.directory.models import Agency, Region
from tanggap.evaluation.definitions import Unit
from tanggap.evaluation.figures import Figures
from tanggap.evaluation.periods import Period, month_of
from tanggap.evaluation.report_card import ReportCard
from tanggap.evaluation.reporting import naming
from tanggap.evaluation.reporting.choosing import period_words
from tanggap.evaluation.reporting.lines import written
from tanggap.evaluation.reporting.small import OTHER, without_small
from tanggap.evaluation.selectors import monthly_cards, report_card

EDGES: Final = (1, 2, 3, 5, 10, 20)
"""Working days at which the ranges of the distribution end."""
MOST_BARS: Final = 10
REST: Final = ""
"""The key of the bar that stands for all smaller ones."""


@dataclass(frozen=True)
class Material:
    """What the charts of one card are drawn from."""

    of: Agency | Region
    period: Period
    figures: Figures
    guarded: bool = True
    fewest: int = 0
    """How many cases a topic or a place must have to be drawn by itself."""

    @cached_property
    def months(self) -> list[ReportCard]:
        """The card of every month, read once and only for charts that need them."""
        if self.guarded or isinstance(self.of, Region):
            return monthly_cards(self.of, self.period)
        whole = [month_of(first) for first in self.period.months]
        return [report_card(self.of, month.first, month.last, guarded=False) for month in whole]

    @property
    def words(self) -> str:
        """The period, under every caption."""
        return period_words(self.period)


def trend(given: Material) -> Chart:
    """Received and closed, by month of receiving."""
    received = [card.figures.total for card in given.months]
    closed = [card.figures.by_state["closed"] for card in given.months]
    title = _("Laporan masuk dan yang sudah selesai, per bulan")
    says = _("Grafik garis: %(title)s, %(words)s. Angkanya ada di tabel di bawah.") % {
        "title": title, "words": given.words
    }  # fmt: skip
    svg = lines(
        _short_months(given),
        [Series(_("masuk"), received, "b"), Series(_("sudah selesai"), closed)],
        says=says,
        written=lambda value: written(value, Unit.COUNT),
        whole=True,
    )
    rows = [
        (Cell(card.first.strftime("%Y-%m"), name), _count(total), _count(done))
        for card, name, total, done in zip(given.months, _months(given), received, closed, strict=True)
    ]
    note = _("Menurut bulan laporan diterima. %(words)s") % {"words": given.words}
    heads = (_("Bulan"), _("Laporan masuk"), _("Selesai"))
    return Chart("tren", title, note, svg if any(received) else SafeString(""), heads, tuple(rows))


def speed(given: Material) -> Chart:
    """Median and 90th percentile of the first answer, by month."""
    spreads = [card.figures.first_answer_working_days for card in given.months]
    title = _("Hari kerja sampai tanggapan pertama, per bulan")
    limit = usual_limits()["first_answer"]
    svg = lines(
        _short_months(given),
        [
            Series(_("9 dari 10 laporan"), [one.p90 for one in spreads], "b"),
            Series(_("separuh laporan"), [one.median for one in spreads]),
        ],
        says=_("Grafik garis: %(title)s, %(words)s. Angkanya ada di tabel di bawah.")
        % {"title": title, "words": given.words},
        written=lambda value: formats.number(round(value, 1), language()),
        limit=(limit, _("batas %(n)s hari kerja") % {"n": limit}),
    )
    rows = [
        (Cell(card.first.strftime("%Y-%m"), name), _count(one.n), _days(one.median), _days(one.p90))
        for card, name, one in zip(given.months, _months(given), spreads, strict=True)
    ]
    note = _("Menurut bulan laporan diterima, tanpa masa tertunda. %(words)s") % {"words": given.words}
    heads = (_("Bulan"), _("Ditanggapi"), _("Separuh laporan"), _("9 dari 10"))
    return Chart("kecepatan", title, note, svg, heads, tuple(rows))


def distribution(given: Material) -> Chart:
    """How many were answered first within how many working days."""
    numbers = [0] * (len(EDGES) + 1)
    for days, amount in given.figures.durations("first_answer_working").items():
        numbers[sum(days > edge for edge in EDGES)] += amount
    labels = [f"≤{EDGES[0]}", *(f"{low}–{high}" for low, high in itertools.pairwise(EDGES)), f">{EDGES[-1]}"]
    rows = [(label, number, written(number, Unit.COUNT)) for label, number in zip(labels, numbers, strict=True)]
    limit = usual_limits()["first_answer"]
    title = _("Berapa hari kerja sampai tanggapan pertama")
    says = _("Grafik batang: %(title)s. %(rows)s.") % {"title": title, "rows": _told(rows)}
    line = (EDGES.index(limit) + 1, _("batas %(n)s hari") % {"n": limit}) if limit in EDGES else None
    note = _("Banyaknya laporan menurut lamanya; rentangnya tidak sama lebar. %(words)s") % {"words": given.words}
    heads = (_("Hari kerja"), _("Jumlah laporan"))
    return Chart("sebaran", title, note, columns(rows, says=says, limit=line), heads, _cells(rows))


def states(given: Material) -> Chart:
    """Where the cases are now; answered ones are in progress, as the published statistics have it."""
    figures = given.figures
    found = {state: number for state, number in figures.by_state.items() if state != "answered"}
    found["in_progress"] = figures.in_progress
    order = ("closed", "in_progress", "forwarded", "unverified", "on_hold", "archived")
    return _bars("keadaan", _("Keadaan laporan sekarang"), {key: found[key] for key in order}, given, naming.states)


def categories(given: Material) -> Chart:
    """By topic."""
    found = _places(given.figures.by_category, given)
    return _bars("topik", _("Topik yang paling banyak"), found, given, naming.categories)


def channels(given: Material) -> Chart:
    """By channel."""
    return _bars("kanal", _("Lewat kanal apa"), _largest(given.figures.by_channel), given, naming.channels)


def classifications(given: Material) -> Chart:
    """By classification."""
    found = _largest(given.figures.by_classification)
    return _bars("klasifikasi", _("Jenis laporan"), found, given, naming.classifications)


def districts(given: Material) -> Chart:
    """By district."""
    return _bars("kecamatan", _("Menurut kecamatan"), _places(given.figures.by_district, given), given, naming.regions)


def regencies(given: Material) -> Chart:
    """By regency or city."""
    found = _places(given.figures.by_regency, given)
    return _bars("kabupaten", _("Menurut kabupaten dan kota"), found, given, naming.regions)


def promises(given: Material) -> Chart:
    """What was promised for a date."""
    figures = given.figures
    found = {
        "kept": figures.promises_kept,
        "broken": figures.promises_broken,
        "pending": figures.promises_pending,
    }
    return _bars("janji", _("Janji dalam jawaban"), found, given, naming.promises)


CHARTS: Final[Mapping[str, Callable[[Material], Chart]]] = {
    "tren": trend,
    "kecepatan": speed,
    "sebaran": distribution,
    "keadaan": states,
    "topik": categories,
    "klasifikasi": classifications,
    "kanal": channels,
    "kecamatan": districts,
    "kabupaten": regencies,
    "janji": promises,
}

BY_MONTH: Final = ("tren", "kecepatan")
"""Those that ask for the card of every month."""


def _bars(
    slug: str,
    title: str,
    found: Mapping[str, int],
    given: Material,
    names: Callable[[Sequence[str]], Mapping[str, str]],
) -> Chart:
    total = sum(found.values())
    words = names(list(found))
    rows = []
    for key, number in found.items():
        share = f" · {formats.percent(number / total, language())}" if total else ""
        rows.append((words[key], number, f"{written(number, Unit.COUNT)}{share}"))
    says = _("Grafik batang: %(title)s. %(rows)s.") % {"title": title, "rows": _told(rows)}
    heads = (title, _("Jumlah laporan"))
    return Chart(slug, title, given.words, bars(rows, says=says), heads, _cells(rows))


def _largest(found: Mapping[str, int]) -> dict[str, int]:
    """The largest first; those beyond what can be drawn as one."""
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    largest, rest = dict(ordered[:MOST_BARS]), sum(number for _key, number in ordered[MOST_BARS:])
    return {**largest, REST: rest} if rest else largest


def _places(found: Mapping[str, int], given: Material) -> dict[str, int]:
    """The same without what is too small to be told."""
    parts = without_small(found, given.fewest)
    rest = parts.pop(OTHER, 0)
    largest = _largest(parts)
    return {**largest, REST: largest.get(REST, 0) + rest} if rest else largest


def _told(rows: Sequence[tuple[str, float, str]]) -> str:
    return "; ".join(f"{name}: {text}" for name, _value, text in rows[:MOST_BARS])


def _cells(rows: Sequence[tuple[str, float, str]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(counted(name, value, text) for name, value, text in rows)


def _count(number: int) -> Cell:
    return Cell(number, written(number, Unit.COUNT))


def _days(value: float | None) -> Cell:
    return Cell(None if value is None else round(value, 2), written(value, Unit.RATING))


def _months(given: Material) -> list[str]:
    return [period_words(month_of(card.first)) for card in given.months]


def _short_months(given: Material) -> list[str]:
    names = formats.SHORT_MONTHS["en" if language().startswith("en") else "id"]
    return [names[card.first.month - 1] for card in given.months]
