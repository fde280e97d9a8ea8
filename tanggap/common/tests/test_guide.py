"""The guides: read strictly, alike in both languages, harmless as HTML."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tanggap.common.guide import SLUGS, GuideFault, as_html, as_paper, guide, guide_with, parse


@pytest.mark.parametrize("slug", SLUGS)
def test_a_guide_says_the_same_in_both_languages_and_links_only_to_what_is_there(slug: str) -> None:
    ours, english = guide(slug, "id"), guide(slug, "en")
    assert [(b.kind, b.anchor, len(b.lines)) for b in ours.blocks] == [
        (b.kind, b.anchor, len(b.lines)) for b in english.blocks
    ]
    anchors = {anchor for anchor, _heading in ours.sections}
    links = [s.address for b in (*ours.blocks, *english.blocks) for line in b.lines for s in line if s.kind == "link"]
    for address in links:
        path, _, anchor = address.partition("#")
        assert path or anchor in anchors, address
        try:
            assert not path or resolve(path)
        except Resolver404:
            pytest.fail(f"{slug}: {path} leads nowhere")


@pytest.mark.parametrize(
    "wrong",
    [
        "tanpa judul",
        "# Satu\n\n# Dua",
        "# A\n\n<script>alert(1)</script>",
        "# A\n\n[x](javascript:alert(1))",
        "# A\n\n[x](//jahat.example/)",
        "# A\n\n[x](http://contoh.id/)",
        "# A\n\n- satu\n1. dua",
        "# A\n\n**tanpa akhir",
        "# A\n\n## Satu {#a}\n\n## Dua {#a}",
        "# A\n\n|tabel|",
    ],
)
def test_what_the_little_markdown_does_not_know_is_a_fault(wrong: str) -> None:
    with pytest.raises(GuideFault):
        parse(wrong)


def test_words_are_escaped_and_paper_gets_the_same_words() -> None:
    blocks = parse(
        "# Judul\n\n## Satu {#satu}\n\nA & B, **tebal**, `k`, [ke sini](/lapor/)\n\n- x\n- y\n  lanjut\n\n> catat"
    )
    html = as_html(blocks)
    assert 'A &amp; B, <b>tebal</b>, <kbd>k</kbd>, <a href="/lapor/">ke sini</a>' in html
    assert '<h2 id="satu">Satu</h2>' in html
    assert "<li>y lanjut</li>" in html
    words = [span[1] for block in as_paper(blocks) for line in block["lines"] for span in line]
    assert {"Judul", "tebal", "k", "ke sini", "y lanjut", "catat"} <= set(words)


def test_a_section_is_found_in_the_reader_s_own_guide_first() -> None:
    assert guide_with("identitas", ["pimpinan", "petugas"]) == "petugas"
    assert guide_with("tidak-ada", SLUGS) == ""


@pytest.mark.django_db
def test_citizens_read_help_in_both_languages() -> None:
    assert re.search(r'id="anonim-rahasia"', Client().get("/bantuan/").content.decode())
    assert "national identity number is never needed" in Client().get("/bantuan/?lang=en").content.decode()
