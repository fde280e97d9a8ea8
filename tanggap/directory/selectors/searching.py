"""Regions by what somebody types: words in any order, kinds, short names, typing errors. ADR 0051."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from django.db import connection

from tanggap.directory.place_scoring import Candidate, Spellings, level, order, score
from tanggap.directory.place_words import Query, Word, distance, endings, joined, names_of, parted, readings

MOST_CANDIDATES: Final = 200
MOST_SPELLINGS: Final = 6
MOST_STATEMENTS: Final = 10
SHORTEST_PART: Final = 3

# The expressions of the two indexes of migration 0006: with any other PostgreSQL reads the whole table.
_ALL: Final = "to_tsvector('simple', r.search_text)"
_OWN: Final = "to_tsvector('simple', translate(r.name, './(),-''’', '      '))"
_FIND: Final = f"""
    SELECT r.code, r.kind, r.name, a.kind, a.name, b.kind, b.name, c.kind, c.name
    FROM (
        SELECT r.code, r.kind, r.name, r.parent_id FROM directory_region r
        WHERE {_ALL} @@ to_tsquery('simple', %s) AND {_OWN} @@ to_tsquery('simple', %s)
        ORDER BY lower(r.name) = ANY(%s) DESC, length(r.code), length(r.name), r.code LIMIT {MOST_CANDIDATES}
    ) r
    LEFT JOIN directory_region a ON a.code = r.parent_id
    LEFT JOIN directory_region b ON b.code = a.parent_id
    LEFT JOIN directory_region c ON c.code = b.parent_id
"""  # noqa: S608 (constant names)
_NEAR: Final = """
    SELECT typed.word, near.word FROM unnest(%s::text[]) AS typed(word) CROSS JOIN LATERAL (
        SELECT word FROM directory_regionword WHERE word %% typed.word
        ORDER BY similarity(word, typed.word) DESC, uses DESC LIMIT 24
    ) near
"""


class _Search:
    """One search: what was asked of the database so far, and the best reading of each region."""

    def __init__(self) -> None:
        self.statements = 0
        self.found: dict[str, tuple[tuple[float, int, bool, int, str], str]] = {}

    def look(self, query: Query, spellings: Spellings, *, required: Iterable[Word] | None = None) -> None:
        """Regions that have every required word (all names by default) somewhere above and one in their own name."""
        needed = list(names_of(query) if required is None else required)
        if not needed or self.statements >= MOST_STATEMENTS:
            return
        self.statements += 1
        terms = [_term(word, spellings) for word in needed]
        with connection.cursor() as cursor:
            cursor.execute(_FIND, (" & ".join(terms), " | ".join(terms), _runs(needed)))
            rows = cursor.fetchall()
        for row in rows:
            candidate = _candidate(row)
            points = score(candidate, query, spellings)
            place = order(candidate, points)
            if points > 0 and (candidate.code not in self.found or place < self.found[candidate.code][0]):
                self.found[candidate.code] = place, candidate.code

    def best(self, limit: int) -> list[str]:
        return [code for _place, code in sorted(self.found.values())[:limit]]


def search_codes(text: str, limit: int) -> list[str]:
    """Codes of the regions that fit best: as typed, else by the end of the address, mended, or a word less."""
    search = _Search()
    queries = readings(text)
    known = _known(queries)
    for query in queries:
        for way in _ways(query, known):
            search.look(way, {})
    if not search.found and (ends := endings(text)):
        queries, known = ends, _known(ends)
        for query in queries:
            for way in _ways(query, known):
                search.look(way, {})
    if not search.found or _may_be_mistyped(search, queries, limit):
        _mend(search, queries, known)
    return search.best(limit)


def _may_be_mistyped(search: _Search, queries: list[Query], limit: int) -> bool:
    """One word that few regions bear may also be another's, mistyped: Krawang in Lampung, or Karawang."""
    return len(search.found) < limit and all(len(names_of(query)) == 1 for query in queries)


def _mend(search: _Search, queries: list[Query], known: frozenset[str]) -> None:
    """Again with the nearest spellings of the words that no region has, then of all, then without one or more."""
    words = {word.text for query in queries for word in query if not word.is_kind}
    if not words:
        return
    near = _spellings(words)
    before = len(search.found)
    for doubtful in (words - known, words):
        spellings = {word: near[word] for word in doubtful}
        for query in queries if spellings else ():
            search.look(query, spellings)
        if len(search.found) > before:
            return
    if not before:
        _leave_out(search, queries, near)


def _leave_out(search: _Search, queries: list[Query], near: Spellings) -> None:
    """Without one of the words, the shortest first; then by a single word, the longest first."""
    for query in queries:
        names = sorted(names_of(query), key=lambda word: len(word.text))
        for dropped in names if len(names) > 1 else ():
            search.look(query, near, required=[word for word in names if word is not dropped])
        for alone in reversed(names):
            if not search.found:
                search.look(query, near, required=[alone])


def _ways(query: Query, known: frozenset[str]) -> Iterator[Query]:
    """The query, and with neighbours joined or a word parted where that makes known words."""
    yield query
    for way in joined(query):
        if all(word.text in known for word in way if word not in query):
            yield way
    for at, word in enumerate(query):
        if word.text not in known and not word.is_kind:
            for length in range(SHORTEST_PART, len(word.text) - SHORTEST_PART + 1):
                if word.text[:length] in known and word.text[length:] in known:
                    yield parted(query, at, length)


def _known(queries: list[Query]) -> frozenset[str]:
    """Of the words, joined pairs and parts of the queries those that are in the name of a region."""
    asked: set[str] = set()
    for query in queries:
        for way in (query, *joined(query)):
            asked.update(word.text for word in way)
        for word in query:
            cuts = range(SHORTEST_PART, len(word.text) - SHORTEST_PART + 1)
            asked.update(part for cut in cuts for part in (word.text[:cut], word.text[cut:]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM directory_regionword WHERE word = ANY(%s)", [sorted(asked)])
        return frozenset(row[0] for row in cursor.fetchall())


def _spellings(words: Iterable[str]) -> dict[str, Mapping[str, float]]:
    """For each word the names nearest to it in spelling, itself included, with weights that fall with the distance."""
    near: dict[str, dict[str, float]] = {word: {word: 1.0} for word in words}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [sorted(near)])
        rows = cursor.fetchall()
    for typed, name in rows:
        most = 1 if len(typed) < 5 else 2 if len(typed) < 9 else 3
        errors = distance(typed, name, most)
        if errors <= most and len(near[typed]) <= MOST_SPELLINGS:
            near[typed][name] = max(near[typed].get(name, 0.0), 1.0 - 0.2 * errors)
    return dict(near)


def _term(word: Word, spellings: Spellings) -> str:
    """A word for to_tsquery; only letters and digits, so nothing in it can be an operator."""
    texts = list(spellings.get(word.text, {word.text: 1.0}))
    if word.is_last and len(word.text) > 1:
        texts.append(f"{word.text}:*")
    return f"({' | '.join(texts)})"


def _runs(words: list[Word]) -> list[str]:
    texts = [word.text for word in words]
    return [" ".join(texts[at:end]) for at in range(len(texts)) for end in range(at + 1, len(texts) + 1)]


def _candidate(row: tuple[str | None, ...]) -> Candidate:
    code, kind, name, *above = row
    pairs = [(kind, name), *zip(above[::2], above[1::2], strict=True)]
    levels = tuple(level(str(code), k, n) for k, n in pairs if k is not None and n is not None)
    return Candidate(str(code), str(kind), str(name), levels)
