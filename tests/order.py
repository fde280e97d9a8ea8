"""pytest plugin: with several processes, what takes long begins first, and the tests of a file stay together.

Together, so that what a file sets up for all its tests (an instance, a browser) is set up in one process. Long ones
first, so that the processes end at about the same time.
"""

from __future__ import annotations

from collections import Counter

import pytest
from xdist.scheduler import LoadScopeScheduling

# The longest first, half a minute or more each. One that is missing here begins later, nothing else.
FIRST = (
    "tests/faults/test_inbound_killed.py",
    "tests/faults/test_reminders_killed.py",
    "tests/test_house.py",
    "tests/safety/test_canary_crawl.py",
    "tests/browser/test_every_page.py",
    "tests/faults/test_kill_under_load.py",
    "tests/test_outbox_house.py",
    "tests/browser/test_portal_pages.py",
    "tests/browser/test_rules_pages.py",
    "tests/journeys/test_console_secrecy.py",
    "tanggap/postgres/tests/test_server.py",
    "tanggap/common/tests/test_masking.py",
)
# Too long to stay in one process; nothing is set up for all of their tests.
APART = {"tests/safety/test_canary_crawl.py", "tests/browser/test_every_page.py"}


def _file(nodeid: str) -> str:
    return nodeid.split("::", maxsplit=1)[0]


class LongOnesFirst(LoadScopeScheduling):
    """Hands out files in the order of collection, and of some files the tests one by one."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if _file(nodeid) in APART else _file(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LongOnesFirst:
    config.option.loadscopereorder = False
    return LongOnesFirst(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The listed files first, then the larger before the smaller. Each process sorts alike."""
    if not hasattr(config, "workerinput"):
        return
    sizes = Counter(_file(item.nodeid) for item in items)
    place = {name: number for number, name in enumerate(FIRST)}

    def turn(item: pytest.Item) -> tuple[int, int, str]:
        file = _file(item.nodeid)
        return place.get(file, len(FIRST)), -sizes[file], file

    items.sort(key=turn)
