"""The map: what share of a region's cases is closed, by regency or by province."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Final

from django.core.cache import cache
from django.utils.translation import gettext as _

from tanggap.common import formats
from tanggap.common.charts import Cell, Chart, Shade, choropleth
from tanggap.common.clockwords import language
from tanggap.directory.boundaries import Drawing, national_map, province_map, provinces_map
from tanggap.directory.models import Region
from tanggap.evaluation.comparing import scorecard_on
from tanggap.evaluation.definitions import Unit
from tanggap.evaluation.figures import Figures
from tanggap.evaluation.periods import Period
from tanggap.evaluation.reporting.choosing import period_words
from tanggap.evaluation.reporting.lines import written
from tanggap.evaluation.reporting.sheet import KEPT_FOR
from tanggap.evaluation.selectors.maps import region_figures

FLOORS: Final = (0.5, 0.65, 0.75, 0.85)
"""Where the classes begin; the same in every period and place, so that two maps can be compared (our decision)."""
Address = Callable[[str], str]


def by_regency(period: Period, address: Address, province: str = "") -> Chart:
    """All regencies and cities, or those of one province; `address` is the page of a region's code."""
    drawing = province_map(province) if province else national_map()
    if drawing is None:
        drawing = Drawing(1, 1, {})
    title = _("Bagian laporan yang selesai, menurut kabupaten dan kota")
    return _map("peta", title, drawing, period, address)


def by_province(period: Period, address: Address) -> Chart:
    """All provinces."""
    title = _("Bagian laporan yang selesai, menurut provinsi")
    return _map("peta-provinsi", title, provinces_map(), period, address)


def _map(slug: str, title: str, drawing: Drawing, period: Period, address: Address) -> Chart:
    regions = Region.objects.in_bulk(list(drawing.shapes))
    figures = _figures(slug, regions, period)
    fewest = scorecard_on(period.last).minimum_n
    shades = {code: _shade(regions[code].name, figures[code], fewest) for code in regions}
    says = _("Peta: %(title)s, %(words)s. Setiap wilayah ada di tabel di bawah peta.") % {
        "title": title, "words": period_words(period)
    }  # fmt: skip
    svg = choropleth((drawing.width, drawing.height), drawing.shapes, shades, says=says, slug=slug, lines=drawing.lines)
    rows = tuple(
        _row(region, figures[code], address(code), fewest)
        for code, region in sorted(regions.items())
    )  # fmt: skip
    heads = (_("Wilayah"), _("Jumlah laporan"), _("Selesai"), _("Selesai dari semua"))
    note = _("Menurut tempat kejadian, siapa pun yang menangani. %(words)s") % {"words": period_words(period)}
    return Chart(slug, title, note, svg, heads, rows, wide=True, legend=_legend(fewest))


def _figures(slug: str, regions: Mapping[str, Region], period: Period) -> dict[str, Figures]:
    """At most ten minutes old: the same for everybody who looks at the map."""
    codes = sorted(regions)
    key = f"evaluation:map:{slug}:{period.name}:{len(codes)}:{codes[0] if codes else ''}"
    found: dict[str, Figures] | None = cache.get(key)
    if found is None or found.keys() != regions.keys():
        found = region_figures(regions.values(), period)
        cache.set(key, found, KEPT_FOR)
    return found


def _shade(name: str, figures: Figures, fewest: int) -> Shade:
    share = figures.closed_over_total
    if share is None:
        return Shade("q0", _("%(name)s: belum ada laporan") % {"name": name})
    if figures.total < fewest:
        return Shade("few", _("%(name)s: %(n)s laporan, terlalu sedikit") % {"name": name, "n": figures.total})
    facts = {"name": name, "share": written(share, Unit.SHARE), "n": written(figures.total, Unit.COUNT)}
    return Shade(f"q{1 + sum(share >= floor for floor in FLOORS)}", _("%(name)s: %(share)s dari %(n)s laporan") % facts)


def _row(region: Region, figures: Figures, url: str, fewest: int) -> tuple[Cell, ...]:
    closed, share = figures.by_state["closed"], figures.closed_over_total
    few = figures.total < fewest
    text = _("terlalu sedikit") if few and figures.total else written(share, Unit.SHARE)
    return (
        Cell(region.name, region.name, url),
        Cell(figures.total, written(figures.total, Unit.COUNT)),
        Cell(closed, written(closed, Unit.COUNT)),
        Cell(None if few else share, text),
    )


def _legend(fewest: int) -> tuple[tuple[str, str], ...]:
    shares = [formats.percent(floor, language(), digits=0) for floor in FLOORS]
    between = [f"{low.removesuffix('%')}–{high}" for low, high in itertools.pairwise(shares)]
    return (
        ("q1", _("di bawah %(share)s: rendah") % {"share": shares[0]}),
        *((f"q{number}", words) for number, words in enumerate(between, start=2)),
        ("q5", _("%(share)s ke atas: tinggi") % {"share": shares[-1]}),
        ("few", _("di bawah %(n)s laporan: terlalu sedikit untuk dinilai") % {"n": fewest}),
        ("q0", _("belum ada laporan")),
    )
