"""The receipt as PDF, for an 80 mm receipt printer or on A4."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from tanggap.cases.models import Case
from tanggap.cases.receipt.contents import case_address, receipt_contents
from tanggap.cases.receipt.signing import signed_pdf
from tanggap.common.pdf import render_pdf
from tanggap.common.qr import qr_svg

TEMPLATE: Final = Path(__file__).with_name("receipt.typ")
ROLL, SHEET = "80mm", "a4"
PAPERS: Final = (ROLL, SHEET)


def receipt_pdf(case: Case, *, code: str, paper: str, now: datetime) -> bytes:
    """The receipt in the language of the case, signed. `paper` is one of PAPERS."""
    language = "en" if case.language == "en" else "id"
    with translation.override(language):
        contents = {**receipt_contents(case, code=code, now=now), "paper": paper}
        title = _("Tanda terima %(number)s") % {"number": case.tracking_id}
    made = render_pdf(
        TEMPLATE, contents, title=title, language=language, at=now, files={"qr.svg": qr_svg(case_address(case))}
    )
    return signed_pdf(made)
