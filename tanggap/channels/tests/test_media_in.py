"""What comes with a message goes through the pipeline of every file; what does not pass never costs the words."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tanggap.channels.models import Chat, Inbound
from tanggap.channels.services.take_inbound import take_inbound
from tanggap.channels.tests.captured import bring, payload
from tanggap.common.clock import frozen
from tanggap.directory.models import Brand
from tanggap.files.models import StoredFile
from tanggap.files.selectors import open_file
from tanggap.files.tests import samples
from tanggap.notify.models import ChannelConfig, Message
from tanggap.notify.transports.registry import seal_settings
from tests.faults.peers.providers import Fault, Providers

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
REFERENCES = {"whatsapp": "1479537139650973", "telegram": "large"}
NAMES = {"whatsapp": "image", "telegram": "photo"}
LATER = timedelta(hours=1)


@pytest.fixture(autouse=True)
def peers(db, settings, tmp_path: Path) -> Iterator[Providers]:
    settings.FILES_DIR = tmp_path
    Brand.objects.get_or_create(slug="nasional", defaults={"name": "LAPOR!", "is_default": True})
    with frozen(NOW), Providers() as running:
        for channel, secret in (("whatsapp", running.secret), ("telegram", "secret_of_the_webhook")):
            sealed = seal_settings("nasional", channel, running.settings(channel) | {"secret": secret})
            ChannelConfig.objects.create(brand="nasional", channel=channel, sealed=sealed, updated_at=NOW)
        yield running


def send(channel: str) -> bytes:
    """The payload with a picture and words, without a digest."""
    told = json.loads(payload(channel, NAMES[channel]))
    if channel == "whatsapp":
        del told["entry"][0]["changes"][0]["value"]["messages"][0]["image"]["sha256"]
    body = json.dumps(told).encode()
    assert bring(channel, body) == 200
    return body


def hear(channel: str) -> Inbound:
    """Take it, also after its pauses."""
    for number in range(6):
        take_inbound(channel=channel, now=NOW + number * LATER)
    return Inbound.objects.get()


def zip_bomb() -> bytes:
    """Twenty megabytes of nothing in twenty kilobytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(20_000_000))
    return packed.getvalue()


@pytest.mark.parametrize("channel", NAMES)
def test_a_picture_is_kept_re_encoded(peers, channel):
    peers.files[REFERENCES[channel]] = samples.photo()
    send(channel)
    assert hear(channel).state == "done"
    stored = StoredFile.objects.get()
    assert (stored.kind, stored.media_type) == ("picture", "image/jpeg")
    with open_file(stored) as file:
        assert samples.CANARY not in file.read()


@pytest.mark.parametrize("channel", NAMES)
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(zip_bomb(), id="a zip bomb"),
        pytest.param(samples.png_bomb(30_000), id="a picture bomb"),
        pytest.param(b"\xff\xd8\xff\xe0" + bytes(30_000_000), id="30 megabytes"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"<script>alert(1)</script>" * 50, id="a page"),
        pytest.param(b"MZ" + bytes(2000), id="a program"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_and_the_words_stay(peers, channel, content):
    peers.files[REFERENCES[channel]] = content
    send(channel)
    row = hear(channel)
    assert (row.state, row.chat_id) == ("done", Chat.objects.get().pk)
    assert not StoredFile.objects.exists()
    assert Message.objects.filter(source=f"inbound:{row.pk}").exists()


@pytest.mark.parametrize("channel", NAMES)
def test_a_file_that_never_comes_does_not_hold_the_words_for_ever(peers, channel):
    peers.fail_always("media", Fault(status=503))
    send(channel)
    take_inbound(channel=channel, now=NOW)
    assert Inbound.objects.get().state == "new"
    row = hear(channel)
    assert row.state == "done"
    assert Message.objects.filter(source=f"inbound:{row.pk}").exists()


@pytest.mark.parametrize("channel", NAMES)
def test_a_file_that_comes_later_is_kept_once(peers, channel):
    peers.files[REFERENCES[channel]] = samples.photo()
    peers.fail("media", Fault(drop=True))
    send(channel)
    assert hear(channel).state == "done"
    assert StoredFile.objects.count() == 1
