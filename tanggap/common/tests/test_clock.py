"""The clock can be set for a sweep or a test, and only there."""

from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest

from tanggap.common import clock


def test_now_is_the_present_moment_in_utc() -> None:
    before = datetime.now(UTC)
    moment = clock.now()
    assert before <= moment <= datetime.now(UTC)
    assert moment.utcoffset() == timedelta(0)


def test_a_frozen_time_holds_within_the_block_and_ends_with_it() -> None:
    at = datetime(2026, 11, 25, 14, 5, tzinfo=timezone(timedelta(hours=7)))
    with clock.frozen(at) as moment:
        assert clock.now() == at == moment
        assert clock.now().utcoffset() == timedelta(0)
        with clock.frozen(at + timedelta(days=1)):
            assert clock.now() == at + timedelta(days=1)
        assert clock.now() == at
    assert clock.now() != at


def test_another_thread_keeps_its_own_time() -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC)
    seen: list[datetime] = []
    with clock.frozen(at):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join(10)
    assert seen
    assert seen[0] != at


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"), clock.frozen(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass
