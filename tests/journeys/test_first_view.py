"""What a page weighs when it is opened for the first time: the page and every file it names, as they are sent."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tanggap.cases.identity import Contact
from tanggap.common.clock import frozen
from tests.cast import DAY, Cast
from tests.journeys.console import sign_in
from tests.journeys.portal_walk import Walker
from tests.paths import HOUR, bring

pytestmark = pytest.mark.django_db
MOST, MOST_WITH_MAP = 60_000, 120_000
STORY = "Lampu jalan di depan pasar Ketapang padam sejak tiga malam; dua orang jatuh. Hubungi 0812-3456-7890."
_FILES = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="(/[^"]+)"')
_LATER = ('rel="manifest"', 'rel="alternate"', 'rel="apple-touch-icon"', 'loading="lazy"', 'rel="canonical"')


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with frozen(DAY + 5 * HOUR):
        yield


def weight(client: Client, answer: Any) -> int:
    """Bytes on the wire of an answer with all that a browser fetches before it is done."""
    page = _page(answer)
    whole = len(gzip.compress(page))
    for tag in dict.fromkeys(found[0] for found in _FILES.finditer(page.decode())):
        if not any(mark in tag for mark in _LATER):
            whole += _sent(client, tag.rsplit('="', 1)[1].rstrip('"'))
    return whole


def _page(answer: Any) -> bytes:
    body: bytes = answer.content
    return gzip.decompress(body) if answer.get("Content-Encoding") == "gzip" else body


def _sent(client: Client, address: str) -> int:
    if address.startswith("/static/"):
        found = finders.find(unquote(re.sub(r"\.[0-9a-f]{12}(?=\.)", "", address.removeprefix("/static/"))))
        assert isinstance(found, str), address
        with open(found, "rb") as file:
            return len(gzip.compress(file.read()))
    return len(gzip.compress(client.get(address).content))


def small(client: Client, answer: Any, page: str) -> None:
    assert answer.status_code == 200, page
    measured = weight(client, answer)
    most = MOST_WITH_MAP if b'class="map"' in _page(answer) else MOST
    assert measured > 10_000, f"{page}: its style sheet was not seen"
    assert measured <= most, f"{page} weighs {measured} bytes"


class Watched(Client):
    """A browser that remembers its last answer."""

    last: Any

    def request(self, **given: Any) -> Any:
        self.last = super().request(**given)
        return self.last


def test_every_step_of_the_form_and_the_receipt_are_small() -> None:
    client = Watched()
    walk = Walker(client)
    small(client, client.last, "the first step")
    walk.press(text=STORY)
    for name in ("tempat", "instansi", "siapa", "anda"):
        small(client, client.last, name)
        walk.press()
    small(client, client.last, "periksa")
    walk.press("send")
    small(client, client.last, "the receipt")


def test_a_case_is_small_for_everybody_who_opens_it(client: Client, submit: Callable[..., Any], cast: Cast) -> None:
    case = bring("answered", submit, cast, text=STORY, contact=Contact("Siti", "081234567890", ""))
    small(client, client.get(f"/l/{case.tracking_id}"), "the public page")
    receipt = submit(text=STORY)
    client.post(f"/l/{receipt.case.tracking_id}/kode", {"code": receipt.secret_code})
    small(client, client.get(f"/l/{receipt.case.tracking_id}"), "the reporter's page")
    officer = sign_in(cast, "officer")
    small(officer.client, officer.get("/kerja/"), "the inbox")
    small(officer.client, officer.open(case), "the case page of the console")


AROUND = ["/akun/", "/ikuti/", "/statistik/", "/instansi/35.27/", "/laporan/", "/tanda-tangan/"]


@pytest.mark.parametrize("path", AROUND)
def test_the_pages_around_are_small(client: Client, path: str) -> None:
    small(client, client.get(path, follow=True), path)
