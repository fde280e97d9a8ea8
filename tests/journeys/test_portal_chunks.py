"""Files of a report arrive in pieces and continue where a broken connection left them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image

from tanggap.cases.models import IntakeLimit
from tanggap.directory import cache as directory_cache
from tanggap.files import parts, storage
from tanggap.files.models import StoredFile
from tanggap.files.selectors import files_of
from tanggap.files.services.attach import draft_owner
from tanggap.portal import uploads

pytestmark = pytest.mark.django_db
KEY, PART = "a" * 32, "b" * 32


@pytest.fixture(autouse=True)
def _empty(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"
    cache.clear()


@pytest.fixture
def photo() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((300, 200), 90).save(out, "JPEG")
    return out.getvalue()


def put(client: Client, content: bytes, offset: int = 0, size: int | None = None, **headers: str) -> Any:
    said = {"Key": KEY, "Part": PART, "Name": "jalan%20rusak.jpg", "Length": str(size or len(content)), **headers}
    sent = {f"Upload-{name}": value for name, value in {"Offset": str(offset), **said}.items()}
    return client.post("/lapor/unggah/", content, content_type="application/octet-stream", headers=sent)


def leftovers() -> int:
    folder = storage.root() / storage.INCOMING
    return len(list(folder.glob("part-*"))) if folder.exists() else 0


def test_a_photo_in_pieces_is_one_file_of_the_draft(client: Client, photo: bytes) -> None:
    size, at = len(photo), 0
    for start in range(0, size, 10_000):
        answer = put(client, photo[start : start + 10_000], start, size)
        at = answer.json()["offset"]
    assert (answer.status_code, at) == (201, size)
    stored = files_of(draft_owner(KEY)).get()
    assert (stored.token, stored.original_name, stored.width) == (answer.json()["file"], "jalan rusak.jpg", 300)
    assert leftovers() == 0


def test_after_a_break_the_answer_says_where_to_go_on(client: Client, photo: bytes) -> None:
    size = len(photo)
    put(client, photo[:5000], 0, size)
    assert put(client, b"", 0, size).json() == {"offset": 5000}, "asked with an empty piece"
    assert put(client, photo[:5000], 0, size).json() == {"offset": 5000}, "a piece that came twice is put once"
    assert put(client, photo[9000:9100], 9000, size).json() == {"offset": 5000}, "a gap is not filled with anything"
    assert put(client, photo[5000:], 5000, size).status_code == 201
    assert files_of(draft_owner(KEY)).count() == 1


def test_the_whole_file_once_more_is_the_one_that_waits(client: Client, photo: bytes) -> None:
    first, second = put(client, photo).json(), put(client, photo).json()
    assert first["file"] == second["file"]
    assert files_of(draft_owner(KEY)).count() == 1


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b"MZ\x90\x00" + b"\0" * 300, {}),
        (b"\xff\xd8\xff\xe0" + b"\0" * 300, {"Length": str(16 * 1024 * 1024)}),
        (b"\xff\xd8\xff\xe0" + b"\0" * 300, {"Length": "99999999999"}),
        (b"\xff\xd8\xff\xe0" + b"\0" * 300, {"Length": "10"}),
        (b"\xff\xd8\xff\xe0" + b"\0" * 300, {}),
        (b"x", {"Key": "../../etc"}),
        (b"x", {"Part": "'; --"}),
        (b"x", {"Offset": "-1"}),
        (b"x", {"Length": "١"}),
    ],
)
def test_what_cannot_be_taken_is_told_at_once_and_leaves_nothing(
    client: Client, content: bytes, headers: dict[str, str]
) -> None:
    answer = put(client, content, **headers)
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert not StoredFile.objects.exists()
    assert leftovers() == 0


def test_pieces_are_bounded_in_number_room_and_rate(
    client: Client, photo: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(photo)
    monkeypatch.setattr(parts, "MAX_PARTS_PER_OWNER", 2)
    for number in range(2):
        assert put(client, photo[:100], 0, size, Part=f"{number}" * 32).status_code == 200
    assert put(client, photo[:100], 0, size, Part="2" * 32).status_code == 429
    monkeypatch.setattr(parts, "MAX_PARTS_BYTES", 100)
    assert put(client, photo[:100], 0, size, Key="c" * 32).status_code == 409
    IntakeLimit.objects.filter(channel="upload-piece").update(amount=1)
    directory_cache.clear()
    refused = put(client, b"", 0, size, Part="0" * 32)
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0


def test_a_draft_holds_no_more_files_than_a_form(client: Client, photo: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_FILES", 0)
    assert put(client, photo).json()["code"] == uploads.FULL
    assert not files_of(draft_owner(KEY)).exists()


def test_nobody_elses_page_may_send_pieces(client: Client, photo: bytes) -> None:
    sent = {"Sec-Fetch-Site": "cross-site", "Upload-Key": KEY, "Upload-Part": PART, "Upload-Length": "9"}
    assert client.post("/lapor/unggah/", photo, content_type="a/b", headers=sent).status_code == 404
