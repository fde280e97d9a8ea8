"""What an officer asks for through a page is done by the worker itself, once, whatever is run again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicRegistry

from tanggap.common.clock import frozen
from tanggap.common.jobs import wake_after_commit
from tanggap.console.models import Batch, Export
from tanggap.console.services.go_on import go_on
from tanggap.console.services.make_export import make_export
from tanggap.directory.selectors import agency_by_code
from tanggap.ledger.models import Event
from tests.journeys.console import footprint, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PRESSED = datetime.now(UTC)
LATER = PRESSED + timedelta(seconds=31)


@pytest.fixture(autouse=True)
def _a_clock_that_stands() -> Iterator[None]:
    with frozen(PRESSED):
        yield


def forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def half_a_minute_passes() -> None:
    """For the queue, whose clock is the server's."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE scheduled_at > now()")


def work(at: datetime) -> None:
    """The worker of the product, without what runs by the clock, until nothing of its queue is left to do."""

    async def until_nothing_is_left() -> None:
        place = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
        place.periodic_registry = PeriodicRegistry()
        async with place.open_async():
            await place.run_worker_async(
                queues=["default"], wait=False, listen_notify=False, install_signal_handlers=False
            )

    with frozen(at):
        asyncio.run(until_nothing_is_left())


def waiting(task: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'", [task])
        return int(cursor.fetchone()[0])


def again(task: str, channel: int) -> None:
    """As when a job was lost after its work and is woken once more."""
    wake_after_commit(task=task, queue="default", channel=str(channel))
    assert waiting(task) == 1
    work(LATER)
    assert waiting(task) == 0


def test_cases_forwarded_together_are_forwarded_by_the_worker_and_only_once(case_in, cast) -> None:
    cases = [case_in("forwarded"), case_in("in_progress")]
    forget_jobs()
    verifier = sign_in(cast, "verifier")
    pressed = verifier.post(
        "/kerja/sekaligus/teruskan/",
        {"pilih": [case.tracking_id for case in cases], "unit": "35.27/dinkes", "reason": "Soal puskesmas."},
    )
    page = pressed.headers["Location"]
    assert "2 laporan menunggu dikerjakan" in verifier.get(page).content.decode()
    assert waiting("run_batch") == 1
    half_a_minute_passes()
    work(LATER)
    assert "2 laporan selesai dikerjakan" in verifier.get(page).content.decode()
    done = [footprint(case) for case in cases]
    assert {case.__class__.objects.get(pk=case.pk).agency_id for case in cases} == {agency_by_code("35.27/dinkes").pk}
    again("run_batch", Batch.objects.get().pk)
    assert [footprint(case) for case in cases] == done
    assert go_on(now=LATER) == 0


def test_a_file_half_made_by_a_lost_worker_is_finished_by_the_next_and_only_once(case_in, cast, monkeypatch) -> None:
    monkeypatch.setattr("tanggap.console.services.make_export.PART", 2)
    cases = [case_in("forwarded") for _number in range(5)]
    forget_jobs()
    officer = sign_in(cast, "officer")
    officer.post("/kerja/ekspor/?queue=open", {"format": "csv"})
    export = Export.objects.get()
    assert "Menunggu" in officer.get("/kerja/ekspor/").content.decode()
    assert make_export(export_id=export.pk, now=PRESSED)
    assert "2 dari 5 laporan" in officer.get("/kerja/ekspor/").content.decode()
    work(PRESSED)
    assert "Siap diunduh" in officer.get("/kerja/ekspor/").content.decode()
    content = officer.get(f"/kerja/ekspor/{export.pk}/").getvalue()
    assert all(case.tracking_id in content.decode("utf-8-sig") for case in cases)
    row, told = Export.objects.values().get(), Event.objects.filter(stream=f"export:{export.pk}").count()
    again("make_export", export.pk)
    assert Export.objects.values().get() == row
    assert Event.objects.filter(stream=f"export:{export.pk}").count() == told == 2
    assert go_on(now=LATER) == 0
