"""What the pages of a card have in common, public or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.common.charts import Chart
from tanggap.common.clockwords import language
from tanggap.common.digests import digest_of
from tanggap.directory.models import Agency, Region
from tanggap.evaluation.definitions import Unit
from tanggap.evaluation.figures import Figures
from tanggap.evaluation.groups import Group
from tanggap.evaluation.ranking.measures import wilson
from tanggap.evaluation.reporting.charts import BY_MONTH, CHARTS, Material
from tanggap.evaluation.reporting.lines import Figure, change, written
from tanggap.evaluation.reporting.sheet import KEPT_FOR, Line, Sheet
from tanggap.evaluation.selectors.behind import SLUG_OF

GROUPS: Final[dict[Group, str | Promise]] = {
    Group.NATIONAL: gettext_lazy("kementerian dan lembaga"),
    Group.PROVINCE: gettext_lazy("provinsi"),
    Group.REGENCY: gettext_lazy("kabupaten"),
    Group.CITY: gettext_lazy("kota"),
}
Address = Callable[[str], str]
Z_95: Final = 1.959964
"""An interval of 95 % around a share that is read, not ranked: the ranking's own is a dated row."""


@dataclass(frozen=True)
class Row:
    """One figure in words, and where the cases behind it are."""

    figure: Figure
    value: str
    before: str
    change: str
    peers: str
    national: str
    url: str = ""

    @property
    def name(self) -> str:
        """As the definitions call it."""
        return self.figure.full_name


def rows_of(sheet: Sheet, behind: Address | None = None) -> list[Row]:
    """All figures of a sheet; `behind` is the address of the list of cases a word stands for."""
    return [_row(line, behind) for line in sheet.lines()]


def _row(line: Line, behind: Address | None) -> Row:
    unit, key = line.figure.unit, line.figure.key
    return Row(
        line.figure,
        written(line.value, unit),
        written(line.before, unit),
        change(line.value, line.before, unit),
        written(line.peers, unit),
        written(line.national, unit),
        behind(SLUG_OF[key]) if behind and key in SLUG_OF and line.value else "",
    )


def material_of(sheet: Sheet) -> Material:
    """What the charts of a sheet are drawn from."""
    return Material(sheet.of, sheet.period, sheet.figures, guarded=sheet.guarded, fewest=sheet.fewest)


def chart_names(of: Agency | Region) -> list[str]:
    """The charts of a card, in their order: places where there are several."""
    if isinstance(of, Region):
        places = "kecamatan" if of.code.count(".") else "kabupaten"
    else:
        places = "kecamatan" if of.kind in (Agency.Kind.REGENCY, Agency.Kind.CITY, Agency.Kind.UNIT) else "kabupaten"
    other = {"kecamatan", "kabupaten"} - {places}
    return [name for name in CHARTS if name not in other]


def charts_of(sheet: Sheet) -> list[Chart]:
    """All charts of a sheet."""
    given = material_of(sheet)
    names = [name for name in chart_names(sheet.of) if sheet.as_of is None or name not in BY_MONTH]
    return [CHARTS[name](given) for name in names]


def headline(figures: Figures, behind: Address | None = None) -> dict[str, Any]:
    """What `evaluation/pokok.html` says on top of a page."""
    return {
        "figures": figures,
        "closed": figures.by_state["closed"],
        "handled": figures.by_state["closed"] + figures.in_progress,
        "late": figures.on_time_n - round((figures.on_time_share or 0) * figures.on_time_n),
        "closed_range": _range(figures.closed_over_total, figures.total),
        "on_time_range": _range(figures.on_time_share, figures.on_time_n),
        "median": written(figures.first_answer_working_days.median, Unit.RATING),
        "mean": written(figures.first_answer_working_days.mean, Unit.RATING),
        "behind": {key: behind(slug) for key, slug in LINKED.items()} if behind else {},
    }


def _range(share: float | None, n: int) -> str:
    """The interval of 95 % around a share, as "52,9–80,4%"; nothing where there is no share."""
    if share is None:
        return ""
    low, high = (written(end, Unit.SHARE) for end in wilson(share, n, Z_95))
    return f"{low.removesuffix('%')}–{high}"


def kept_drawings(sheet: Sheet, rows: Sequence[Row], *others: str) -> dict[str, Any]:
    """Under which name the drawings of a page are kept, and how many seconds: `{% cache kept_for … drawn %}`.

    They are kept as long as no figure of the card changes and nothing more of it is folded in, ten minutes at the most:
    two changes of opposite sign in different months change a drawing and no figure. `others` is what else tells the
    page from another: its address.
    """
    shown = [(row.value, row.before, row.change, row.peers, row.national) for row in rows]
    name = digest_of(language(), sheet.of.code, sheet.of.name, shown, sheet.figures.sheet, sheet.card.waiting, others)
    return {"drawn": name, "kept_for": KEPT_FOR}


def values_of(sheet: Sheet, behind: Address | None = None) -> dict[str, Any]:
    """What the templates of a card need."""
    group = GROUPS.get(sheet.group) if sheet.group else None
    return {
        **headline(sheet.figures, behind),
        "sheet": sheet,
        "rows": rows_of(sheet, behind),
        "group_words": _("Median %(group)s") % {"group": group} if group else "",
    }


LINKED: Final = {
    "total": "masuk",
    "closed": "selesai",
    "handled": "selesai-atau-proses",
    "answered": "ditanggapi",
    "late": "terlambat",
    "rated": "dinilai",
}
"""The figures on top of a page, and the word for the cases behind each."""
