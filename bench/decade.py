"""Ten years of the country's cases in bulk, with the events that tell them: what figures are measured on."""

from __future__ import annotations

import random
from itertools import accumulate

import psycopg
from psycopg import sql

PLACES = 65_536
EVENNESS = 0.8
"""The body of rank r gets 1 / r^0.8 of the first's share."""
BEGINS = "timestamptz '2016-01-01 00:00+07'"
YEARS = 10
BUSIEST = "35.78"

_MADE = f"""
CREATE UNLOGGED TABLE bench_made AS
SELECT g AS id, p.body, p.unit, p.region, category.code AS category, a, b, c,
    {BEGINS} + make_interval(secs => {YEARS} * 365.25 * 86400 * a) AS received,
    CASE WHEN c < 0.02 THEN 'unverified' WHEN c < 0.06 THEN 'forwarded' WHEN c < 0.10 THEN 'in_progress'
         WHEN c < 0.12 THEN 'answered' WHEN c < 0.19 THEN 'archived' ELSE 'closed' END AS state,
    make_interval(secs => 86400 * (0.05 + 2.5 * b * b)) AS verifying,
    make_interval(secs => 86400 * exp(4 * b - 2 + d)) AS answering,
    (ARRAY['web', 'app', 'sms', 'whatsapp', 'email', 'counter'])[1 + floor(6 * d * d)] AS channel,
    (ARRAY['complaint', 'complaint', 'complaint', 'aspiration', 'information_request'])[1 + floor(5 * d)] AS class
FROM (
    SELECT g, (hashint8(g) & {PLACES - 1}) AS n, {{a}} AS a, {{b}} AS b, {{c}} AS c, {{d}} AS d
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS g
) AS dice
JOIN bench_place p USING (n)
JOIN bench_category category ON category.n = (hashint8(g + 77) & 127)
"""
_CASES = {
    "id": "id",
    "tracking_id": "'B' || lpad(id::text, 10, '0')",
    "state": "state",
    "classification": "class",
    "category_id": "category",
    "channel": "channel",
    "language": "'id'",
    "region_id": "region",
    "agency_id": "unit",
    "body_id": "body",
    "received_at": "received",
    "verified_at": "CASE WHEN state <> 'unverified' THEN received + verifying END",
    "forwarded_at": "CASE WHEN state <> 'unverified' THEN received + verifying END",
    "answer_due_at": "CASE WHEN state <> 'unverified' THEN received + verifying + interval '7 days' END",
    "first_answered_at": "CASE WHEN state IN ('answered', 'closed') THEN received + verifying + answering END",
    "answered_at": "CASE WHEN state IN ('answered', 'closed') THEN received + verifying + answering END",
    "closed_at": "CASE WHEN state IN ('archived', 'closed') "
    "THEN received + verifying + answering + interval '14 days' END",
    "outcome": "CASE state WHEN 'closed' THEN 'silent' ELSE '' END",
    "archive_reason": "CASE state WHEN 'archived' THEN 'unclear' ELSE '' END",
    "published": "state <> 'unverified'",
    "imported": "true",
    "dormant": "true",
}  # fmt: skip
_EVENT = "stream, seq, name, at, actor, data, imported, prev_hash, hash"
_NO_HASH = "decode(repeat('00', 32), 'hex')"


def _event(seq: int, name: str, at: str, changes: str, where: str = "true") -> str:
    return (
        f"SELECT 'case:' || id, {seq}, 'case.{name}', {at}, 'bench', "
        f"jsonb_build_object('changes', jsonb_build_object({changes})), true, {_NO_HASH}, {_NO_HASH} "
        f"FROM bench_made WHERE {where}"
    )


_VERIFIED, _ANSWERED = "received + verifying", "received + verifying + answering"
_EVENTS = (
    _event(
        1,
        "submitted",
        "received",
        "'state', 'unverified', 'channel', channel, 'agency_id', body, 'body_id', body, 'received_at', received, "
        "'region_id', region, 'tracking_id', 'B' || lpad(id::text, 10, '0'), "
        "'verification_due_at', received + interval '5 days'",
    ),
    _event(
        2,
        "verified",
        _VERIFIED,
        f"'state', 'forwarded', 'classification', class, 'category_id', category, 'agency_id', unit, "
        f"'verified_at', {_VERIFIED}, 'forwarded_at', {_VERIFIED}, 'answer_due_at', {_VERIFIED} + interval '7 days', "
        f"'resolution_due_at', {_VERIFIED} + interval '20 days'",
        "state <> 'unverified'",
    ),
    _event(3, "accepted", f"{_VERIFIED} + interval '1 hour'", "'state', 'in_progress'", "state <> 'unverified'"),
    _event(
        4,
        "answered",
        _ANSWERED,
        f"'state', 'answered', 'first_answered_at', {_ANSWERED}, 'answered_at', {_ANSWERED}",
        "state IN ('answered', 'closed')",
    ),
    _event(
        5,
        "closed",
        f"{_ANSWERED} + interval '14 days'",
        f"'state', state, 'closed_at', {_ANSWERED} + interval '14 days', "
        "'outcome', CASE state WHEN 'closed' THEN 'silent' ELSE '' END, "
        "'archive_reason', CASE state WHEN 'archived' THEN 'unclear' ELSE '' END",
        "state IN ('archived', 'closed')",
    ),
)


_SLOT = """(SELECT east * 3 + (west = east)::int + (middle = east)::int FROM (SELECT
    (extract(year FROM t9) - 2000) * 12 + extract(month FROM t9) - 1 AS east,
    (extract(year FROM t8) - 2000) * 12 + extract(month FROM t8) - 1 AS middle,
    (extract(year FROM t7) - 2000) * 12 + extract(month FROM t7) - 1 AS west
    FROM (SELECT received AT TIME ZONE 'UTC' + interval '7 hours' AS t7,
                 received AT TIME ZONE 'UTC' + interval '8 hours' AS t8,
                 received AT TIME ZONE 'UTC' + interval '9 hours' AS t9) AS local) AS months)"""
_DONE, _SENT = "state IN ('answered', 'closed')", "state <> 'unverified'"


def _us(interval: str, where: str) -> str:
    return f"CASE WHEN {where} THEN (extract(epoch FROM {interval}) * 1000000)::bigint END"


# Entries as the product would count these cases, but that five days of seven work.
_ENTRIES = {
    "case_id": "id",
    "slot": _SLOT,
    "received_at": "received",
    "agency_id": "unit",
    "body_id": "body",
    "region": "region",
    "category": "category",
    "classification": "class",
    "channel": "channel",
    "state": "state",
    "outcome": _CASES["outcome"],
    "archive_reason": _CASES["archive_reason"],
    "guarded": "false",
    "merged": "false",
    "judged": _SENT,
    "on_time": f"{_DONE} AND answering <= interval '7 days'",
    "overdue": "state IN ('unverified', 'forwarded', 'in_progress')",
    "reopened": "false",
    "returned": "false",
    "rating": "NULL",
    "first_answer_working": _us("answering * 5 / 7", _DONE),
    "first_answer_calendar": _us("answering", _DONE),
    "verification_working": _us("verifying * 5 / 7", _SENT),
    "citizen_first_answer": _us("(verifying + answering)", _DONE),
    "citizen_close": _us("(verifying + answering + interval '14 days')", "state = 'closed'"),
    "citizen_forward": _us("verifying", _SENT),
    "promises_kept": "0",
    "promises_broken": "0",
    "promises_pending": "0",
    "held": f"CASE WHEN {_DONE} THEN jsonb_build_array(jsonb_build_array(jsonb_build_array(0, body, unit), "
    "(extract(epoch FROM answering) * 714285)::bigint)) ELSE '[]' END",
    "nodes": "ARRAY[0, body, unit]::int[]",
    "charged": f"CASE WHEN {_SENT} THEN ARRAY[0, body, unit]::int[] ELSE '{{}}' END",
    "ever": "ARRAY[0, body, unit, -left(region, 2)::int, -replace(left(region, 5), '.', '')::int]::int[]",
    "changed_at": "received + verifying + answering + interval '14 days'",
    "next_at": "NULL",
    "seq": "5",
}  # fmt: skip


def make(connection: psycopg.Connection, first: int, last: int, *, events: bool = True) -> None:
    """Cases number `first` to `last`, the same for the same numbers, with the events that tell them or with entries."""
    _make_places(connection)
    dice = {
        name: sql.SQL(f"((hashint8(g + {salt}) & 1048575) / 1048576.0)")
        for name, salt in zip("abcd", (11, 1_000_000_007, 2_000_000_011, 3_000_000_019), strict=True)
    }
    connection.execute("DROP TABLE IF EXISTS bench_made")
    connection.execute(sql.SQL(_MADE).format(**dice), {"first": first, "last": last})
    given = {**_nothing(connection), **_CASES}
    columns, values = ", ".join(given), ", ".join(given.values())
    connection.execute(f"INSERT INTO cases_case ({columns}) SELECT {values} FROM bench_made ORDER BY received")
    if events:
        for event in _EVENTS:
            connection.execute(f"INSERT INTO ledger_event ({_EVENT}) {event}")
    else:
        columns, values = ", ".join(_ENTRIES), ", ".join(_ENTRIES.values())
        connection.execute(f"INSERT INTO evaluation_tallyentry ({columns}) SELECT {values} FROM bench_made")
    connection.execute("DROP TABLE bench_made")
    connection.execute("VACUUM (ANALYZE) cases_case, ledger_event")


def _nothing(connection: psycopg.Connection) -> dict[str, str]:
    """What columns without meaning here hold."""
    required = connection.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = 'cases_case'::regclass "
        "AND attnum > 0 AND NOT attisdropped AND attnotnull AND attname <> 'id'"
    ).fetchall()
    numbers = {"integer", "bigint", "smallint"}
    return {name: "false" if kind == "boolean" else "0" if kind in numbers else "''" for name, kind in required}


def _make_places(connection: psycopg.Connection) -> None:
    """A table of places, each with a body, one of its units and a district: picking one at random gives the spread."""
    if connection.execute("SELECT to_regclass('bench_place')").fetchone() != (None,):
        return
    bodies = connection.execute(
        "SELECT b.id, b.code, array_agg(u.id ORDER BY u.code), min(b.region_id) FROM directory_agency b "
        "JOIN directory_agency u ON u.body_id = b.id AND u.status = 'active' GROUP BY b.id, b.code ORDER BY b.id"
    ).fetchall()
    districts: dict[str, list[str]] = {}
    for (code,) in connection.execute("SELECT code FROM directory_region WHERE kind = 'district' ORDER BY code"):
        for prefix in ("", code[:2], code[:5]):
            districts.setdefault(prefix, []).append(code)
    chance = random.Random(20261128)
    chance.shuffle(bodies)
    bodies.sort(key=lambda row: row[1] != BUSIEST)
    shares = list(accumulate(1 / rank**EVENNESS for rank in range(1, len(bodies) + 1)))
    connection.execute("CREATE TABLE bench_place (n integer PRIMARY KEY, body bigint, unit bigint, region varchar(13))")
    with connection.cursor().copy("COPY bench_place FROM STDIN") as copy:
        for number, (body, _code, units, region) in enumerate(chance.choices(bodies, cum_weights=shares, k=PLACES)):
            copy.write_row((number, body, chance.choice(units), chance.choice(districts[region or ""])))
    connection.execute(
        "CREATE TABLE bench_category AS SELECT row_number() OVER (ORDER BY code) - 1 AS n, code "
        "FROM directory_category ORDER BY code LIMIT 128"
    )
