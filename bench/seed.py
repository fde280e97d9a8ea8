"""Synthetic cases in bulk: the country's volume spread over its bodies as it is, a few with much, most with little."""

from __future__ import annotations

import random
from itertools import accumulate

import psycopg
from psycopg import sql

BUSIEST = "35.78"
SLOTS = 65_536
EVENNESS = 0.8
"""The body of rank r gets 1 / r^0.8 of the first's share."""

# Per mille of all cases, as of a system some years old: one in nine is open.
STATES = (
    ("unverified", 20),
    ("on_hold", 5),
    ("forwarded", 35),
    ("in_progress", 40),
    ("answered", 15),
    ("archived", 75),
    ("closed", 810),
)


def busiest_unit() -> str:
    """The code of the unit that gets most of the busiest body's cases."""
    return f"{BUSIEST}/dpupr"


def fill(connection: psycopg.Connection, first: int, last: int) -> None:
    """Cases number `first` to `last`, the same for the same numbers; then statistics as autovacuum would leave them."""
    _make_slots(connection)
    given = _columns()
    given["category_id"] = _topics(connection)
    required = connection.execute(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute "
        "WHERE attrelid = 'cases_case'::regclass AND attnum > 0 AND NOT attisdropped AND attnotnull AND attname <> 'id'"
    ).fetchall()
    for name, kind in required:
        given.setdefault(name, _nothing(kind))
    query = sql.SQL("INSERT INTO cases_case ({}) SELECT {} FROM {}").format(
        sql.SQL(", ").join(map(sql.Identifier, given)),
        sql.SQL(", ").join(map(sql.SQL, given.values())),
        sql.SQL(_source(first, last)),
    )
    connection.execute(query)
    connection.execute("VACUUM (ANALYZE) cases_case")


def _topics(connection: psycopg.Connection) -> str:
    """One of the country's topics each, but for a quarter that fits none."""
    rows = connection.execute("SELECT code FROM directory_category WHERE level > 1 ORDER BY code").fetchall()
    codes = ", ".join(f"'{code}'" for (code,) in rows)
    return f"CASE WHEN g % 4 > 0 THEN (ARRAY[{codes}]::text[])[1 + (dice / 4) % {max(len(rows), 1)}] END"


def _nothing(kind: str) -> str:
    """What a column without meaning here holds."""
    if kind == "boolean":
        return "false"
    return "0" if kind in {"integer", "bigint", "smallint"} else "''"


def _source(first: int, last: int) -> str:
    """Numbers with their chances: deterministic, so that every run measures the same cases."""
    states = " ".join(
        f"WHEN chance < {upto} THEN '{name}'"
        for (name, _), upto in zip(STATES, accumulate(share for _, share in STATES), strict=True)
    )
    return f"""(
        SELECT g, slot.*, dice, CASE {states} END AS how
        FROM (
            SELECT g, (hashint8(g) & 65535) AS place, (hashint8(g + 1000000007) & 1048575) % 1000 AS chance,
                   (hashint8(g + 2000000011) & 1048575) AS dice
            FROM generate_series({int(first)}::bigint, {int(last)}::bigint) AS g
        ) AS numbered JOIN bench_slot AS slot ON slot.n = place
    ) AS source"""


def _columns() -> dict[str, str]:
    """An expression for every column that decides which list a case is in, and where."""
    open_ = "how NOT IN ('closed', 'archived')"
    age = f"(CASE WHEN {open_} THEN 40 ELSE 1100 END) * (dice / 1048576.0)"
    received = f"now() - make_interval(secs => 86400 * {age})"
    verified = f"CASE WHEN how <> 'unverified' THEN {received} + interval '1 day' END"
    ended = f"CASE WHEN NOT {open_} THEN {received} + interval '12 days' END"
    return {
        "tracking_id": "'B' || lpad(g::text, 10, '0')",
        "state": "how",
        "state_before": "CASE how WHEN 'on_hold' THEN 'forwarded' ELSE '' END",
        "classification": "CASE WHEN dice % 10 < 7 THEN 'complaint' ELSE 'aspiration' END",
        "channel": "CASE WHEN dice % 3 = 0 THEN 'app' ELSE 'web' END",
        "language": "'id'",
        "title": "'Laporan contoh nomor ' || g || ' tentang ' || (ARRAY['jalan', 'lampu', 'air', 'sampah'])[1 + g % 4]",
        "region_id": "region",
        "agency_id": "CASE WHEN how = 'unverified' THEN body ELSE unit END",
        "body_id": "body",
        "received_at": received,
        "verified_at": verified,
        "forwarded_at": verified,
        "first_answered_at": f"CASE WHEN how IN ('answered', 'closed') THEN {received} + interval '4 days' END",
        "answered_at": f"CASE WHEN how IN ('answered', 'closed') THEN {received} + interval '5 days' END",
        "closed_at": ended,
        "due_at": f"CASE WHEN {open_} THEN {received} + interval '25 days' END",
        "published": "how <> 'unverified' AND dice % 20 <> 0",
        "secret": "dice % 20 = 0",
        "guarded": "dice % 20 = 0",
        "outcome": "CASE how WHEN 'closed' THEN 'silent' ELSE '' END",
        "archive_reason": "CASE how WHEN 'archived' THEN 'unclear' ELSE '' END",
        "imported": "true",
    }


def _make_slots(connection: psycopg.Connection) -> None:
    """A table of 65,536 places, each with a body and one of its units: picking one at random gives the spread."""
    if connection.execute("SELECT to_regclass('bench_slot')").fetchone() != (None,):
        return
    rows = connection.execute(
        "SELECT body_id, array_agg(id ORDER BY code), min(region_id) FROM directory_agency "
        "WHERE status = 'active' AND body_id IS NOT NULL AND id <> body_id GROUP BY body_id ORDER BY body_id"
    ).fetchall()
    found = connection.execute("SELECT id FROM directory_agency WHERE code = %s", [BUSIEST]).fetchone()
    wanted = connection.execute("SELECT id FROM directory_agency WHERE code = %s", [busiest_unit()]).fetchone()
    if found is None or wanted is None:
        raise SystemExit(f"bench: the reference data has no {BUSIEST} or {busiest_unit()}.")
    chance = random.Random(20261121)
    chance.shuffle(rows)
    rows.sort(key=lambda row: row[0] != found[0])
    shares = list(accumulate(1 / rank**EVENNESS for rank in range(1, len(rows) + 1)))
    connection.execute("CREATE TABLE bench_slot (n integer PRIMARY KEY, body bigint, unit bigint, region varchar(13))")
    with connection.cursor().copy("COPY bench_slot FROM STDIN") as copy:
        for number, (body, units, region) in enumerate(chance.choices(rows, cum_weights=shares, k=SLOTS)):
            busy = body == found[0] and chance.random() < 0.2
            copy.write_row((number, body, wanted[0] if busy else chance.choice(units), region))
