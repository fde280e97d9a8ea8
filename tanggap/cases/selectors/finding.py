"""Words asked of the public list: which cases have them, and the place in each where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Q, QuerySet

from tanggap.cases.models import Case
from tanggap.cases.searching import CONFIG
from tanggap.common.stopwords import asked_words

_BEGIN, _END = "\x02", "\x03"
_OPTIONS = f"StartSel={_BEGIN}, StopSel={_END}, MaxFragments=2, MaxWords=18, MinWords=8, FragmentDelimiter= … "
_SNIPPETS = """
    SELECT n.case_id, ts_headline('indonesian', translate(n.public_text, %(marks)s, ''),
                                  websearch_to_tsquery('indonesian', %(asked)s), %(options)s)
    FROM cases_narrative n JOIN cases_case c ON c.id = n.case_id
    WHERE c.published AND n.case_id = ANY(%(ids)s)
"""
_PARTS = re.compile(f"{_BEGIN}(.*?){_END}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a snippet; `hit` where they were asked for. Plain text: whoever prints it escapes it."""

    text: str
    hit: bool


class _Marked(SearchQuery):
    """All of some marks, not stemmed. A condition of its own: joined to words that turn out to be none, it would be
    the whole question."""

    template = "(%(expressions)s)::tsquery"

    def __init__(self, marks: Sequence[str]) -> None:
        super().__init__(" & ".join(_quoted(mark) for mark in marks), search_type="raw")


def _quoted(mark: str) -> str:
    return "'" + mark.replace("\\", "\\\\").replace("'", "''") + "'"


def with_words(cases: QuerySet[Case], text: str, *, marks: Sequence[str] = ()) -> QuerySet[Case]:
    """The public ones of `cases` in which the words stand, by their stems, and that bear all the marks; none where
    nothing but stop words is asked."""
    asked = asked_words(text)
    if not asked:
        return cases.none()
    wanted = Q(public_words__search=SearchQuery(asked, config=CONFIG, search_type="websearch"))
    if marks:
        wanted &= Q(public_words__search=_Marked(marks))
    return cases.filter(wanted)


def snippets(case_ids: Sequence[int], text: str) -> dict[int, list[Piece]]:
    """Where the words stand in the public text of each case; a case without them in its text has no entry."""
    asked = asked_words(text)
    if not asked or not case_ids:
        return {}
    given: dict[str, str | list[int]] = {
        "marks": _BEGIN + _END,
        "asked": asked,
        "options": _OPTIONS,
        "ids": list(case_ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SNIPPETS, given)
        rows = cursor.fetchall()
    return {case_id: _pieces(headline) for case_id, headline in rows if _BEGIN in headline}


def _pieces(headline: str) -> list[Piece]:
    parts = _PARTS.split(" ".join(headline.split()))
    return [Piece(part, bool(place % 2)) for place, part in enumerate(parts) if part]
