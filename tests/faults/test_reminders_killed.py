"""kill -9 of the worker amid reminders: each officer gets each step once at the provider's key, none is missing."""

from __future__ import annotations

import csv
import json
import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.faults.peers.providers import Providers
from tests.house import House, furnished_folder, wait_for

LONG = os.environ.get("TANGGAP_LONG") == "1"
UNITS = 40
OFFICERS = 50 if LONG else 15  # at each unit: 2,000 messages, or 600
KILLS = 10 if LONG else 1  # what a killed worker held waits two minutes for the next

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

# Round the clock and one step alone, so that the test does the same at night and over midnight.
ALWAYS_OPEN = """
    DELETE FROM escalation_ladderstep WHERE offset_days <> 0;
    DELETE FROM directory_dayoff;
    DELETE FROM directory_officeweek;
    INSERT INTO directory_officeweek (days, opens, closes, valid_from, agency_id)
    VALUES ('0,1,2,3,4,5,6', '00:00', '23:59:59', '2015-01-01', NULL);
"""
STAFF = f"""
    WITH units AS (
        SELECT u.id, row_number() OVER (ORDER BY u.code) AS place FROM directory_agency u
        JOIN directory_agency body ON body.id = u.body_id AND body.code = '35.27'
        WHERE u.id <> body.id AND u.status = 'active' ORDER BY u.code LIMIT {UNITS}
    ), people AS (
        INSERT INTO accounts_person (password, phone, phone_verified, name, is_active, is_demo, joined_at)
        SELECT '!', '+62811' || lpad((u.place * 1000 + n)::text, 7, '0'), true, 'Petugas ' || u.place || '-' || n,
               true, false, now() FROM units u, generate_series(1, {OFFICERS}) n
        RETURNING id, phone
    )
    INSERT INTO accounts_membership (role, starts_on, agency_id, person_id)
    SELECT 'liaison_officer', '2020-01-01', u.id, p.id
    FROM people p JOIN units u ON u.place = substr(p.phone, 7)::int / 1000;
"""


@pytest.fixture
def providers() -> Iterator[Providers]:
    with Providers() as stub:
        yield stub


@pytest.fixture
def house(providers: Providers) -> Iterator[House]:
    with furnished_folder() as data:
        house = House(data, measured=False)
        try:
            house.start("--no-demo")
            house.ask(ALWAYS_OPEN)
            house.ask(STAFF)
            given = providers.settings("whatsapp")
            options = [part for name, value in given.items() for part in (f"--{name.replace('_', '-')}", value)]
            added = house.run("channel", "add", "whatsapp", "--brand", "nasional", *options)
            assert added.returncode == 0, added.stderr
            yield house
        finally:
            house.kill()


def cases_for_every_unit(house: House, folder: Path) -> None:
    """One case waiting at each unit since this very hour, imported as living ones."""
    codes = house.ask(
        "SELECT DISTINCT a.code FROM accounts_membership m JOIN directory_agency a ON a.id = m.agency_id ORDER BY 1"
    )
    assert len(codes) == UNITS
    since = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    file = folder / "cases.csv"
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["received_at", "verified_at", "forwarded_at", "text", "state", "agency_code", "channel"])
        for code in codes:
            writer.writerow([since, since, since, f"Layanan di {code} terlambat sejak pagi.", "forwarded", code, "web"])
    done = house.run("import-cases", str(file), "--live")
    assert done.returncode == 0, done.stderr


def counted(house: House, condition: str) -> int:
    (count,) = house.ask(f"SELECT count(*) FROM notify_message WHERE {condition}")
    return int(count)


def test_every_reminder_survives_a_killed_worker(house: House, providers: Providers, tmp_path: Path) -> None:
    chance = random.Random(20261121)
    total = UNITS * OFFICERS
    cases_for_every_unit(house, tmp_path)
    swept = house.run("sweep", "--at", datetime.now(UTC).isoformat())
    assert swept.returncode == 0, swept.stderr
    mine = "source LIKE 'step:%' AND recipient_role = 'liaison_officer'"
    assert counted(house, mine) == total

    for number in range(KILLS):
        enough = (number + chance.random()) * total / (KILLS + 1)
        wait_for(lambda enough=enough: len(providers.taken("whatsapp")) > enough, seconds=300)
        worker = wait_for(house.worker)
        worker.kill()
        wait_for(lambda old=worker: (new := house.worker()) is not None and new.pid != old.pid)

    wait_for(lambda: counted(house, f"{mine} AND state = 'pending'") == 0, seconds=500)
    assert counted(house, f"{mine} AND state IN ('sent', 'delivered', 'read')") == total
    keys = set(house.ask(f"SELECT key FROM notify_message WHERE {mine} AND inside_id IS NULL"))
    taken = providers.taken("whatsapp")
    assert {message.key for message in taken} == keys
    assert len({message.address for message in taken}) == total
    assert set(providers.doubles("whatsapp").values()) <= {2, 3}, "a repeated attempt carries the same key"

    listed = json.loads(house.run("outbox", "--format", "json").stdout)
    steps = [(row["tracking_id"], row["step"], row["recipient"]) for row in listed]
    assert len(steps) == len(set(steps)) == total
