"""The inbox narrowed by the filters that officers keep, beside the inbox as it is, as a ratio."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import psycopg

from bench.browsing import Browser, timed
from bench.seed import BUSIEST, busiest_unit
from bench.stage import Progress

PLAIN = "/kerja/?queue=open"
OWN = 40
COLLEAGUES = 300
# Two thirds of what is open is in somebody's hands: a few cases each for many, and forty for each measured officer.
_COLLEAGUES = f"""
    INSERT INTO accounts_person (password, email, name, is_active, is_demo, joined_at, phone_verified)
    SELECT '!', 'rekan' || n || '@bench.invalid', 'Rekan ' || n, true, false, now(), false
    FROM generate_series(1, {COLLEAGUES}) n ON CONFLICT DO NOTHING
"""
_GIVEN = f"""
    INSERT INTO cases_assignment (case_id, person_id, assigned_at, assigned_by_key)
    SELECT c.id, p.id, now(), '' FROM cases_case c
    JOIN accounts_person p ON p.email = 'rekan' || (1 + c.id % {COLLEAGUES}) || '@bench.invalid'
    WHERE c.due_at IS NOT NULL AND c.id % 3 < 2 ON CONFLICT DO NOTHING
"""
_OWN = f"""
    INSERT INTO cases_assignment (case_id, person_id, assigned_at, assigned_by_key)
    SELECT c.id, p.id, now(), '' FROM accounts_person p, LATERAL (
        SELECT id FROM cases_case WHERE due_at IS NOT NULL AND mod(id, 3) = 2 AND agency_id = %(unit)s
        ORDER BY hashint8(id + p.id) LIMIT {OWN}
    ) c WHERE p.email IN ('coordinator@bench.invalid', 'liaison_officer@bench.invalid', 'national_admin@bench.invalid')
    ON CONFLICT DO NOTHING
"""


def give_out(connection: psycopg.Connection) -> None:
    """Who works on what, for the cases there are; may be called again for more of them."""
    connection.execute(_COLLEAGUES)
    connection.execute(_OWN, {"unit": _id(connection, busiest_unit())})
    connection.execute(_GIVEN)
    connection.execute("VACUUM (ANALYZE) cases_assignment")


def addresses(connection: psycopg.Connection) -> dict[str, str]:
    """What people keep, by name. `nowhere` is the dearest search: every case of the queue is looked at, none fits."""
    topic = connection.execute(
        "SELECT category_id FROM cases_case WHERE category_id IS NOT NULL AND agency_id = %s LIMIT 1",
        [_id(connection, busiest_unit())],
    ).fetchone()
    unit = {"agency": _id(connection, busiest_unit()), "category": topic[0] if topic else ""}
    asked = {
        "late": {"late": 1},
        "mine": {"mine": 1},
        "unit_and_topic": unit,
        "body_and_topic": {**unit, "agency": _id(connection, BUSIEST)},
        "word": {"q": "lampu"},
        "rare_word": {"q": "nomor 4711 "},
        "nowhere": {"q": "zamrud khatulistiwa"},
        "drafted": {"drafted": 1},
        "everything": {"late": 1, "state": "forwarded", "q": "jalan", **unit},
    }
    return {name: f"{PLAIN}&{urlencode(query)}" for name, query in asked.items()}


def measured(browser: Browser, asked: dict[str, str], requests: int, progress: Progress) -> dict[str, Any]:
    """Each filter with its ratio to the plain inbox, in turn with it: both meet the same neighbours."""
    figures = {}
    for name, address in asked.items():
        plain, narrowed = timed(browser, [PLAIN, address], requests)
        figures[name] = {**narrowed, "ratio": round(narrowed["p50_ms"] / max(plain["p50_ms"], 0.1), 2)}
        progress(f"    {name}: {figures[name]}")
    return figures


def _id(connection: psycopg.Connection, code: str) -> int:
    row = connection.execute("SELECT id FROM directory_agency WHERE code = %s", [code]).fetchone()
    assert row is not None
    return int(row[0])
