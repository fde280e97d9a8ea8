"""Every file comes in through one door, and only what it should be gets through."""

import io
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection, transaction
from PIL import Image

from tanggap.common.crypto import _ring_at
from tanggap.common.errors import Invalid, NotFound, Refused
from tanggap.files import storage
from tanggap.files.limits import MAX_FILES_PER_OWNER, MAX_SIDE, MEGABYTE
from tanggap.files.models import StoredFile, Visibility
from tanggap.files.selectors import file_of, files_of, open_file, public_files_of
from tanggap.files.services.accept_upload import accept_upload
from tanggap.files.services.attach import attach, draft_owner
from tanggap.files.services.delete_file import delete_file
from tanggap.files.services.publish import set_visibility
from tanggap.files.services.purge import purge, purge_strays
from tanggap.files.tests import samples
from tanggap.files.tests.samples import CANARY

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 7, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.FILES_DIR = tmp_path / "files"
    settings.KEYS_DIR = tmp_path / "keys"
    yield settings.FILES_DIR
    _ring_at.cache_clear()


def upload(content: bytes, name: str = "foto.jpg", owner: str = "draft:t1", now: datetime = NOW) -> StoredFile:
    return accept_upload(stream=io.BytesIO(content), name=name, owner=owner, now=now)


def content_of(stored: StoredFile) -> bytes:
    with open_file(stored) as file:
        return file.read()


def blobs(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def age(folder: Path, seconds: int) -> None:
    """Let what is stored look as old as this."""
    import os
    import time

    for path in blobs(folder):
        os.utime(path, (time.time() - seconds,) * 2)


class Endless(io.RawIOBase):
    """A stream that counts how much of it was read."""

    def __init__(self, head: bytes, size: int) -> None:
        self.head, self.left, self.given = head, size, 0

    def read(self, size: int = -1, /) -> bytes:
        piece = (self.head + bytes(64 * 1024))[: min(size, self.left)]
        self.head = b""
        self.left -= len(piece)
        self.given += len(piece)
        return piece


# --- pictures


def test_a_photo_is_written_anew_without_anything_but_its_pixels(folder: Path) -> None:
    original = samples.photo()
    assert original.count(CANARY) >= 3
    stored = upload(original)
    content = content_of(stored)
    assert CANARY not in content
    assert (stored.kind, stored.media_type, stored.width, stored.height) == ("picture", "image/jpeg", 800, 600)
    assert stored.size == len(content)
    image = Image.open(io.BytesIO(content))
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert image.getpixel((10, 10))[0] > 200


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_applied_before_it_is_forgotten(orientation: int) -> None:
    stored = upload(samples.photo(orientation=orientation))
    assert (stored.width, stored.height) == ((800, 600) if orientation < 5 else (600, 800))
    image = Image.open(io.BytesIO(content_of(stored)))
    # The red half of the sensor's picture is at the left, right, top or bottom afterwards.
    red = {
        1: (10, 300),
        2: (790, 300),
        3: (790, 300),
        4: (10, 300),
        5: (300, 10),
        6: (300, 10),
        7: (300, 790),
        8: (300, 790),
    }
    assert image.getpixel(red[orientation])[0] > 200


def test_a_picture_is_scaled_to_the_longest_side_allowed() -> None:
    stored = upload(samples.photo((6000, 3000)))
    assert (stored.width, stored.height) == (MAX_SIDE, MAX_SIDE // 2)


def test_other_pictures_become_webp_and_keep_their_transparency() -> None:
    stored = upload(samples.png(mode="RGBA", colour=(0, 255, 0, 0)), "x.png")
    assert stored.media_type == "image/webp"
    content = content_of(stored)
    assert CANARY not in content
    assert Image.open(io.BytesIO(content)).getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGB"])
def test_every_mode_of_png_is_read(mode: str) -> None:
    assert upload(samples.png(mode=mode, colour=0), "x.png").width == 50


def test_a_cmyk_photo_is_read() -> None:
    buffer = io.BytesIO()
    Image.new("CMYK", (20, 10)).save(buffer, "JPEG")
    assert upload(buffer.getvalue()).media_type == "image/jpeg"


def test_of_an_animation_the_first_frame_is_kept() -> None:
    image = Image.open(io.BytesIO(content_of(upload(samples.gif()))))
    assert not getattr(image, "is_animated", False)
    assert image.convert("RGB").getpixel((5, 5))[0] > 200


def test_a_picture_that_is_also_a_script_is_only_a_picture_afterwards() -> None:
    original = samples.script_gif()
    assert b"alert(" in original
    content = content_of(upload(original, "x.gif"))
    assert b"alert" not in content
    assert b"<script" not in content
    assert content[:4] == b"RIFF"


@pytest.mark.parametrize("side", [5200, 30_000])
def test_a_picture_bomb_is_refused_before_it_is_decoded(folder: Path, side: int) -> None:
    bomb = samples.png_bomb(side)
    assert len(bomb) < 200_000
    with pytest.raises(Invalid) as refused:
        upload(bomb, "x.png")
    assert refused.value.code == "too_many_pixels"
    assert blobs(folder) == []


def test_a_huge_progressive_photo_is_refused_and_a_plain_one_scaled_while_read() -> None:
    size = (6000, 4500)
    assert upload(samples.photo(size)).width == MAX_SIDE
    with pytest.raises(Invalid, match="resolusi"):
        upload(samples.photo(size, progressive=True))


@pytest.mark.parametrize("keep", [0.02, 0.3, 0.7, 0.95])
def test_a_cut_photo_is_refused_with_a_sentence(folder: Path, keep: float) -> None:
    whole = samples.photo().removesuffix(CANARY)
    with pytest.raises(Invalid, match="Gambar ini tidak dapat dibaca") as refused:
        upload(whole[: int(len(whole) * keep)])
    assert (refused.value.code, refused.value.field) == ("unreadable_picture", "files")
    assert blobs(folder) == []
    assert not StoredFile.objects.exists()


def test_a_photo_with_broken_exif_is_still_a_photo() -> None:
    content = samples.photo().replace(b"Exif\0\0II*\0", b"Exif\0\0II*\7").replace(b"Exif\0\0MM\0*", b"Exif\0\0MM\7*")
    assert upload(content).width == 800


# --- documents


def test_a_plain_pdf_is_taken_as_it_is() -> None:
    content = samples.pdf()
    stored = upload(content, "surat.pdf")
    assert (stored.kind, stored.media_type, content_of(stored)) == ("document", "application/pdf", content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (samples.pdf(b"5 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj"), "active_document"),
        (samples.pdf(b"5 0 obj << /S /J#61vaScript /JS (app.alert(1)) >> endobj"), "active_document"),
        (samples.pdf(b"5 0 obj << /S /Launch /F (cmd.exe) >> endobj"), "active_document"),
        (samples.pdf(b"5 0 obj << /Type /EmbeddedFile >> endobj"), "active_document"),
        (samples.pdf(b"5 0 obj << /Names << /EmbeddedFiles 6 0 R >> >> endobj"), "active_document"),
        (samples.pdf(samples.object_stream(b"1 0 << /S /JavaScript /JS 3 0 R >>")), "active_document"),
        (samples.pdf(samples.object_stream(b"1 0 << /S /#4aavaScript /JS 3 0 R >>")), "active_document"),
        (samples.pdf(trailer=b"/Encrypt 9 0 R"), "encrypted_document"),
        (samples.pdf(samples.object_stream(bytes(41 * MEGABYTE))), "unreadable_document"),
        (samples.pdf(b"5 0 obj << /Type /ObjStm >> stream\nnot packed\nendstream endobj"), "unreadable_document"),
        (samples.pdf()[:-20], "unreadable_document"),
        (b"%PDF-1.7\n" + b"x" * 5000, "unreadable_document"),
    ],
)
def test_a_pdf_that_is_locked_broken_or_carries_something_is_refused(folder: Path, content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        upload(content, "surat.pdf")
    assert refused.value.code == code
    assert blobs(folder) == []


def test_names_that_only_begin_like_a_dangerous_one_do_no_harm() -> None:
    assert upload(samples.pdf(b"5 0 obj << /LaunchDate (x) /EncryptMetadata true >> endobj")).kind == "document"


# --- recordings


@pytest.mark.parametrize("brand", [b"isom", b"mp42", b"qt  ", b"3gp5", b"M4A "])
def test_a_recording_loses_its_place_and_maker_and_keeps_its_length(brand: bytes) -> None:
    original = samples.mp4(brand)
    assert original.count(CANARY) == 6
    stored = upload(original, "video.mp4")
    content = content_of(stored)
    assert CANARY not in content
    assert len(content) == len(original)
    assert content.index(b"PICTURES") == original.index(b"PICTURES")
    assert b"SAMPLESvide" in content
    assert b"SAMPLESmeta" not in content
    assert stored.kind == ("audio" if brand == b"M4A " else "video")


@pytest.mark.parametrize(
    "content",
    [
        samples.mp4()[:-3],
        samples.box(b"ftyp", b"isom" + bytes(8)),
        samples.box(b"ftyp", b"isom" + bytes(8)) + samples.box(b"mdat"),
        samples.box(b"ftyp", b"isom" + bytes(8)) + b"\0\0\0\4moov",
        samples.box(b"ftyp", b"isom" + bytes(8)) + b"\xff\xff\xff\xffmoov",
        samples.box(b"ftyp", b"isom" + bytes(8)) + samples.box(b"moov") * 100_001 + samples.box(b"mdat"),
        b"ID3\x04\0\0\0\0\x7f\x7f",
        b"ID3\x04",
        b"ID3\x04\0\0\0\0\0\0<script>alert(1)</script>",
    ],
)
def test_a_broken_recording_is_refused_with_a_sentence(folder: Path, content: bytes) -> None:
    with pytest.raises(Invalid, match="tidak dapat dibaca"):
        upload(content, "video.mp4")
    assert blobs(folder) == []


def test_sound_loses_its_tags() -> None:
    content = content_of(upload(samples.mp3(), "rekaman.mp3"))
    assert CANARY not in content
    assert content.startswith(b"\xff\xfb")
    assert content.count(b"SOUND") == 40


def test_a_voice_note_is_taken() -> None:
    assert upload(b"OggS" + bytes(200), "suara.ogg").media_type == "audio/ogg"


# --- what is refused


@pytest.mark.parametrize(
    ("content", "called"),
    [
        (b"<!DOCTYPE html><script>alert(1)</script>", "halaman web"),
        (b"\xef\xbb\xbf  \n<HTML>", "halaman web"),
        (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "SVG"),
        (b"<svg/>", "SVG"),
        (b"PK\x03\x04" + bytes(100), "ZIP"),
        (b"MZ" + bytes(100), "program"),
        (b"\x7fELF" + bytes(100), "program"),
        (b"#!/bin/sh\nrm -rf /", "program"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "HEIC"),
        (b"hello", "tidak dikenal"),
        (b"RIFF\0\0\0\0WAVE", "tidak dikenal"),
    ],
)
def test_what_is_not_taken_is_called_by_its_name(folder: Path, content: bytes, called: str) -> None:
    with pytest.raises(Invalid, match=rf"Jenis berkas ini tidak diterima: .*{called}") as refused:
        upload(content, "foto.jpg")
    assert refused.value.code == "file_kind_refused"
    assert blobs(folder) == []


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Invalid, match="kosong"):
        upload(b"")


def test_the_name_says_nothing_about_the_kind() -> None:
    assert upload(samples.png(), "virus.exe").kind == "picture"
    with pytest.raises(Invalid):
        upload(b"MZ" + bytes(100), "foto.jpg")


@pytest.mark.parametrize(
    ("head", "limit", "kind"),
    [
        (b"\xff\xd8\xff", 15, "gambar"),
        (b"%PDF-1.7", 10, "dokumen"),
        (b"\0\0\0\x18ftypisom", 50, "video"),
        (b"OggS", 15, "rekaman"),
    ],
)
def test_a_hundred_megabytes_are_refused_at_the_limit_and_leave_nothing(
    folder: Path, head: bytes, limit: int, kind: str
) -> None:
    stream = Endless(head, 100 * MEGABYTE)
    with pytest.raises(Invalid, match=rf"Berkas terlalu besar: paling besar {limit} MB untuk {kind}"):
        accept_upload(stream=stream, name="x", owner="draft:t1", now=NOW)
    assert stream.given <= limit * MEGABYTE + 2 * 64 * 1024
    assert blobs(folder) == []
    assert not StoredFile.objects.exists()


def test_an_unknown_kind_of_a_hundred_megabytes_is_refused_after_its_first_bytes() -> None:
    stream = Endless(b"hello", 100 * MEGABYTE)
    with pytest.raises(Invalid, match="tidak diterima"):
        accept_upload(stream=stream, name="x", owner="draft:t1", now=NOW)
    assert stream.given <= 64 * 1024 * 2


def test_a_stream_in_tiny_pieces_is_the_same_file() -> None:
    class Tiny(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(7)

    stored = accept_upload(stream=Tiny(samples.pdf()), name="x", owner="draft:t1", now=NOW)
    assert content_of(stored) == samples.pdf()


def test_an_owner_has_room_for_so_many_files_and_no_more() -> None:
    for _ in range(MAX_FILES_PER_OWNER):
        upload(samples.pdf())
    with pytest.raises(Invalid, match="Paling banyak 30 berkas"):
        upload(samples.pdf())


# --- storing


def test_the_content_lies_under_its_hash_for_the_owner_alone(folder: Path) -> None:
    stored = upload(samples.pdf())
    path = folder / stored.sha256[:2] / stored.sha256[2:4] / stored.sha256
    assert blobs(folder) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_senders_name_for_it_is_sealed_and_cleaned() -> None:
    stored = upload(samples.pdf(), "C:\\Users\\Budi\\KTP \u202efdp.Budi\x00.pdf" + "x" * 500)
    stored.refresh_from_db()
    assert stored.original_name.startswith("KTP fdp.Budi.pdf")
    assert len(stored.original_name) == 150
    assert b"Budi" not in bytes(stored.name_sealed or b"")
    assert "Budi" not in stored.download_name


def test_a_disk_that_does_not_take_it_is_said_plainly(folder: Path, caplog) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("in the way")
    with pytest.raises(Refused, match="belum dapat disimpan"):
        upload(samples.pdf(), "KTP Budi.pdf")
    assert "Budi" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_same_content_sent_twice_at_once_is_stored_once_and_lost_by_nobody(folder: Path) -> None:
    barrier = Barrier(4)

    def send(number: int) -> int:
        try:
            barrier.wait(20)
            return upload(samples.photo(), owner=f"draft:{number}").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(send, range(4)))
    assert len(set(ids)) == 4
    assert len(blobs(folder)) == 1
    contents = {content_of(stored) for stored in StoredFile.objects.all()}
    assert len(contents) == 1


# --- afterwards


def test_the_files_of_a_draft_go_to_its_case_once() -> None:
    first, second = upload(samples.pdf()), upload(samples.png())
    other = upload(samples.pdf(), owner="draft:other")
    assert draft_owner("t1") == "draft:t1"
    assert [stored.pk for stored in attach(token="t1", owner="case:7")] == [first.pk, second.pk]
    assert attach(token="t1", owner="case:8") == []
    assert [stored.pk for stored in files_of("case:7")] == [first.pk, second.pk]
    assert [stored.pk for stored in files_of("draft:other")] == [other.pk]


def test_a_file_is_found_under_its_owner_only() -> None:
    stored = upload(samples.pdf(), owner="case:7")
    assert file_of("case:7", stored.token) == stored
    with pytest.raises(NotFound):
        file_of("case:8", stored.token)


def test_a_file_is_internal_until_it_is_published_and_sound_and_documents_never_are() -> None:
    picture, document = upload(samples.png(), owner="case:7"), upload(samples.pdf(), owner="case:7")
    assert not public_files_of("case:7").exists()
    set_visibility(stored=picture, visibility=Visibility.PUBLIC)
    assert [stored.pk for stored in public_files_of("case:7")] == [picture.pk]
    with pytest.raises(Refused, match="Tidak ada yang diubah"):
        set_visibility(stored=document, visibility=Visibility.PUBLIC)
    assert StoredFile.objects.get(pk=document.pk).visibility == Visibility.INTERNAL


def test_a_deleted_file_is_gone_at_once_and_leaves_a_tombstone(folder: Path) -> None:
    stored = upload(samples.pdf(), owner="case:7")
    assert delete_file(stored=stored, now=NOW)
    assert not delete_file(stored=stored, now=NOW + timedelta(hours=1))
    with pytest.raises(NotFound, match="sudah dihapus"):
        open_file(stored)
    tombstone = StoredFile.objects.get(pk=stored.pk)
    assert (tombstone.deleted_at, tombstone.name_sealed, tombstone.original_name) == (NOW, None, "")
    age(folder, 7200)
    assert purge(now=NOW).contents == 1
    assert blobs(folder) == []
    assert StoredFile.objects.get(pk=stored.pk).erased_at == NOW


def test_content_that_another_file_shares_stays(folder: Path) -> None:
    mine, other = upload(samples.pdf(), owner="case:7"), upload(samples.pdf(), owner="case:8")
    delete_file(stored=mine, now=NOW)
    age(folder, 7200)
    assert purge(now=NOW).contents == 0
    assert content_of(other) == samples.pdf()
    delete_file(stored=other, now=NOW)
    assert purge(now=NOW).contents == 1
    assert blobs(folder) == []


def test_content_that_has_just_arrived_is_left_alone_until_its_row_can_be_seen(folder: Path) -> None:
    stored = upload(samples.pdf(), owner="case:7")
    delete_file(stored=stored, now=NOW)
    assert purge(now=NOW).contents == 0
    assert len(blobs(folder)) == 1
    age(folder, 7200)
    assert purge(now=NOW).contents == 1


def test_drafts_nobody_sent_are_given_up_after_a_day(folder: Path) -> None:
    upload(samples.pdf())
    kept = upload(samples.png(), owner="case:7")
    fresh = upload(samples.gif(), owner="draft:t2", now=NOW + timedelta(hours=20))
    age(folder, 7200)
    done = purge(now=NOW + timedelta(hours=25))
    assert (done.drafts, done.contents) == (1, 1)
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {kept.pk, fresh.pk}
    assert len(blobs(folder)) == 2


def test_content_without_a_row_is_removed_by_the_weekly_look(folder: Path) -> None:
    kept = upload(samples.png(), owner="case:7")

    def fail() -> None:
        with transaction.atomic():
            upload(samples.pdf())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert len(blobs(folder)) == 2
    assert purge_strays() == 0
    age(folder, 7200)
    assert purge_strays() == 1
    assert [path.name for path in blobs(folder)] == [kept.sha256]


def test_what_interrupted_uploads_left_is_cleared_after_a_day(folder: Path) -> None:
    left = folder / storage.INCOMING / "tmp"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    purge(now=NOW)
    assert left.exists()
    age(folder, 90_000)
    purge(now=NOW)
    assert not left.exists()
