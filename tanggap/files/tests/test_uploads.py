"""While a form arrives, what cannot be accepted is skipped and everything typed is kept."""

import io
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from tanggap.files.limits import MAX_REQUEST_BYTES, MEGABYTE
from tanggap.files.tests import samples
from tanggap.files.uploads import refused_uploads

BOUNDARY = "batas"


def post(**files: bytes) -> HttpRequest:
    """A form with a text before and one after its files."""
    parts = {name: SimpleUploadedFile(f"{name}.jpg", content) for name, content in files.items()}
    return RequestFactory().post("/lapor/", {"text": "Jalan rusak", **parts, "place": "Sampang"})


def test_good_files_and_everything_typed_arrive() -> None:
    request = post(one=samples.photo(), two=samples.pdf())
    assert request.POST.dict() == {"text": "Jalan rusak", "place": "Sampang"}
    assert request.FILES["one"].read() == samples.photo()
    assert request.FILES["two"].read() == samples.pdf()
    assert refused_uploads(request) == []


def test_a_refused_kind_is_skipped_with_its_sentence_and_the_rest_arrives() -> None:
    request = post(bad=b"MZ" + bytes(1000), good=samples.pdf())
    assert request.POST.dict() == {"text": "Jalan rusak", "place": "Sampang"}
    assert list(request.FILES) == ["good"]
    assert ["tidak diterima: program" in error.message for error in refused_uploads(request)] == [True]


def test_a_file_too_large_is_skipped_at_its_limit_and_the_rest_arrives() -> None:
    request = post(bad=b"%PDF-1.7" + bytes(11 * MEGABYTE), good=samples.pdf())
    assert request.POST.dict() == {"text": "Jalan rusak", "place": "Sampang"}
    assert list(request.FILES) == ["good"]
    assert [error.code for error in refused_uploads(request)] == ["file_too_large"]
    request.close()


class Body(io.RawIOBase):
    """A form with a text and so many videos of twenty megabytes, made as it is read, with a count of what was read."""

    def __init__(self, videos: int) -> None:
        self.given, self.rest, self.pieces = 0, b"", self._pieces(videos)

    def _pieces(self, videos: int) -> Iterator[bytes]:
        yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="text"\r\n\r\nJalan rusak\r\n'.encode()
        for number in range(videos):
            name = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f{number}"; filename="v"\r\n\r\n'
            yield name.encode() + b"\0\0\0\x18ftypisom"
            yield from [bytes(64 * 1024)] * 320
            yield b"\r\n"
        yield f"--{BOUNDARY}--\r\n".encode()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self.rest = self.rest or next(self.pieces, b"")
        piece, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(piece)] = piece
        self.given += len(piece)
        return len(piece)


def endless(size: int, videos: int) -> tuple[HttpRequest, Body]:
    body = Body(videos)
    request = RequestFactory().post("/lapor/", content_type=f"multipart/form-data; boundary={BOUNDARY}")
    request.META["CONTENT_LENGTH"] = str(size)
    request._stream = io.BufferedReader(body)
    return request, body


def test_files_that_are_too_large_together_are_skipped_from_the_limit_on() -> None:
    request, _ = endless(2 * MAX_REQUEST_BYTES, videos=7)
    assert request.POST.dict() == {"text": "Jalan rusak"}
    assert len(request.FILES) == 5
    assert {error.code for error in refused_uploads(request)} == {"request_too_large"}
    request.close()


def test_a_request_far_beyond_the_limit_is_not_read_to_its_end() -> None:
    request, body = endless(1_000 * MEGABYTE, videos=50)
    assert request.POST.dict() == {"text": "Jalan rusak"}
    assert request.FILES.dict() == {}
    assert body.given < MEGABYTE
    assert [error.code for error in refused_uploads(request)] == ["request_too_large"]


def test_a_form_without_files_has_refused_none() -> None:
    request = RequestFactory().post("/lapor/", {"text": "Jalan rusak"})
    assert request.POST["text"] == "Jalan rusak"
    assert refused_uploads(request) == []


@pytest.mark.parametrize("content", [b"", b"x"])
def test_an_empty_or_tiny_file_does_no_harm(content: bytes) -> None:
    request = post(odd=content)
    assert request.POST["place"] == "Sampang"
