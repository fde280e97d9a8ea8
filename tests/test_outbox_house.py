"""The outbox in a running instance: mail leaves, waits for a server that hangs, and floods nobody after a restore."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.house import House, free_port, furnished_folder, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

ENQUEUE = """
from datetime import datetime, timedelta, UTC
from tanggap.notify.outgoing import Outgoing, Way
from tanggap.notify.services.enqueue import enqueue
now = datetime.now(UTC)
enqueue(Outgoing(key={key!r}, template="receipt", ways=[Way("email", "warga@contoh.id")], due_at=now,
    not_before=now + timedelta(seconds={wait}), values={{"tracking_id": {key!r}}}, urgent=True,
    recipient_key="reporter:1", brand="nasional"), now=now)
"""


class Sink:
    def __init__(self) -> None:
        self.subjects: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.subjects.append(envelope.content.decode())
        return "250 OK"


@contextmanager
def hanging_server() -> Iterator[tuple[int, list[socket.socket]]]:
    """A mail server that takes connections and never says a word."""
    kept: list[socket.socket] = []
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)

        def take() -> None:
            while not over.is_set():
                with suppress(TimeoutError):
                    kept.append(listener.accept()[0])

        taker = threading.Thread(target=take)
        taker.start()
        try:
            yield listener.getsockname()[1], kept
        finally:
            over.set()
            taker.join()
            for one in kept:
                one.close()


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with furnished_folder() as data:
        house = House(data, measured=False)
        house.start("--no-demo")
        yield house
        if house.process is not None and house.process.poll() is None:
            house.kill()


def enqueue(house: House, key: str, *, wait: int = 0) -> None:
    done = house.run("manage", "shell", "-c", ENQUEUE.format(key=key, wait=wait))
    assert done.returncode == 0, done.stderr


def use(house: House, port: int) -> None:
    address = ("--smtp", f"smtp://127.0.0.1:{port}", "--address", "lapor@contoh.id")
    assert house.run("channel", "add", "email", "--brand", "nasional", *address).returncode == 0


def state(house: House, key: str) -> str:
    (found,) = house.ask(f"SELECT state FROM notify_message WHERE key = '{key}'")
    return str(found)


def test_mail_leaves_waits_for_a_server_that_hangs_and_floods_nobody_after_a_restore(
    house: House, tmp_path: Path
) -> None:
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        use(house, controller.port)
        enqueue(house, "SATU")
        wait_for(lambda: state(house, "SATU") == "sent")
        assert len(sink.subjects) == 1
        with hanging_server() as (port, kept):
            use(house, port)
            enqueue(house, "DUA")
            wait_for(lambda: kept)
            assert state(house, "DUA") == "pending"
        use(house, controller.port)
        wait_for(lambda: state(house, "DUA") == "sent", 500)
    finally:
        controller.stop()
    enqueue(house, "NANTI", wait=3600)
    backup = tmp_path / "backup"
    assert house.run("backup", str(backup)).returncode == 0
    other = House(house.data.parent / "restored")
    done = other.run("restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert "1 messages were waiting" in done.stderr
    rows = other.psql("SELECT json_agg(json_build_array(key, state, error)) FROM notify_message")
    assert sorted(json.loads(rows)) == [
        ["DUA", "sent", ""],
        ["NANTI", "cancelled", "restored"],
        ["SATU", "sent", ""],
    ]


def test_stopping_takes_no_longer_than_before(house: House) -> None:
    _out, _err, took = house.stop()
    assert took < 10
