"""A file handed out is never a page of ours."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.http import HttpResponseBase

from tanggap.common.crypto import _ring_at
from tanggap.common.errors import NotFound
from tanggap.files.models import StoredFile, Visibility
from tanggap.files.serve import serve
from tanggap.files.services.accept_upload import accept_upload
from tanggap.files.services.delete_file import delete_file
from tanggap.files.services.publish import set_visibility
from tanggap.files.tests import samples

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 7, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.FILES_DIR, settings.KEYS_DIR = tmp_path / "files", tmp_path / "keys"
    yield settings.FILES_DIR
    _ring_at.cache_clear()


def stored_file(content: bytes) -> StoredFile:
    return accept_upload(stream=io.BytesIO(content), name="KTP Budi.x", owner="case:7", now=NOW)


def body(response: HttpResponseBase) -> bytes:
    content = b"".join(response) if response.streaming else response.content
    response.close()
    return content


@pytest.mark.parametrize("content", [samples.photo(), samples.pdf(), samples.mp4(), samples.mp3()])
def test_every_answer_is_sandboxed_unsniffable_and_names_nobody(content: bytes) -> None:
    stored = stored_file(content)
    response = serve(stored)
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "Budi" not in str(response.headers)
    assert len(body(response)) == stored.size == int(response["Content-Length"])


def test_a_document_is_a_download_of_no_declared_type() -> None:
    response = serve(stored_file(samples.pdf()))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    body(response)


def test_a_picture_is_shown_unless_a_download_is_wanted() -> None:
    stored = stored_file(samples.photo())
    shown, downloaded = serve(stored), serve(stored, as_attachment=True)
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["Content-Type"] == "image/jpeg"
    assert downloaded["Content-Disposition"].startswith("attachment")
    body(shown), body(downloaded)


def test_a_published_picture_is_asked_for_anew_each_time() -> None:
    stored = stored_file(samples.photo())
    set_visibility(stored=stored, visibility=Visibility.PUBLIC)
    response = serve(stored)
    assert response["Cache-Control"] == "no-cache"
    body(response)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=10-", 10, None), ("bytes=-5", -5, None), ("bytes=0-999999", 0, None)],
)
def test_a_part_of_a_video_is_answered_as_asked(asked: str, first: int, last: int | None) -> None:
    stored = stored_file(samples.mp4())
    whole = body(serve(stored))
    response = serve(stored, range_header=asked)
    expected = whole[first : None if last is None else last + 1]
    assert response.status_code == 206
    assert int(response["Content-Length"]) == len(expected)
    assert response["Content-Range"].endswith(f"/{len(whole)}")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert body(response) == expected


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=9-3", "bytes=-"])
def test_a_part_that_does_not_exist_is_refused(asked: str) -> None:
    response = serve(stored_file(samples.mp4()), range_header=asked)
    assert response.status_code == 416


@pytest.mark.parametrize("asked", ["bytes=0-1,3-4", "lines=1-2", "", "bytes=x"])
def test_what_is_no_single_range_gets_the_whole(asked: str) -> None:
    response = serve(stored_file(samples.mp4()), range_header=asked)
    assert response.status_code == 200
    body(response)


def test_a_deleted_file_is_not_found() -> None:
    stored = stored_file(samples.pdf())
    delete_file(stored=stored, now=NOW)
    with pytest.raises(NotFound):
        serve(stored)


def test_a_lost_content_is_not_found_and_reported(folder: Path, caplog) -> None:
    stored = stored_file(samples.pdf())
    for path in folder.rglob(stored.sha256):
        path.unlink()
    with pytest.raises(NotFound):
        serve(stored)
    assert "is missing" in caplog.text
