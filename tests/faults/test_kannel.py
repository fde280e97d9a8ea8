"""Our message centre and our gateway transport agree with Kannel, which knows neither."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.faults import kannel_chain
from tests.house import ROOT

pytestmark = pytest.mark.slow


def isolated(*command: str) -> list[str]:
    """The command in a network of its own; without root in a user namespace, where the system allows it."""
    return ["unshare", *(["-n"] if os.geteuid() == 0 else ["-rn"]), *command]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    for program, package in (("bearerbox", "kannel"), ("smsbox", "kannel"), ("unshare", "util-linux")):
        assert shutil.which(program), f"{program} is missing: install Debian's package {package}"
    folder: Path = tmp_path_factory.mktemp("kannel")
    done = subprocess.run(
        isolated(sys.executable, "-m", "tests.faults.kannel_chain", str(folder)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    logs = "\n".join(path.read_text(errors="replace")[-1500:] for path in folder.glob("*.log"))
    assert done.returncode == 0, f"{done.stderr[-3000:]}\n{logs}"
    value: dict[str, list[str]] = json.loads(done.stdout)
    return value


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
