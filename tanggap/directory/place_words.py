"""What somebody typed for a place, read as words with the kind that was asked for. Pure."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from tanggap.directory.naming import normalize

MOST_WORDS: Final = 8
_FEW_WORDS: Final = 6
LONGEST_QUERY: Final = 120
LONGEST_SHORT_NAME: Final = 3
KIND_WORDS: Final = {
    "provinsi": "province",
    "kabupaten": "regency",
    "regency": "regency",
    "kota": "city",
    "kotamadya": "city",
    "kodya": "city",
    "kecamatan": "district",
    "district": "district",
    "kelurahan": "kelurahan",
    "desa": "desa",
    "ds": "desa",
    "gampong": "desa",
    "nagari": "desa",
    "pekon": "desa",
    "kampung": "desa",
}
"""Words that say what the next name is; some are part of names too ("Kampung Baru"), so none must match."""
OFTEN_MISTYPED: Final = ("provinsi", "kabupaten", "kecamatan", "kelurahan")
NOISE: Final = frozenset(
    "di dan ke yang jl jln jalan gang gg rt rw no nomor dekat daerah wilayah sekitar indonesia dusun alamat "
    "administrasi lokasi center pemerintah".split()
)
"""Words of an address that name no region."""
BESIDE: Final = frozenset(
    "depan dpn belakang blkg blakang samping sebelah seberang sberang dekat dkt deket sekitar".split()
)
LANDMARKS: Final = frozenset(
    "pasar masjid mesjid musholla mushola gereja sekolah puskesmas pustu balai kantor toko indomaret alfamart terminal "
    "stasiun spbu pom lapangan makam kuburan jembatan simpang pertigaan perempatan rumah rsud rs sd sdn smp smpn sma "
    "smk tk warung bank pos lampu tugu alun".split()
)
"""What people stand in front of. It is left out only after a word of BESIDE: Pasar Minggu is a district."""
_TWICE: Final = re.compile(r"\b([a-z]{2,20})[ -]{1,3}\1\b")
_NUMBERED: Final = re.compile(r"\b(?:rt|rw|no|nomor|blok|km)\W{0,2}\d+\w?|\b\d{5}\b", re.IGNORECASE)
DATA: Final = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Word:
    """One word of a query: `kind` what the word before called it, `is_kind` a kind itself, `size` in words as typed."""

    text: str
    kind: str = ""
    is_kind: bool = False
    is_last: bool = False
    size: float = 1.0


Query = tuple[Word, ...]


def readings(text: str) -> list[Query]:
    """The ways to read a query, the likeliest first: short and old names written out, and as it stands."""
    return [_read(words) for words in _told(_words(text)[:MOST_WORDS])]


def endings(text: str) -> list[Query]:
    """The same of the end of an address, from where it names the place: *depan pasar X kec Y* → *kec Y*.

    From the first kind on that comes after a landmark; where no kind is said, without what a word like *depan* leads.
    Empty where it is all the place.
    """
    words = _words(text)
    kinds = {at for at, word in enumerate(words) if _kind_of(word)}
    if 0 in kinds or not (len(words) > _FEW_WORDS or (BESIDE | LANDMARKS) & set(words)):
        return []
    fits = [at for at in sorted(kinds) if at and at - 1 not in kinds and 1 < len(words) - at <= MOST_WORDS]
    start = fits[0] if fits else max(len(words) - MOST_WORDS, 0)
    if not fits and words[0] in BESIDE:
        start = max(start, 1 + (len(words) > 2 and words[1] in LANDMARKS))
    return [_read(words) for words in _told(words[start:])] if start else []


def _words(text: str) -> list[str]:
    """What was typed, in words that may name a region."""
    plain = _TWICE.sub(_once, _NUMBERED.sub(" ", text[:LONGEST_QUERY].lower()))
    words = normalize(plain).split()
    return [word for word in words if word not in NOISE] or words


def _told(words: list[str]) -> list[list[tuple[str, float]]]:
    """The words as they stand and before that, where there are short names, written out."""
    meant = _written_out(words)
    return [*([meant] if meant else []), [(word, 1.0) for word in words]]


def _once(twice: re.Match[str]) -> str:
    """*pare pare* as one word before `normalize` leaves the second one out."""
    return " ".join(short_names().get(f"{twice[1]} {twice[1]}", (twice[1],)))


def _written_out(words: list[str]) -> list[tuple[str, float]] | None:
    """The words with short names replaced, each with its share of what was typed; None when there are none."""
    meant: list[tuple[str, float]] = []
    at, replaced = 0, False
    while at < len(words):
        for length in range(min(LONGEST_SHORT_NAME, len(words) - at), 0, -1):
            long = short_names().get(" ".join(words[at : at + length]))
            if long:
                meant += [(word, length / len(long)) for word in long]
                replaced = True
                break
        else:
            length = 1
            meant.append((words[at], 1.0))
        at += length
    return meant if replaced else None


@cache
def short_names() -> dict[str, tuple[str, ...]]:
    """Short, old and differently spaced names → words as the Kemendagri list spells them."""
    with (DATA / "region_names.csv").open(encoding="utf-8", newline="") as lines:
        return {row["written"]: tuple(row["meant"].split()) for row in csv.DictReader(lines)}


def _read(words: list[tuple[str, float]]) -> Query:
    """The words with the kind that the one before gives them; a kind at the end speaks of what it follows."""
    kinds = [_kind_of(text) for text, _size in words]
    read = []
    for place, (text, size) in enumerate(words):
        before = kinds[place - 1] if place else ""
        after, next_but_one = [*kinds, "", ""][place + 1 : place + 3]
        ends = place + 2 == len(words)
        kind = before or (after if ends or next_but_one else "")
        is_kind = bool(kinds[place])
        read.append(Word(text, "" if is_kind else kind, is_kind, is_last=place == len(words) - 1, size=size))
    return tuple(read)


def _kind_of(text: str) -> str:
    if text in KIND_WORDS:
        return KIND_WORDS[text]
    near = [word for word in OFTEN_MISTYPED if len(text) > 5 and distance(text, word, 2) <= 2]
    return KIND_WORDS[near[0]] if near else ""


def names_of(query: Query) -> list[Word]:
    """The words that must match: all but kinds, or these too where there is nothing else."""
    return [word for word in query if not word.is_kind] or list(query)


def joined(query: Query) -> list[Query]:
    """The query with two neighbours written as one, once for each pair: "gunung kidul" → "gunungkidul"."""
    made = []
    for at in range(len(query) - 1):
        first, second = query[at], query[at + 1]
        if not (first.is_kind or second.is_kind):
            one = replace(second, text=first.text + second.text, kind=first.kind, size=first.size + second.size)
            made.append((*query[:at], one, *query[at + 2 :]))
    return made


def parted(query: Query, at: int, length: int) -> Query:
    """The query with the word at `at` cut after `length` letters."""
    word = query[at]
    first = replace(word, text=word.text[:length], is_last=False, size=word.size / 2)
    second = replace(word, text=word.text[length:], size=word.size / 2)
    return (*query[:at], first, second, *query[at + 1 :])


def distance(one: str, other: str, most: int) -> int:
    """Letters to insert, leave out, change or swap with the neighbour; `most + 1` as soon as it is more than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
