"""Anybody can check a receipt without us: with openssl, the key of the site, and the file."""

from __future__ import annotations

import re
import subprocess
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tanggap.cases.receipt.signing import is_signed
from tanggap.common.tests.test_pdf import program
from tests.journeys.portal_walk import Walker

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(client: Client) -> bytes:
    walk = Walker(client)
    walk.to_preview("Lampu jalan di simpang tiga padam sejak kemarin.")
    form = next(form for form in walk.press("send").forms if form.action.endswith("tanda-terima.pdf"))
    return client.post(form.action, {"kode": form.fields["kode"], "kertas": "a4"}).content


def verified_by_openssl(folder: Path, client: Client, receipt: bytes) -> bool:
    """The commands printed on our page, run as they stand there."""
    page = client.get("/tanda-tangan/").content.decode()
    commands = re.search(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)
    assert commands is not None
    (folder / "tanda-terima.pdf").write_bytes(receipt)
    (folder / "kunci-tanggap.pem").write_bytes(client.get("/tanda-tangan/kunci-tanggap.pem").content)
    done = subprocess.run(["sh", "-c", unescape(commands[1])], cwd=folder, capture_output=True, check=False)
    return done.returncode == 0 and b"Verified Successfully" in done.stdout


def test_a_receipt_is_proved_offline_by_the_commands_on_our_page(
    client: Client, receipt: bytes, tmp_path: Path
) -> None:
    assert receipt.startswith(b"%PDF")
    assert receipt.rstrip().endswith(b"%%EOF")
    assert verified_by_openssl(tmp_path, client, receipt)
    assert is_signed(receipt)


@pytest.mark.parametrize("old", [b"/Title", b"%%EOF", b"stream"])
def test_one_changed_byte_is_noticed(client: Client, receipt: bytes, tmp_path: Path, old: bytes) -> None:
    forged = receipt.replace(old, old[:-1] + b"X", 1)
    assert not is_signed(forged)
    assert not verified_by_openssl(tmp_path, client, forged)


def test_a_second_signature_or_another_key_proves_nothing(receipt: bytes) -> None:
    line = re.search(rb"%TANGGAP-ED25519 [A-Za-z0-9+/=]+\n", receipt)
    assert line is not None
    assert not is_signed(receipt.replace(line[0], line[0] * 2))
    assert not is_signed(receipt.replace(line[0], b""))
    assert not is_signed(receipt, key=b"\x01" * 32)


def test_readers_still_open_it(receipt: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(receipt)
    done = subprocess.run([program("pdfinfo", "poppler-utils"), "a.pdf"], cwd=tmp_path, capture_output=True, check=True)
    assert b"Pages:           1" in done.stdout
    assert done.stderr == b""
