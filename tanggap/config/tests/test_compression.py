"""What everybody may read comes compressed; what is made for one reader never does."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Cast
from tests.journeys.console import sign_in

pytestmark = pytest.mark.django_db
ASKED = {"accept-encoding": "gzip"}


@pytest.mark.parametrize("path", ["/", "/statistik/", "/laporan/", "/hak/"])
def test_a_public_page_comes_compressed_to_who_can_read_that(client: Client, path: str) -> None:
    answer = client.get(path, headers=ASKED)
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).startswith(b"<!doctype html>")
    assert "Content-Encoding" not in client.get(path).headers


def test_nothing_with_a_session_is_compressed(client: Client, cast: Cast) -> None:
    signed_in = sign_in(cast, "verifier").client
    for path in ("/kerja/", "/"):
        assert "Content-Encoding" not in signed_in.get(path, headers=ASKED).headers


def test_a_case_is_compressed_for_everybody_but_not_for_who_unlocked_it(client: Client, submit: Any) -> None:
    receipt = submit(anonymous=True)
    address = f"/l/{receipt.case.tracking_id}"
    assert client.get(address, headers=ASKED)["Content-Encoding"] == "gzip"
    opened = client.post(f"{address}/kode", {"code": receipt.secret_code}, headers=ASKED)
    assert settings.SESSION_COOKIE_NAME in opened.cookies
    for answer in (opened, client.get(address, headers=ASKED)):
        assert "Content-Encoding" not in answer.headers
