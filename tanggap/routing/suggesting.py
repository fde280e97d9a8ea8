"""Which unit a text sounds like: words of the text met with the topics of units. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WORD = re.compile(r"lampu(?: penerangan)? jalan|penerangan jalan|lalu lintas|rumah sakit|air minum|[a-z]{2,}")
"""Words, and the few pairs that mean something else than their parts."""
MOST_SUGGESTIONS = 3
MOST_WORDS_SHOWN = 4
MOST_TEXT = 20_000
SHORTEST_SHARED = 4
PREFIXES = ("meng", "meny", "mem", "men", "ber", "ter", "per", "pem", "pen", "peng", "me", "pe", "di", "ke", "se")
SUFFIXES = ("kannya", "annya", "nya", "kan", "lah", "kah", "an")
EMPTY_WORDS = frozenset(
    WORD.findall(
        "di ke se dan yang untuk dari dengan pada atau oleh bagi para umum daerah sebagian banyak layanan pelayanan"
        " urusan dinas badan tidak ada kami saya sudah belum mohon tolong dapat bisa akan juga karena agar ini itu"
    )
)
ALSO_MEANS = {
    "lampu jalan": ("pju",),
    "lampu penerangan jalan": ("pju",),
    "penerangan jalan": ("pju",),
    "lubang": ("jalan",),
    "aspal": ("jalan",),
    "trotoar": ("jalan",),
    "got": ("drainase",),
    "selokan": ("drainase",),
    "gorong": ("drainase",),
    "sekolah": ("pendidikan",),
    "siswa": ("pendidikan",),
    "dokter": ("puskesmas", "rumah sakit"),
    "obat": ("puskesmas",),
    "bpjs": ("jkn",),
    "limbah": ("pencemaran",),
    "tps": ("sampah",),
    "akte": ("akta",),
    "kelahiran": ("akta",),
    "pedagang": ("pkl", "pasar"),
    "macet": ("lalu lintas",),
    "angkot": ("angkutan",),
    "bantuan": ("bansos",),
    "pdam": ("air minum",),
    "upah": ("umk",),
    "gaji": ("umk",),
}
MORE_WITNESSES = 0.5
"""What each further word for the same topic adds to the first."""


@dataclass(frozen=True)
class Unit:
    """A unit as the suggester sees it."""

    agency_code: str
    name: str
    topics: str
    """Separated by `;`."""


@dataclass(frozen=True)
class Suggestion:
    """A unit that may be meant, with a score from 0 to 1 and what speaks for it."""

    agency_code: str
    score: float
    words: tuple[str, ...]
    """Words of the text that speak for the unit."""
    unit_name: str

    @property
    def reason(self) -> str:
        """Why, in a sentence; pages in another language make their own of `words` and `unit_name`."""
        quoted = ", ".join(f"“{word}”" for word in self.words)
        return f"Kata {quoted} termasuk urusan {self.unit_name}."


def suggest_units(text: str, units_with_topics: Iterable[Unit]) -> list[Suggestion]:
    """At most three units whose topics the text touches, best first; none when nothing fits.

    A topic counts the more, the fewer units have it. Explained, never decisive: a person forwards.
    """
    units = list(units_with_topics)
    topics = [_topics(unit.topics) for unit in units]
    holders = Counter(stem for own in topics for stem in frozenset().union(*own))
    said = _said(text[:MOST_TEXT])
    found = []
    for unit, own in zip(units, topics, strict=True):
        weight = sum(_weight(topic, said, holders) for topic in own)
        if weight:
            words = {word for topic in own for stem in topic for word in said.get(stem, ())}
            found.append((weight, unit, tuple(sorted(words, key=lambda word: (text.lower().find(word), word)))))
    found.sort(key=lambda row: (-row[0], row[1].agency_code))
    total = sum(row[0] for row in found)
    return [
        Suggestion(unit.agency_code, round(weight / total, 3), words[:MOST_WORDS_SHOWN], unit.name)
        for weight, unit, words in found[:MOST_SUGGESTIONS]
    ]


def _weight(topic: frozenset[str], said: Mapping[str, Sequence[str]], holders: Mapping[str, int]) -> float:
    """Half of a topic's words are a quarter of it: "anak" alone is not yet "kekerasan anak"."""
    present = sorted(stem for stem in topic if stem in said)
    witnesses = sum((1 + MORE_WITNESSES * (len(said[stem]) - 1)) / holders[stem] for stem in present)
    return witnesses * len(present) / len(topic) ** 2 if present else 0.0


def _said(text: str) -> dict[str, tuple[str, ...]]:
    """Every stem of the text and of what its words also mean → the words that say so, as written."""
    said: dict[str, tuple[str, ...]] = {}
    for word in dict.fromkeys(WORD.findall(" ".join(text.lower().split()))):
        if word in EMPTY_WORDS:
            continue
        stem = stem_of(word)
        meanings = (stem, *map(stem_of, (*ALSO_MEANS.get(word, ()), *ALSO_MEANS.get(stem, ()))))
        for meaning in dict.fromkeys(meanings):
            said[meaning] = (*said.get(meaning, ()), word)
    return said


def words_of(text: str) -> dict[str, str]:
    """The stems of the words of a text that say something, each with the word as written first."""
    found: dict[str, str] = {}
    for word in WORD.findall(" ".join(text[:MOST_TEXT].lower().split())):
        if len(word) >= SHORTEST_SHARED and word not in EMPTY_WORDS:
            found.setdefault(stem_of(word), word)
    return found


def _topics(topics: str) -> list[frozenset[str]]:
    """The stems of each topic."""
    words = (WORD.findall(topic) for topic in re.split(r"[;/,:]", topics.lower()))
    found = [frozenset(stem_of(word) for word in topic if word not in EMPTY_WORDS) for topic in words]
    return [topic for topic in found if topic]


def stem_of(word: str) -> str:
    """A rough stem: common prefixes and suffixes off, while four letters stay."""
    if " " in word:
        return word
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            word = word.removesuffix(suffix)
            break
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 4:
            return word.removeprefix(prefix)
    return word
