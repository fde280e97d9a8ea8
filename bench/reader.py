"""The product's side of `bench evaluation`: runs inside an instance, prints what it measured as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db import connection, transaction

from bench.stage import percentile
from tanggap.directory.selectors import agency_by_code, root_agency
from tanggap.evaluation.comparing import comparison
from tanggap.evaluation.groups import Group
from tanggap.evaluation.periods import Period
from tanggap.evaluation.reporting.downloads import card_json
from tanggap.evaluation.selectors import report_card
from tanggap.evaluation.selectors.entries import entries_received
from tanggap.evaluation.selectors.recount import years_received
from tanggap.evaluation.selectors.world import world
from tanggap.evaluation.services.fold_tallies import fold_tallies
from tanggap.evaluation.services.rebuild_tallies import rebuild_tallies
from tanggap.evaluation.tallies.slots import year_slot
from tanggap.evaluation.tallies.summing import Sums
from tanggap.evaluation.writing import write_tallies

YEAR: Final = Period(date(2024, 1, 1), date(2024, 12, 31))
AS_OF: Final = datetime(2025, 1, 15, tzinfo=UTC)
IN_THE_MIDDLE: Final = datetime(2024, 7, 1, tzinfo=UTC)
DELTAS: Final = 20_000
ROUNDS: Final = 15
# The same figures without anything kept ready: every dimension, the spread of the times, the judgement of time.
GROUP_BY: Final = """
    SELECT state, channel, classification, category_id, left(region_id, 8), outcome, archive_reason, count(*)
    FROM cases_case WHERE received_at >= %(first)s AND received_at < %(last)s AND merged_into_id IS NULL {only}
    GROUP BY GROUPING SETS (
        (state), (channel), (classification), (category_id), (left(region_id, 8)), (outcome), (archive_reason)
    )
"""
SPREAD: Final = """
    SELECT count(*), avg(first_answered_at - forwarded_at),
        percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY first_answered_at - forwarded_at),
        percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY verified_at - received_at),
        percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY closed_at - received_at),
        count(*) FILTER (WHERE first_answered_at <= answer_due_at), count(*) FILTER (WHERE answer_due_at < now())
    FROM cases_case WHERE received_at >= %(first)s AND received_at < %(last)s AND merged_into_id IS NULL {only}
"""


def main() -> None:
    """Run what the first argument names."""
    measures = {"rebuild": rebuild, "sum": sum_entries, "read": read, "fold": fold, "as_of": as_of}
    print(json.dumps(measures[sys.argv[1]]()))


def rebuild() -> dict[str, Any]:
    """All tallies from the events."""
    started = time.perf_counter()
    cases = rebuild_tallies(now=datetime.now(UTC), progress=lambda line: print(line, file=sys.stderr), workers=2)
    seconds = time.perf_counter() - started
    _vacuum()
    return {"cases": cases, "seconds": round(seconds, 1)}


def sum_entries() -> dict[str, Any]:
    """Tallies from entries that are there, for cases without events: not measured, only needed."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE evaluation_tally")
    known = world()
    for year in years_received():
        years: dict[Any, dict[str, int]] = {}
        with transaction.atomic():
            for stretch in year:
                sums = Sums(known.is_body)
                sums.add(entries_received(stretch.slots))
                write_tallies(sums.counts)
                sums.add_years(years)
            write_tallies(years)
        print(f"{year[0].month.year} ({year_slot(year[0].slots.start)})", file=sys.stderr)
    _vacuum()
    return {}


def read() -> dict[str, Any]:
    """Milliseconds of the national card and ranking of a year, and of one agency's card, beside a GROUP BY."""
    root, busiest = root_agency(), agency_by_code("35.78")

    def card(of: Any) -> Callable[[], Any]:
        return lambda: card_json(report_card(of, YEAR.first, YEAR.last))

    figures = {
        "national_card": _timed(card(root)),
        "ranking": _timed(lambda: comparison(Group.REGENCY_AND_CITY, YEAR)),
        "agency_card": _timed(card(busiest)),
        "group_by_national": _timed(lambda: _group_by(""), rounds=3),
        "group_by_agency": _timed(lambda: _group_by(f"AND body_id = {busiest.pk}"), rounds=3),
    }
    figures["total"] = report_card(root, YEAR.first, YEAR.last).figures.total
    return figures


def as_of() -> dict[str, Any]:
    """Seconds of a national card of a year as of an earlier moment: soon after the year, and in its middle."""
    found = {}
    for name, moment in (("after", AS_OF), ("middle", IN_THE_MIDDLE)):
        started = time.perf_counter()
        total = report_card(root_agency(), YEAR.first, YEAR.last, moment).figures.total
        found[name] = {"seconds": round(time.perf_counter() - started, 2), "total": total}
    return found


def fold() -> dict[str, Any]:
    """Events of many cases all over the country, folded in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_event (stream, seq, name, at, actor, data, imported, prev_hash, hash) "
            "SELECT e.stream, max(e.seq) + 1, 'case.rated', now(), 'bench', '{\"changes\": {\"rating\": 4}}', false, "
            "min(e.hash::text)::bytea, min(e.hash::text)::bytea FROM ledger_event e WHERE e.stream IN ("
            "SELECT 'case:' || id FROM cases_case WHERE received_at > timestamptz '2025-06-01' AND id <= 1000000 "
            "LIMIT %s) GROUP BY e.stream",
            [DELTAS],
        )
        made = cursor.rowcount
        cursor.execute("INSERT INTO ledger_movement (stream) SELECT stream FROM ledger_event WHERE name = 'case.rated'")
    started = time.perf_counter()
    taken = 0
    while batch := fold_tallies(now=datetime.now(UTC)):
        taken += batch
    seconds = time.perf_counter() - started
    return {"deltas": made, "taken": taken, "seconds": round(seconds, 2), "a_second": round(taken / seconds)}


def _group_by(only: str) -> None:
    days = {"first": YEAR.first, "last": date(2025, 1, 1)}
    with connection.cursor() as cursor:
        for query in (GROUP_BY, SPREAD):
            cursor.execute(query.replace("{only}", only), days)
            cursor.fetchall()


def _timed(work: Callable[[], Any], rounds: int = ROUNDS) -> dict[str, float]:
    work()
    taken = []
    for _round in range(rounds):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    return {"p50_ms": round(percentile(taken, 0.5), 1), "p95_ms": round(percentile(taken, 0.95), 1)}


def _vacuum() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) evaluation_tallyentry, evaluation_tally, ledger_event")
