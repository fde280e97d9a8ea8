"""Documents: hostile words stay words, every sign has a place, the same data give the same bytes."""

from __future__ import annotations

import re
import subprocess
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tanggap.common.errors import Refused
from tanggap.common.pdf import render_pdf
from tests.packages import program

CODE = Path(__file__).resolve().parents[2]
AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TEMPLATE = """
#import "parts.typ": listing
#let body(data) = [
  = Judul
  #data.text
  #listing((1fr, 2fr), ("No.", "Isi"), data.rows)
]
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    place = tmp_path / "plain.typ"
    place.write_text(TEMPLATE, encoding="utf-8")
    return place


def text_of(document: bytes) -> str:
    command = program("pdftotext", "poppler-utils")
    done = subprocess.run([command, "-", "-"], input=document, capture_output=True, timeout=200, check=True)
    return done.stdout.decode()


def facts_of(document: bytes) -> str:
    command = program("pdfinfo", "poppler-utils")
    done = subprocess.run([command, "-"], input=document, capture_output=True, timeout=200, check=True)
    return done.stdout.decode()


def test_markup_in_the_data_is_printed_as_it_was_written(template: Path) -> None:
    hostile = '#panic("x") *tebal* $1+1$ </a> \\ " ] #include "/etc/passwd" @nama'
    document = render_pdf(template, {"text": hostile, "rows": [["1", hostile]]}, title=hostile, language="id", at=AT)
    assert '#panic("x") *tebal* $1+1$' in text_of(document).replace("\n", " ").replace("“", '"').replace("”", '"')


@pytest.mark.parametrize(
    "sign", ["😀", "漢字", "\x00", "\x1b[0m", "\ue000", "\U000e0001", "\ufdd0", "\u202eabc", "👨‍👩‍👧", "\r\n", "ꦲꦏ꧀"]
)
def test_a_sign_no_font_has_costs_no_document(template: Path, sign: str) -> None:
    document = render_pdf(template, {"text": f"a {sign} b", "rows": [["1", sign]]}, title=sign, language="id", at=AT)
    assert document.startswith(b"%PDF-")


def test_four_hundred_strange_signs_cost_no_document(template: Path) -> None:
    strange = "".join(chr(0x4E00 + number) for number in range(400))
    assert "ekor" in text_of(render_pdf(template, {"text": f"{strange} ekor", "rows": []}, title="x", language="id"))


def test_the_same_data_give_the_same_bytes_in_every_thread(template: Path) -> None:
    made: list[bytes] = []

    def make() -> None:
        made.append(render_pdf(template, {"text": "surat", "rows": [["1", "a"]]}, title="x", language="id", at=AT))

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(made) == 6
    assert len(set(made)) == 1


def test_a_document_is_tagged_and_has_title_and_language(template: Path) -> None:
    document = render_pdf(template, {"text": "a", "rows": []}, title="Surat teguran", language="id", at=AT)
    facts = facts_of(document)
    assert re.search(r"Title:\s+Surat teguran", facts)
    assert re.search(r"Tagged:\s+yes", facts)
    assert re.search(r"PDF subtype:\s+PDF/A-2a|Conformance:\s+Level A", facts) or b"pdfaid" in document
    assert b"/Lang" in document


def test_more_data_than_a_document_holds_is_refused_at_once(template: Path) -> None:
    with pytest.raises(Refused, match="terlalu panjang"):
        render_pdf(template, {"text": "a" * 2_100_000, "rows": []}, title="x", language="id")


def test_no_template_evaluates_text_or_reads_files_of_its_own() -> None:
    for place in CODE.rglob("*.typ"):
        text = place.read_text(encoding="utf-8")
        assert not re.search(r"\beval\s*\(|\bread\s*\(|#include\b|\bplugin\s*\(|@preview", text), place
