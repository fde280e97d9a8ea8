"""The officer handbook: the same guides on paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from tanggap.common.guide.pages import as_paper
from tanggap.common.guide.shelf import SLUGS, guide
from tanggap.common.pdf import render_pdf

TEMPLATE: Final = Path(__file__).with_name("book.typ")
FOR_CITIZENS: Final = "warga"


@cache
def handbook_pdf(language: str) -> bytes:
    """Every guide for officers in one document; made once a process, since its words come with the release."""
    title = _("Buku pegangan petugas")
    guides = [guide(slug, language) for slug in SLUGS if slug != FOR_CITIZENS]
    data = {
        "title": title,
        "contents": _("Isi"),
        "page": _("Halaman"),
        "guides": [as_paper(one.blocks) for one in guides],
    }
    return render_pdf(TEMPLATE, data, title=title, language=language)
