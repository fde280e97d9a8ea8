"""What the pages about rankings hold, for everybody's page and the console's: the same tables, the same words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tanggap.directory.models import Region
from tanggap.directory.selectors import children_of
from tanggap.evaluation.groups import Group
from tanggap.evaluation.models import RankedPeriod
from tanggap.evaluation.ranking.order import Placed, as_table, bounds
from tanggap.evaluation.ranking.scorecard import Component, Scorecard
from tanggap.evaluation.showing import (
    GROUPS_WITHIN,
    MOST_WEIGHT,
    Shown,
    Simulated,
    Wanted,
    rows_of,
    shown_ranking,
    simulated,
    wanted_of,
)

A_PAGE = 50


@dataclass(frozen=True)
class Labelled:
    """A component in the reader's language, with its part of the whole and the weight that is typed."""

    slug: str
    label: str
    weight: int
    published: int
    share: float
    basis: str
    missing: bool = False


def group_name(group: str) -> str:
    """A peer group in words."""
    words = {
        Group.NATIONAL: _("Badan tingkat pusat"),
        Group.PROVINCE: _("Pemerintah provinsi"),
        Group.REGENCY: _("Pemerintah kabupaten"),
        Group.CITY: _("Pemerintah kota"),
        Group.REGENCY_AND_CITY: _("Kabupaten dan kota"),
    }
    return words[Group(group)]


def band_words(band: str) -> str:
    """`250-999` → "250–999 laporan"."""
    low, _dash, high = band.partition("-")
    if high:
        return _("%(low)s–%(high)s laporan") % {"low": low, "high": high}
    return _("%(low)s laporan atau lebih") % {"low": low}


def label_of(component: Component) -> str:
    """Its name in the reader's language."""
    return component.label_en if (get_language() or "id").startswith("en") else component.label_id


def labelled(scorecard: Scorecard, published: Scorecard, weighed: Sequence[Component]) -> list[Labelled]:
    """Every component with its weight; those that count for nobody are marked."""
    counting = {one.slug for one in weighed}
    whole = sum(one.weight for one in scorecard.components if one.slug in counting) or 1
    before = {one.slug: one.weight for one in published.components}
    return [
        Labelled(
            one.slug,
            label_of(one),
            one.weight,
            before.get(one.slug, one.weight),
            one.weight / whole if one.slug in counting else 0.0,
            one.basis,
            one.weight > 0 and one.slug not in counting,
        )
        for one in scorecard.components
    ]


def ranking_page(asked: Mapping[str, str], kept: QuerySet[RankedPeriod], today: date) -> dict[str, Any]:
    """The ranking of an address: a page of it, the choices above it, the addresses of its downloads."""
    shown = shown_ranking(wanted_of(asked, kept, today))
    band = asked.get("kelas", "")
    lines = [line for line in shown.lines if not band or line.band == band]
    if not lines:
        band, lines = "", shown.lines
    number, pages = _page(asked, lines, shown.wanted.agency)
    weighed = shown.weighed
    return {
        **_frame(shown, kept, today),
        "rows": rows_of(lines[(number - 1) * A_PAGE : number * A_PAGE], weighed),
        "components": labelled(shown.scorecard, shown.scorecard, weighed),
        "columns": [label_of(one) for one in weighed],
        "left_out": [label_of(one) for one in shown.left_out],
        "band": band,
        "bands": [(one, band_words(one)) for one in _bands(shown)],
        "total": len(lines),
        **_pages(shown.wanted, {"kelas": band} if band else {}, number, pages),
    }


def simulator_page(asked: Mapping[str, str], kept: QuerySet[RankedPeriod], today: date) -> dict[str, Any]:
    """The order under other weights beside the published one; all of it stands in the address."""
    found = simulated(shown_ranking(wanted_of(asked, kept, today)), asked)
    number, pages = _page(asked, found.lines)
    weighed = [one for one in found.scorecard.weighed if one in _weighed(found)]
    parts = labelled(found.scorecard, found.shown.scorecard, weighed)
    weights = {f"w-{one.slug}": str(one.weight) for one in parts if one.weight != one.published}
    return {
        **_frame(found.shown, kept, today),
        "rows": rows_of(found.lines[(number - 1) * A_PAGE : number * A_PAGE], weighed, found.moves),
        "components": parts,
        "columns": [label_of(one) for one in weighed],
        "changed": bool(weights),
        "moved": sum(1 for move in found.moves.values() if move.places),
        "refused": found.refused,
        "most_weight": MOST_WEIGHT,
        "total": len(found.lines),
        **_pages(found.shown.wanted, weights, number, pages),
    }


def download(shown: Shown) -> Iterator[list[Any]]:
    """The whole ranking as rows, with the names of the bodies."""
    names = {row.placed.code: row.name for row in rows_of(shown.lines, ())}
    for number, row in enumerate(as_table(shown.scorecard, shown.lines)):
        yield [row[0], "name" if number == 0 else names[row[0]], *row[1:]]


def _weighed(found: Simulated) -> tuple[Component, ...]:
    measured = {slug for body in found.shown.bodies for slug in body.measures}
    return tuple(one for one in found.scorecard.weighed if one.slug in measured)


def _bands(shown: Shown) -> list[str]:
    """The bands somebody stands in, the smallest first."""
    taken = {line.band for line in shown.lines if line.band}
    floors = bounds(shown.scorecard)
    return sorted(taken, key=lambda band: floors.index(int(band.partition("-")[0])))


def _page(asked: Mapping[str, str], lines: Sequence[Placed], agency: str = "") -> tuple[int, int]:
    """The page that is asked for, or the one on which a body stands."""
    places = [place for place, line in enumerate(lines) if line.code == agency]
    raw = asked.get("hal", "") or str(places[0] // A_PAGE + 1 if places else 1)
    pages = max(1, -(-len(lines) // A_PAGE))
    return (min(max(int(raw), 1), pages) if raw.isascii() and raw.isdigit() and len(raw) < 6 else 1), pages


def _frame(shown: Shown, kept: QuerySet[RankedPeriod], today: date) -> dict[str, Any]:
    wanted = shown.wanted
    running = str(today.year)
    periods = [(row.name, row.name) for row in kept[:A_PAGE]]
    periods += [(year, year) for year in (running, str(today.year - 1)) if year not in dict(periods)]
    if wanted.name not in dict(periods):
        periods.append((wanted.name, wanted.name))
    return {
        "wanted": wanted,
        "shown": shown,
        "kept": wanted.kept,
        "status": wanted.kept.state if wanted.kept else "provisional",
        "group_words": group_name(wanted.group),
        "groups": [(group.value, group_name(group)) for group in Group],
        "provinces": list(children_of(None)) if wanted.group in GROUPS_WITHIN else [],
        "periods": periods,
        "minimum_n": shown.scorecard.minimum_n,
        "address": address(wanted),
    }


def address(wanted: Wanted, more: Mapping[str, str] | None = None) -> str:
    """The part of an address after `?`."""
    within: Region | None = wanted.within
    parts = {"kelompok": wanted.group.value, "wilayah": within.pk if within else "", "masa": wanted.name}
    return urlencode({name: value for name, value in {**parts, **(more or {})}.items() if value})


def _pages(wanted: Wanted, more: Mapping[str, str], number: int, pages: int) -> dict[str, Any]:
    def at(page: int) -> str:
        return f"?{address(wanted, {**more, 'hal': str(page)})}" if 1 <= page <= pages and page != number else ""

    return {
        "previous": at(number - 1),
        "next": at(number + 1),
        "count_words": _("Halaman %(page)s dari %(pages)s") % {"page": number, "pages": pages} if pages > 1 else "",
        "simulation": address(wanted, more),
    }
