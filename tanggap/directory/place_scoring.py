"""How well a region with everything above it fits a query. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tanggap.directory.naming import normalize
from tanggap.directory.place_words import KIND_WORDS, Query, Word

LABELS: Final = frozenset(
    {"kabupaten", "kota", "administrasi", "daerah", "khusus", "ibukota", "istimewa", "di", "dki", "dan"}
)
"""Words of a province's or regency's full name that nobody types to find it."""
PREFIX: Final = 0.9
ASKED, ALIKE, NOT_ASKED = 0.3, 0.2, -0.4
_ALIKE: Final = (frozenset({"regency", "city"}), frozenset({"desa", "kelurahan"}))
"""Kinds that people take for each other."""
KIND_IN_NAME, KIND_ABOVE = 0.5, 0.1
OF_ITS_SIZE: Final = {"province": 0.3, "regency": 0.15, "city": 0.15, "district": 0.05}
"""Who types "jawa" means the provinces sooner than a village of that very name."""
IN_OWN_NAME: Final = 0.05
IN_THIS_ORDER: Final = 0.1
"""Two words side by side in the query and in a name: in "lombok tengah praya" *tengah* is Lombok's."""
WHOLE_NAME: Final = 0.5

Spellings = Mapping[str, Mapping[str, float]]
"""Typed word → words of the list it may be, with a weight of at most 1; a word not in it stands for itself."""


@dataclass(frozen=True)
class Candidate:
    """A region and the levels of its name, itself first: (kind, words)."""

    code: str
    kind: str
    name: str
    levels: tuple[tuple[str, tuple[str, ...]], ...]


def level(code: str, kind: str, name: str) -> tuple[str, tuple[str, ...]]:
    """One level: the kind and the words of the name, without *Kabupaten* where the kind says it.

    The last part of a village's code tells a kelurahan (1…) from a desa (2…).
    """
    words = tuple(normalize(name).split())
    if kind == "village":
        return ("kelurahan" if code.rpartition(".")[2].startswith("1") else "desa"), words
    if kind in {"province", "regency", "city"}:
        words = tuple(word for word in words if word not in LABELS) or words
    return kind, words


def score(candidate: Candidate, query: Query, spellings: Spellings) -> float:
    """How well it fits: weights of the words found, for the kind asked, and for a name that is covered whole.

    0 when no word of the query is in the region's own name: then the region above fits as well.
    """
    total = 0.0
    own: set[str] = set()
    before: Word | None = None
    for word in query:
        weight, place, met = _best(candidate, word, before, spellings)
        before = word
        if weight <= 0:
            continue
        total += weight * word.size + IN_THIS_ORDER * max(word.size - 1, 0)
        if place == 0 and met:
            own.add(met)
    if not own:
        return 0.0
    covered = len(own) / len(set(candidate.levels[0][1]))
    return total + WHOLE_NAME * covered + OF_ITS_SIZE.get(candidate.kind, 0.0)


def _best(candidate: Candidate, word: Word, before: Word | None, spellings: Spellings) -> tuple[float, int, str]:
    """The best place for a word: its weight, the level (0 the region's own) and the word met there."""
    best = (0.0, -1, "")
    for place, (kind, names) in enumerate(candidate.levels):
        weight, met = _in_level(word, before, names, spellings)
        if word.is_kind:
            weight = KIND_IN_NAME * weight if place == 0 else 0.0
            if not weight and KIND_WORDS.get(word.text) == kind:
                weight, met = KIND_ABOVE, ""
        elif weight:
            weight += _fits(word.kind, kind) + IN_OWN_NAME * (place == 0)
        if weight > best[0] + 1e-9:
            best = (weight, place, met)
    return best


def _fits(asked: str, kind: str) -> float:
    if not asked:
        return 0.0
    if asked == kind:
        return ASKED
    return ALIKE if any({asked, kind} <= pair for pair in _ALIKE) else NOT_ASKED


def _in_level(word: Word, before: Word | None, names: tuple[str, ...], spellings: Spellings) -> tuple[float, str]:
    best = (0.0, "")
    known = _spelled(word, spellings)
    leading = {} if before is None else _spelled(before, spellings)
    for place, name in enumerate(names):
        weight = known.get(name, 0.0)
        if not weight and word.is_last and len(word.text) > 1 and name.startswith(word.text):
            weight = PREFIX
        if weight and place and names[place - 1] in leading:
            weight += IN_THIS_ORDER
        best = max(best, (weight, name))
    return best


def _spelled(word: Word, spellings: Spellings) -> Mapping[str, float]:
    return spellings.get(word.text, {word.text: 1.0})


def order(candidate: Candidate, points: float) -> tuple[float, int, bool, int, str]:
    """Best first; of equals the larger, a city before the regency of its name, the shorter name."""
    depth = candidate.code.count(".")
    return (-round(points, 3), depth, candidate.kind == "regency", len(candidate.name), candidate.code)
