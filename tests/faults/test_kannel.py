"""Our message centre, our gateway transport and our hook agree with Kannel, which knows none of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection

from tanggap.cases.models import Case
from tanggap.channels.models import Inbound
from tanggap.directory.models import Brand
from tanggap.notify.models import ChannelConfig, Message
from tanggap.notify.transports.registry import seal_settings
from tests.cast import DAY
from tests.faults import kannel_chain, kannel_inbound
from tests.house import ROOT

pytestmark = pytest.mark.slow


def isolated(*command: str) -> list[str]:
    """The command in a network of its own; without root in a user namespace, where the system allows it."""
    return ["unshare", *(["-n"] if os.geteuid() == 0 else ["-rn"]), *command]


def need_kannel() -> None:
    for program, package in (("bearerbox", "kannel"), ("smsbox", "kannel"), ("unshare", "util-linux")):
        assert shutil.which(program), f"{program} is missing: install Debian's package {package}"


def chain(module: str, folder: Path, **environment: str) -> dict[str, Any]:
    """What a chain of programs in a network of their own saw."""
    done = subprocess.run(
        isolated(sys.executable, "-m", module, str(folder)),
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    logs = "\n".join(path.read_text(errors="replace")[-1500:] for path in folder.glob("*.log"))
    assert done.returncode == 0, f"{done.stderr[-3000:]}\n{logs}"
    value: dict[str, Any] = json.loads((folder / kannel_chain.RESULT).read_text())
    return value


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    need_kannel()
    return chain("tests.faults.kannel_chain", tmp_path_factory.mktemp("kannel"))


def test_every_text_arrives_as_it_was_written(seen):
    number = kannel_chain.NUMBER.removeprefix("+")
    texts = [text for to, text in seen["messages"] if to.removeprefix("+") == number]
    assert texts[:3] == [kannel_chain.SHORT, kannel_chain.LONG, kannel_chain.JAVANESE]
    assert len(texts) == 5


def test_kannel_bills_as_many_parts_as_we_count(seen):
    assert sum(seen["parts"][:3]) == seen["submitted_before_throttling"]


def test_every_message_is_reported_delivered_by_the_name_we_gave_it(seen):
    reports = [parse_qs(urlsplit(address).query) for address in seen["reports"]]
    delivered = {report["id"][0] for report in reports if report["state"] == ["1"]}
    assert delivered == set(seen["ids"])


def test_what_a_person_writes_comes_through_and_is_acknowledged(seen):
    (received,) = seen["received"]
    query = parse_qs(urlsplit(received).query)
    assert query["text"] == ["TANGKAB Jalan rusak"]
    assert seen["answers"] == [0]


def database_address() -> str:
    """The database of this very test, which another process opens by its socket."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return parts._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


@pytest.mark.django_db(transaction=True)
def test_people_s_words_become_cases_and_their_receipts_arrive(tmp_path):
    need_kannel()
    Brand.objects.get_or_create(slug="nasional", defaults={"name": "LAPOR!", "is_default": True})
    address = "http://127.0.0.1:13013/cgi-bin/sendsms?username=u&password=p&from=1708"
    sealed = seal_settings("nasional", "sms", {"http": address, "secret": kannel_inbound.SECRET})
    ChannelConfig.objects.create(brand="nasional", channel="sms", sealed=sealed, updated_at=DAY)
    told = chain("tests.faults.kannel_inbound", tmp_path, DATABASE_URL=database_address())
    assert Inbound.objects.filter(state="done").count() == 3
    cases = {case.narrative.agency_text: case for case in Case.objects.select_related("agency", "narrative")}
    long = (kannel_inbound.LONG * 2).strip().removeprefix("KAB. SAMPANG ")
    words = {
        kannel_inbound.SHORT.removeprefix("SAMPANG "): "35.27",
        kannel_inbound.DOUBLED.removeprefix("SURABAYA "): "35.78",
        long: "35.27",
    }
    assert {text: case.agency.code for text, case in cases.items()} == words
    assert sum("sampah" in query for query in told["asked"]) == 2
    assert any(cases[next(iter(words))].tracking_id in line for line in told["fake"])
    for text in list(words)[1:]:
        assert any(cases[text].tracking_id in said for _to, said in told["smpp"])
    assert told["answers"] == [0]
    assert set(Message.objects.values_list("state", flat=True)) == {"delivered"}
