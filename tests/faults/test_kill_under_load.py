"""kill -9 at random moments under load: no case whose receipt was shown is lost, and the audit is clean after each."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.load import Citizens
from tests.house import House, furnished_folder, wait_for

ROUNDS = 20 if os.environ.get("TANGGAP_LONG") == "1" else 2  # one of each kind

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with furnished_folder() as data:
        house = House(data, measured=False)
        house.start("--no-demo")
        # The limit per address protects a real site from one sender; here one machine plays many citizens.
        house.ask("UPDATE cases_intakelimit SET amount = 1000000")
        yield house
        if house.process is not None and house.process.poll() is None:
            house.kill()


@pytest.mark.timeout(1800)
def test_no_receipt_that_was_shown_is_ever_lost_and_a_backup_of_it_gives_the_same_figures(
    house: House, tmp_path: Path
) -> None:
    chance = random.Random(20261121)
    receipts: dict[str, str] = {}
    for round_number in range(ROUNDS):
        wait_for(house.is_ready)
        with Citizens(house.port) as citizens:
            enough = chance.randint(20, 200)
            wait_for(lambda seen=citizens, enough=enough: len(seen.receipts) >= enough)
            if round_number % 2:
                postmaster = house.server.postmaster()
                assert postmaster is not None
                postmaster.kill()
            else:
                house.kill()
        receipts |= citizens.receipts
        if round_number % 2:
            house.kill()
        wait_for(lambda: house.processes() == [])
        house.start()
        kept = set(house.ask("SELECT tracking_id FROM cases_case"))
        assert set(receipts) <= kept, f"round {round_number}: lost {sorted(set(receipts) - kept)[:5]}"
        audit = house.run("audit")
        assert audit.returncode == 0, audit.stdout + audit.stderr
    card = ("report-card", "--agency", "ID", "--from", "2020-01-01", "--to", "2099-12-31", "--format", "json")
    assert house.run("backup", str(tmp_path / "backup")).returncode == 0
    restored = House(house.data.parent / "restored", measured=False)
    assert restored.run("restore", str(tmp_path / "backup")).returncode == 0
    assert restored.run("audit").returncode == 0
    assert without_moment(restored.run(*card).stdout) == without_moment(house.run(*card).stdout)
    house.stop()
    assert house.processes() == []


def without_moment(card: str) -> dict[str, object]:
    """A report card without the moment it was asked for."""
    facts: dict[str, object] = json.loads(card)
    assert facts["total"]
    return {name: value for name, value in facts.items() if name != "as_of"}
