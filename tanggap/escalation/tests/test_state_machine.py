"""Anything in any order: the rules of the ladders hold (see `machine`). Larger with TANGGAP_LONG=1."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tanggap.escalation.tests.machine import Ladders

LONG = os.environ.get("TANGGAP_LONG") == "1"


@pytest.mark.timeout(2400)
def test_whatever_happens_in_whatever_order_the_rules_of_the_ladders_hold(db: None) -> None:
    run_state_machine_as_test(
        Ladders,
        settings=settings(
            max_examples=100 if LONG else 8,
            stateful_step_count=50 if LONG else 25,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate, Phase.shrink] if LONG else [Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
