"""The choices of the inbox's filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tanggap.cases.selectors import Filters
from tanggap.cases.vocabulary import ChannelWord, ClassificationWord, StateWord
from tanggap.directory.cache import revision_cached
from tanggap.directory.models import Agency, Category
from tanggap.directory.selectors import children_of


@dataclass(frozen=True, slots=True)
class Select:
    """One drop-down of the filter bar: (value, words) and the chosen value."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@revision_cached
def _categories() -> tuple[tuple[str, str], ...]:
    rows = Category.objects.filter(level=1).order_by("name").values_list("code", "name")
    return tuple((str(code), str(name)) for code, name in rows)


@revision_cached
def _regions_below(code: str) -> tuple[tuple[str, str], ...]:
    return tuple((region.pk, region.name) for region in children_of(code or None))


def selects_of(filters: Filters, agency: Agency) -> list[Select]:
    """State, kind, topic, place within the own region, channel."""
    within = agency.region_id or ""
    return [
        _select("state", _("Keadaan"), StateWord.choices, filters.state),
        _select("classification", _("Klasifikasi"), ClassificationWord.choices, filters.classification),
        _select("category", _("Topik"), _categories(), filters.category),
        _select("region", _("Wilayah"), _regions_below(within), filters.region),
        _select("channel", _("Kanal"), ChannelWord.choices, filters.channel),
    ]


def _select(name: str, label: str, choices: Any, chosen: str) -> Select:
    options = tuple((str(value), str(words)) for value, words in choices)
    if chosen and chosen not in {value for value, _words in options}:
        options = (*options, (chosen, chosen))
    return Select(name, label, options, chosen)


def chosen_words(selects: list[Select], filters: Filters) -> str:
    """What is filtered, in a line: the summary of the folded bar."""
    words = [dict(one.options)[one.chosen] for one in selects if one.chosen]
    if filters.late:
        words.append(_("terlambat"))
    if filters.mine:
        words.append(_("ditugaskan kepada saya"))
    if filters.drafted:
        words.append(_("rancangan menunggu persetujuan"))
    if filters.since or filters.until:
        words.append(_("tanggal masuk"))
    return ", ".join(words) or _("semua keadaan, topik, wilayah, kanal")


def address(query: QueryDict, **changes: str) -> str:
    """The same address with some values changed and back on its first page."""
    changed = query.copy()
    changed.pop("cursor", None)
    for name, value in changes.items():
        changed[name] = value
    return f"?{changed.urlencode()}"
