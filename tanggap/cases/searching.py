"""What the search of public cases reads, in step with them: stems of their masked words, and marks (`PublicWords`).

A mark says by what a list is narrowed: `S:` state, `C:` classification, `A:` the unit that holds the case, `B:` its
body, `T:` topic and the one above, `R:` region and all above. Stems are lower-case, so no word of a text makes a mark
and no word that is asked finds one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from django.db import connection

from tanggap.common.stopwords import STOP_WORDS

CONFIG = "indonesian"
# What a row is made of, beside texts: what else changes, changes nothing that is searched.
SEARCHED = frozenset({"title", "region_id", "category_id", "state", "classification", "agency_id", "body_id"})

KEEP = """
    INSERT INTO cases_publicwords AS kept (case_id, search)
    SELECT c.id, ts_delete(
        setweight(to_tsvector('indonesian', c.title), 'A')
        || setweight(to_tsvector('indonesian', coalesce(n.public_text, '')), 'B')
        || setweight(to_tsvector('indonesian', concat_ws(' ', t.name, g.name, (
            SELECT string_agg(r.name, ' ') FROM directory_region r
            WHERE r.code IN (left(c.region_id, 2), left(c.region_id, 5), left(c.region_id, 8), c.region_id)))), 'C')
        || setweight(to_tsvector('indonesian', coalesce((
            SELECT string_agg(m.public_text, ' ' ORDER BY m.at, m.id) FROM cases_message m
            WHERE m.case_id = c.id AND m.kind IN ('interim', 'final', 'fulfilment')
              AND NOT m.draft AND m.discarded_at IS NULL AND m.hidden_at IS NULL), '')), 'D'),
        %(stop)s)
        || array_to_tsvector(array_remove(ARRAY[
            'S:' || c.state, 'C:' || c.classification, 'A:' || c.agency_id, 'B:' || c.body_id,
            'T:' || c.category_id, 'T:' || t.parent_id,
            'R:' || left(c.region_id, 2), 'R:' || left(c.region_id, 5), 'R:' || left(c.region_id, 8),
            'R:' || c.region_id], NULL))
    FROM cases_case c
    LEFT JOIN cases_narrative n ON n.case_id = c.id
    LEFT JOIN directory_category t ON t.code = c.category_id
    LEFT JOIN directory_category g ON g.code = t.parent_id
    WHERE c.published AND c.id = ANY(%(ids)s)
    ON CONFLICT (case_id) DO UPDATE SET search = excluded.search WHERE kept.search IS DISTINCT FROM excluded.search
"""
STEMS = "SELECT DISTINCT stem FROM unnest(%s::text[]) word, unnest(ts_lexize('indonesian_stem', word)) stem"


def keep_words(case_ids: Sequence[int]) -> int:
    """Write the searched words of those of the cases that are public; how many rows changed."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, {"ids": list(case_ids), "stop": list(_stop_stems())})
        return int(cursor.rowcount)


def follow_case(case_id: int, *, was_public: bool, is_public: bool, changed: Collection[str], texts: bool) -> None:
    """After a case was saved: its words are searched as long as it is public, and not a moment longer."""
    if is_public and (texts or not was_public or not SEARCHED.isdisjoint(changed)):
        keep_words([case_id])
    elif was_public and not is_public:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM cases_publicwords WHERE case_id = %s", [case_id])


@cache
def _stop_stems() -> tuple[str, ...]:
    """Stemmed as the words of a case are, since they are taken out of its stems."""
    with connection.cursor() as cursor:
        cursor.execute(STEMS, [sorted(STOP_WORDS)])
        return tuple(stem for (stem,) in cursor.fetchall())
