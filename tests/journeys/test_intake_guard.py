"""Who floods us pays in work or in time; everybody else, and everybody without JavaScript, still gets through."""

from __future__ import annotations

import shutil
import subprocess
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tanggap.cases.guarding import work_for
from tanggap.cases.models import Case, IntakeBlock, IntakeCount, IntakeGuard, IntakeLimit
from tanggap.cases.services.block_source import block_source
from tanggap.cases.services.count_intake import count_intake
from tanggap.cases.services.lift_block import lift_block
from tanggap.cases.services.set_guard import set_guard
from tanggap.cases.services.watch_flood import watch_flood
from tanggap.common.clock import frozen
from tanggap.common.errors import Forbidden, Invalid, TooMany
from tanggap.common.hashcash import is_proof
from tanggap.directory import cache
from tanggap.ledger.models import Event
from tests.cast import DAY, Cast
from tests.journeys.console import sign_in
from tests.journeys.portal_walk import Walker
from tests.paths import HOUR

pytestmark = pytest.mark.django_db
NOW = DAY + HOUR
BITS = 8
HARD = 24
STORY = "Lampu jalan di depan pasar padam sejak tiga malam."


def proof_of(challenge: str, bits: int = BITS) -> str:
    return next(str(number) for number in count() if is_proof(challenge, str(number), bits))


@pytest.fixture
def guarded() -> None:
    IntakeGuard.objects.update_or_create(pk=1, defaults={"mode": "on", "bits": BITS, "wait_seconds": 60})
    cache.clear()


def test_work_lets_a_report_through_at_once(guarded: None, client: Client) -> None:
    with frozen(NOW):
        walker = Walker(client)
        walker.to_preview(STORY)
        work = work_for(walker.fields["key"], NOW)
        assert work is not None
        assert work.challenge in walker.page.html
        walker.press("send", proof=proof_of(work.challenge))
    assert Case.objects.count() == 1


@pytest.mark.parametrize("proof", ["", "0", "-1", "x" * 500, "\x00", "١"])
def test_without_work_the_report_waits_and_keeps_what_was_typed(guarded: None, client: Client, proof: str) -> None:
    IntakeGuard.objects.update(bits=HARD)  # no proof is right by luck
    with frozen(NOW):
        walker = Walker(client)
        walker.to_preview(STORY)
        walker.press("send", proof=proof)
        assert walker.page.status == 429
        assert "Lampu jalan di depan pasar" in walker.page.html
        assert not Case.objects.exists()
    with frozen(NOW + timedelta(seconds=30)):
        walker.press("send", proof=proof)
        assert walker.page.status == 429
    with frozen(NOW + timedelta(seconds=61)):
        walker.press("send", proof=proof)
    assert Case.objects.count() == 1


def test_a_proof_is_for_one_report_and_its_hour(guarded: None) -> None:
    first, later = work_for("a" * 32, NOW), work_for("a" * 32, NOW + 3 * HOUR)
    assert first is not None
    assert later is not None
    assert len({first.challenge, later.challenge, getattr(work_for("b" * 32, NOW), "challenge", "")}) == 3


def test_waiting_is_rationed_by_address_and_addresses_are_kept_nowhere(guarded: None, client: Client) -> None:
    IntakeLimit.objects.filter(channel="web-wait").update(amount=1)
    cache.clear()
    with frozen(NOW):
        for _ in range(2):
            walker = Walker(client)
            walker.to_preview(STORY)
            walker.press("send")
    assert "jaringan ini" in walker.page.text
    assert "127.0.0.1" not in str(list(IntakeCount.objects.values_list()))


def test_a_flood_switches_the_guard_on_by_itself_and_its_end_off(submit: Any) -> None:
    IntakeGuard.objects.update_or_create(pk=1, defaults={"mode": "auto", "above": 3})
    for second in range(4):
        submit(now=NOW + timedelta(seconds=second))
    assert not watch_flood(now=NOW + HOUR)
    cache.clear()
    assert work_for("a" * 32, NOW) is None
    assert watch_flood(now=NOW + timedelta(seconds=20))
    assert watch_flood(now=NOW + timedelta(seconds=40))
    cache.clear()
    assert work_for("a" * 32, NOW + timedelta(seconds=40)) is not None
    assert work_for("a" * 32, NOW + HOUR) is None
    assert Event.objects.filter(name="intake.guard_raised").count() == 1


def test_a_device_is_counted_apart_from_its_address(client: Client) -> None:
    IntakeLimit.objects.update_or_create(channel="web-device", defaults={"amount": 1, "seconds": 600})
    cache.clear()
    for device in ("a", "b"):
        count_intake(channel="web", address="203.0.113.5", device=device, now=NOW)
    with pytest.raises(TooMany):
        count_intake(channel="web", address="203.0.113.5", device="a", now=NOW)


def test_a_blocked_network_hands_in_nothing_until_it_ends_or_is_lifted(cast: Cast) -> None:
    admin = cast["national_admin"]
    block = block_source(
        network="203.0.113.0/24", reason="Banjir kiriman palsu", ends_at=NOW + 24 * HOUR, actor=admin, now=NOW
    )
    cache.clear()
    with pytest.raises(TooMany) as refusal:
        count_intake(channel="web", address="203.0.113.77", now=NOW)
    assert refusal.value.code == "blocked"
    count_intake(channel="web", address="203.0.114.77", now=NOW)
    count_intake(channel="web", address="bukan alamat", now=NOW)
    count_intake(channel="web", address="203.0.113.77", now=NOW + 25 * HOUR)
    lift_block(block_id=block.pk, actor=admin, now=NOW)
    lift_block(block_id=block.pk, actor=admin, now=NOW)
    cache.clear()
    count_intake(channel="web", address="203.0.113.77", now=NOW)
    assert "203.0" not in str(list(IntakeBlock.objects.values_list())) + str(list(Event.objects.values_list()))
    assert Event.objects.filter(name__startswith="intake.block").count() == 2


@pytest.mark.parametrize("network", ["", "0.0.0.0/0", "10.0.0.0/8", "2001::/16", "lapor.go.id", "\x00", "1.2.3.4/99"])
def test_what_is_no_network_or_half_the_country_is_not_blocked(cast: Cast, network: str) -> None:
    with pytest.raises(Invalid):
        block_source(network=network, reason="x", ends_at=NOW + HOUR, actor=cast["national_admin"], now=NOW)
    assert not IntakeBlock.objects.exists()


def test_only_the_national_admin_guards_and_blocks(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        set_guard(mode="on", above=5, actor=cast["verifier"], now=NOW)
    with pytest.raises(Forbidden):
        block_source(network="203.0.113.1", reason="x", ends_at=NOW + HOUR, actor=cast["verifier"], now=NOW)
    set_guard(mode="off", above=5, actor=cast["national_admin"], now=NOW)
    assert IntakeGuard.objects.get().mode == "off"


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_browsers_worker_finds_what_the_server_takes() -> None:
    """Run by node, whose globals are those of a worker."""
    source = Path("tanggap/portal/static/portal/proof-worker.js").resolve()
    script = (
        "globalThis.self = globalThis; self.postMessage = (found) => console.log(found);"
        f"new Function(require('fs').readFileSync({str(source)!r}, 'utf8'))();"
        "self.onmessage({ data: { challenge: 'tanggap', bits: 12 } });"
    )
    found = subprocess.run(
        ["node", "-e", script], capture_output=True, text=True, timeout=60, check=True
    ).stdout.strip()
    assert is_proof("tanggap", found, 12)


def test_the_national_admin_switches_blocks_and_lifts_in_the_console_and_nobody_else_finds_the_page(
    cast: Cast,
) -> None:
    address = "/kerja/aturan/penjagaan/"
    with frozen(NOW):
        assert sign_in(cast, "verifier").client.get(address).status_code == 404
        client = sign_in(cast, "national_admin").client
        count_intake(channel="web", address="203.0.113.9", now=NOW)
        assert client.post(address, {"go": "guard", "mode": "on", "above": "7"}).status_code == 302
        assert IntakeGuard.objects.get().mode == "on"
        source = bytes(IntakeCount.objects.get().source_digest).hex()
        for sent, status in (
            ({"go": "block", "network": "0.0.0.0/0", "ends_on": "2026-11-20", "reason": "x"}, 422),
            ({"go": "block", "network": "198.51.100.0/24", "ends_on": "2036-11-20", "reason": "x"}, 422),
            ({"go": "block", "network": "198.51.100.0/24", "ends_on": "2026-11-20", "reason": "Banjir"}, 302),
            ({"go": "source", "source": "00" * 16, "reason": "x"}, 422),
            ({"go": "source", "source": "zz", "reason": "x"}, 422),
            ({"go": "source", "source": source, "reason": "Banjir"}, 302),
            ({"go": "lift", "block": "x"}, 422),
            ({"go": "lift", "block": "999999"}, 404),
        ):
            assert client.post(address, sent).status_code == status, sent
        assert IntakeBlock.objects.count() == 2
        shown = client.get(address).content.decode()
        assert "198.51.100" not in shown
        for block in IntakeBlock.objects.all():
            assert client.post(address, {"go": "lift", "block": block.pk}).status_code == 302
        assert not IntakeBlock.objects.filter(lifted_at=None).exists()
