"""A reporter covers parts of a photo, or keeps a file from the public: nobody else ever gets what was covered."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tanggap.cases.models import Case
from tanggap.cases.recording import find_case
from tanggap.cases.services.review_file import review_file
from tanggap.common.errors import Refused
from tanggap.files.models import StoredFile, Visibility
from tests.cast import DAY, Cast
from tests.journeys.console import sign_in
from tests.journeys.portal_walk import Walker
from tests.paths import HOUR, verify

pytestmark = pytest.mark.django_db
STORY = "Jalan berlubang di depan pasar."
LEFT_HALF = "0,0,500,1000"


def photo() -> io.BytesIO:
    """Red left, green right."""
    out = io.BytesIO()
    image = Image.new("RGB", (80, 40), (250, 0, 0))
    image.paste((0, 250, 0), (40, 0, 80, 40))
    image.save(out, "PNG")
    out.seek(0)
    out.name = "foto.png"
    return out


def colours(response: Any) -> tuple[Any, Any]:
    content = response.getvalue()
    image = Image.open(io.BytesIO(content)).convert("RGB")
    return image.getpixel((20, 20)), image.getpixel((60, 20))


def is_black(pixel: Any) -> bool:
    return max(pixel) < 30


def reporting(client: Client, **anda: str) -> tuple[Walker, str]:
    """At the last page with a photo, and the photo's token."""
    walk = Walker(client)
    walk.press(text=STORY, files=[photo()])
    walk.press(region="-")
    walk.press(agency="35.27", classification="complaint")
    walk.press()
    walk.press(**anda)
    token = re.search(r'name="areas-([0-9a-f]{32})"', walk.page.html)
    assert token is not None, walk.page.text
    return walk, token[1]


def sent(walk: Walker) -> Case:
    found = re.search(r'class="code number">([0-9A-Z-]+)<', walk.press("send").html)
    assert found, walk.page.text
    return find_case(found[1])


def published(case: Case, cast: Cast) -> StoredFile:
    verify(case, cast, "35.27/dpupr", DAY + HOUR)
    stored = StoredFile.objects.get(owner=case.stream)
    review_file(token=stored.token, visibility="public", actor=cast["verifier"], now=DAY + HOUR)
    return stored


def test_what_is_covered_is_black_for_everybody_and_whole_for_the_reporter(client: Client, cast: Cast) -> None:
    walk, token = reporting(client)
    walk.press("stay", **{f"areas-{token}": LEFT_HALF})
    assert "tampil dengan bagian yang Anda tutup" in walk.page.text
    case = sent(walk)
    stored = published(case, cast)
    address = f"/l/{case.tracking_id}/berkas/{stored.token}"
    left, right = colours(Client().get(address))
    assert is_black(left)
    assert right[1] > 200
    assert colours(client.get(address))[0][0] > 200, "the reporter still has the own photo"
    part = Client().get(address, headers={"Range": "bytes=0-9"})
    assert len(part.getvalue()) == 10
    assert part["Content-Range"].endswith(f"/{stored.painted_size}")


def test_marks_made_just_before_sending_count(client: Client, cast: Cast) -> None:
    walk, token = reporting(client)
    found = re.search(r'class="code number">([0-9A-Z-]+)<', walk.press("send", **{f"areas-{token}": LEFT_HALF}).html)
    assert found is not None
    assert published(find_case(found[1]), cast).painted_sha256


def test_the_agency_gets_an_anonymous_reporters_photo_covered_too(client: Client, cast: Cast) -> None:
    walk, token = reporting(client, anonymous="on")
    walk.press("stay", **{f"areas-{token}": LEFT_HALF})
    case = sent(walk)
    stored = published(case, cast)
    officer = sign_in(cast, "officer").client
    assert is_black(colours(officer.get(f"/kerja/berkas/{stored.token}"))[0])


def test_a_file_kept_from_the_public_is_never_published(client: Client, cast: Cast) -> None:
    walk, token = reporting(client)
    walk.press("stay", private_files=token)
    assert "tidak tampil untuk umum" in walk.page.text
    case = sent(walk)
    verify(case, cast, "35.27/dpupr", DAY + HOUR)
    with pytest.raises(Refused):
        review_file(token=token, visibility="public", actor=cast["verifier"], now=DAY + HOUR)
    assert StoredFile.objects.get(token=token).visibility == Visibility.INTERNAL


def test_the_photo_of_a_draft_opens_with_the_forms_own_key_alone(client: Client) -> None:
    walk, token = reporting(client)
    key = walk.fields["key"]
    assert colours(client.post("/lapor/gambar/", {"key": key, "picture": token}))[0][0] > 200
    for asked in ({"key": "0" * 32, "picture": token}, {"picture": token}, {"key": key, "picture": "0" * 32}):
        assert client.post("/lapor/gambar/", asked).status_code == 404
    assert client.get("/lapor/gambar/").status_code == 405
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/lapor/gambar/", {"key": key, "picture": token}, headers=foreign).status_code == 404


@pytest.mark.parametrize("areas", ["x", "0,0,0,10", "900,0,200,10", "1,2,3", "0,0,1,1;" * 301, "-1,0,1,1", "١,0,1,1"])
def test_marks_that_are_none_are_refused_with_a_sentence(client: Client, areas: str) -> None:
    walk, token = reporting(client)
    assert "tidak terbaca" in walk.press("stay", **{f"areas-{token}": areas}).text
    assert StoredFile.objects.get(token=token).painted_sha256 == ""


def test_uncovering_gives_the_whole_photo_back(client: Client) -> None:
    walk, token = reporting(client)
    walk.press("stay", **{f"areas-{token}": LEFT_HALF})
    walk.press("stay", **{f"areas-{token}": ""})
    assert StoredFile.objects.get(token=token).painted_sha256 == ""


def test_a_covered_photo_stays_covered_when_the_report_waits_on_the_device(client: Client) -> None:
    """The last press found no network: the device sends the whole form, photo included, from its queue."""
    walk, token = reporting(client)
    said = {**walk.fields, f"areas-{token}": LEFT_HALF, "attachments": photo()}
    answer = client.post("/lapor/antrean/", said, headers={"Idempotency-Key": walk.fields["key"]})
    assert answer.status_code == 201
    stored = StoredFile.objects.get(owner=Case.objects.get().stream, deleted_at__isnull=True)
    assert (stored.token, stored.areas, stored.sender_hides) == (token, LEFT_HALF, False)


def test_a_photo_whose_covers_were_lost_is_kept_from_the_public(client: Client) -> None:
    """The copy here expired meanwhile; the device has the photo, but nobody knows any more whose cover it was."""
    walk, token = reporting(client)
    said = {**walk.fields, f"areas-{token}": LEFT_HALF, "attachments": photo()}
    StoredFile.objects.all().delete()
    client.post("/lapor/antrean/", said, headers={"Idempotency-Key": walk.fields["key"]})
    stored = StoredFile.objects.get(owner=Case.objects.get().stream)
    assert (stored.areas, stored.sender_hides) == ("", True)


def ticked(token: str, *numbers: object) -> dict[str, str]:
    return {f"cell-{token}-{number}": "on" for number in numbers}


def test_without_javascript_parts_are_ticked_by_number(client: Client, cast: Cast) -> None:
    walk, token = reporting(client)
    assert "7 , baris 2, kolom 1" in walk.page.text
    left_half = ticked(token, *(row * 6 + column for row in range(8) for column in (1, 2, 3)))
    walk.press("stay", **left_half)
    assert left_half.items() <= walk.fields.items()
    case = sent(walk)
    left, right = colours(Client().get(f"/l/{case.tracking_id}/berkas/{published(case, cast).token}"))
    assert is_black(left)
    assert right[1] > 200


def test_boxes_left_as_they_are_keep_finer_marks_and_boxes_cleared_uncover(client: Client) -> None:
    walk, token = reporting(client)
    walk.press("stay", **{f"areas-{token}": "10,10,20,20"})
    assert ticked(token, 1).items() <= walk.fields.items()
    walk.press("stay")
    assert StoredFile.objects.get(token=token).areas == "10,10,20,20"
    del walk.fields[f"cell-{token}-1"]
    walk.press("stay")
    assert StoredFile.objects.get(token=token).areas == ""


def test_a_page_gone_back_to_says_what_is_covered(client: Client) -> None:
    """Its hidden fields are older than the picture's marks."""
    walk, token = reporting(client)
    old = {**walk.fields, "go": "stay"}
    walk.press("stay", **ticked(token, 1, 2))
    client.post("/lapor/", {**old, **ticked(token, 1, 2, 3)})
    assert StoredFile.objects.get(token=token).areas.count(";") == 2


@pytest.mark.parametrize("number", ["0", "49", "x", "", "٣"])
def test_a_number_that_no_part_has_is_refused_with_a_sentence(client: Client, number: str) -> None:
    walk, token = reporting(client)
    assert "tidak terbaca" in walk.press("stay", **ticked(token, number)).text
    wrong = {f"areas-{token}": "x", f"grid-{token}": "x", **ticked(token, 1)}
    assert "tidak terbaca" in walk.press("stay", **wrong).text
    assert StoredFile.objects.get(token=token).painted_sha256 == ""


def test_ticked_parts_of_a_photo_lost_meanwhile_keep_it_from_the_public(client: Client) -> None:
    walk, token = reporting(client)
    said = {**walk.fields, **ticked(token, 1), "attachments": photo()}
    StoredFile.objects.all().delete()
    client.post("/lapor/antrean/", said, headers={"Idempotency-Key": walk.fields["key"]})
    assert StoredFile.objects.get(owner=Case.objects.get().stream).sender_hides


def test_the_numbered_copy_opens_with_the_forms_own_key_alone(client: Client) -> None:
    walk, token = reporting(client)
    key = walk.fields["key"]
    answer = client.post("/lapor/gambar/", {"key": key, "numbered": token})
    assert answer["Content-Type"] == "image/jpeg"
    assert "no-store" in answer["Cache-Control"]
    assert Image.open(io.BytesIO(answer.content)).size == (1000, 500)
    assert client.post("/lapor/gambar/", {"key": "0" * 32, "numbered": token}).status_code == 404
