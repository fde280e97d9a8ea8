"""Every dialogue of this folder, through the whole inbox with a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tanggap.channels import registry
from tanggap.common.clock import frozen
from tanggap.directory.models import Brand
from tanggap.directory.selectors import agency_by_code
from tests.dialogues.playing import READER, Player
from tests.dialogues.reading import Dialogue, dialogues

pytestmark = pytest.mark.django_db
ALL = dialogues()


@pytest.fixture
def freeze() -> Iterator[Callable[[datetime], None]]:
    with ExitStack() as stack:

        def to(moment: datetime) -> None:
            stack.enter_context(frozen(moment))

        yield to


@pytest.fixture
def house(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.FILES_DIR = tmp_path / "files"
    for channel in ("whatsapp", "telegram", "sms"):
        monkeypatch.setitem(registry.READERS, channel, READER)
    Brand.objects.get_or_create(slug="nasional", defaults={"name": "LAPOR!", "is_default": True})
    Brand.objects.get_or_create(slug="daerah", defaults={"name": "Pintu Daerah", "agency": agency_by_code("33.21")})


@pytest.mark.parametrize("dialogue", ALL, ids=[one.name for one in ALL])
def test_dialogue(
    dialogue: Dialogue, house: None, freeze: Callable[[datetime], None], request: pytest.FixtureRequest
) -> None:
    Player(dialogue, lambda: request.getfixturevalue("cast"), freeze).play()


def test_there_are_a_hundred_and_fifty_and_each_has_its_own_name() -> None:
    names = [one.name for one in ALL]
    assert len(names) >= 150
    assert len(set(names)) == len(names)


def test_every_dialogue_says_what_must_come_of_it() -> None:
    for one in ALL:
        whos = {line.who.split()[0] for line in one.lines}
        assert whos & {"Tanggap", "Diam"}, one.name
        assert "Hasil" in whos, one.name
