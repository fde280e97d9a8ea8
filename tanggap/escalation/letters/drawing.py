"""A letter and the register as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import structlog
import typst

from tanggap.common.pdf import render_pdf
from tanggap.common.qr import qr_svg

log = structlog.get_logger(__name__)
LETTER: Final = Path(__file__).parent / "letter.typ"
REGISTER: Final = Path(__file__).parent / "register.typ"


def letter_pdf(content: Mapping[str, Any], *, logo: str, title: str, author: str, at: datetime) -> bytes:
    """The letter on paper. A logo that cannot be drawn costs the logo, not the letter."""
    files = {"qr.svg": qr_svg(content["verify"])}
    if logo:
        try:
            drawn = {**files, "logo.svg": logo.encode()}
            return _pdf(LETTER, {**content, "logo": True}, drawn, title=title, author=author, at=at)
        except typst.TypstError:
            log.warning("letters.logo_unusable")
    return _pdf(LETTER, {**content, "logo": False}, files, title=title, author=author, at=at)


def register_pdf(content: Mapping[str, Any], *, title: str, author: str, at: datetime) -> bytes:
    """The register of some days on paper."""
    return _pdf(REGISTER, content, {}, title=title, author=author, at=at)


def _pdf(
    template: Path, data: Mapping[str, Any], files: dict[str, bytes], *, title: str, author: str, at: datetime
) -> bytes:
    return render_pdf(template, data, title=title, language="id", author=author, at=at, files=files)
