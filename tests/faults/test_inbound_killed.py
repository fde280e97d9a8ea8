"""kill -9 of web and worker while a bad provider brings messages: each becomes one entry, none is lost.

2,000 messages and twenty kills in the long run, 600 and two otherwise.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator

import psutil
import pytest

from tests.faults.peers.providers import Providers
from tests.faults.peers.redelivery import Message, Redelivery
from tests.house import House, command_of, furnished_folder, wait_for

LONG = os.environ.get("TANGGAP_LONG") == "1"
PEOPLE = 100
EACH = 20 if LONG else 6
KILLS = 20 if LONG else 2

pytestmark = [pytest.mark.slow, pytest.mark.timeout(5400 if LONG else 1800)]
MARK = re.compile(r"catatan ([0-9]+) dari warga ([0-9]+):")


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
            # One machine plays many citizens here.
            house.ask("UPDATE cases_intakelimit SET amount = 1000000")
            given = providers.settings("whatsapp")
            options = [part for name, value in given.items() for part in (f"--{name.replace('_', '-')}", value)]
            added = house.run("channel", "add", "whatsapp", "--brand", "nasional", *options)
            assert added.returncode == 0, added.stderr
            yield house
        finally:
            house.kill()


def phone(person: int) -> str:
    return f"6281234{person:06}"


def reported(house: House) -> list[str]:
    """A case of each person, and its number."""
    numbers = []
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
    for person in range(PEOPLE):
        case = {"text": f"Air di gang {person} mati sejak pekan lalu.", "reporter": {"phone": f"+{phone(person)}"}}
        connection.request("POST", "/api/v1/cases", json.dumps(case), {"Content-Type": "application/json"})
        response = connection.getresponse()
        told = json.loads(response.read())
        assert response.status == 201, told
        numbers.append(told["tracking_id"])
    connection.close()
    return numbers


def messages(numbers: list[str]) -> list[Message]:
    """What everybody adds to the own case, by naming its number."""
    return [
        {
            "from": phone(person),
            "from_user_id": f"ID.{person:020}",
            "id": f"wamid.{person:04}.{note:04}",
            "timestamp": "1795402800",
            "type": "text",
            "text": {"body": f"{numbers[person]} catatan {note} dari warga {person}: airnya masih belum mengalir."},
        }
        for note in range(EACH)
        for person in range(PEOPLE)
    ]


def web_processes(house: House) -> list[psutil.Process]:
    return [one for one in house.processes() if "tanggap.config.launch.web" in command_of(one)]


def wait_for_end(left: Callable[[], int]) -> None:
    """Until nothing is left. The machine may be slow, but not stand still: three minutes without progress fail."""
    most = left()
    while most:
        wait_for(lambda most=most: left() < most)
        most = left()


def kill_all(processes: list[psutil.Process]) -> None:
    for process in processes:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue


def test_every_message_survives_killed_servers_and_a_bad_provider(house: House, providers: Providers) -> None:
    chance = random.Random(20261128)
    sent = messages(reported(house))
    with Redelivery(house.port, "/hooks/whatsapp/nasional", sent, providers.whatsapp_signature) as bringing:
        for number in range(KILLS):
            enough = (number + chance.random()) * len(sent) / (KILLS + 1)
            wait_for(lambda enough=enough: len(bringing.acknowledged) > enough, seconds=600)
            kill_all(web_processes(house))
            kill_all([wait_for(house.worker)])
            wait_for(house.is_ready, seconds=120)
        wait_for(lambda: bringing.is_over, seconds=600)
    assert bringing.refused, "the provider never met a dead server"
    assert bringing.brought > len(sent), "nothing was brought twice"

    wait_for_end(lambda: house.ask("SELECT count(*) FROM channels_inbound WHERE state = 'new'")[0])
    assert Counter(house.ask("SELECT state FROM channels_inbound")) == {"done": len(sent)}
    assert entries(house) == Counter({(note, person): 1 for note in range(EACH) for person in range(PEOPLE)})
    check_answers(house, providers)
    audit = house.run("audit")
    assert audit.returncode == 0, audit.stdout + audit.stderr


def entries(house: House) -> Counter[tuple[int, int]]:
    """How often each message stands in a thread, as an addition or as a case of its own."""
    texts = house.ask(
        "SELECT text FROM cases_message WHERE kind = 'reply' UNION ALL "
        "SELECT agency_text FROM cases_narrative WHERE agency_text LIKE '%catatan%'"
    )
    return Counter((int(note), int(person)) for text in texts for note, person in MARK.findall(text))


def check_answers(house: House, providers: Providers) -> None:
    """Each answer has a key of its own and leaves under it, also when it was tried again."""
    answers = "source LIKE 'inbound:%'"
    pending = f"SELECT count(*) FROM notify_message WHERE {answers} AND state = 'pending'"
    wait_for_end(lambda: house.ask(pending)[0])
    assert set(house.ask(f"SELECT state FROM notify_message WHERE {answers}")) <= {"sent", "delivered", "read"}
    taken = [one for one in providers.taken("whatsapp") if one.key.startswith("inbound:")]
    assert {one.key for one in taken} == set(house.ask(f"SELECT key FROM notify_message WHERE {answers}"))
    said: dict[str, tuple[str, str]] = {}
    for one in taken:
        assert said.setdefault(one.key, (one.address, one.text)) == (one.address, one.text)
