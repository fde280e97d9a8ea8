"""The guides that there are, by slug and language, and which of them explains what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tanggap.common.guide.markup import Block, parse

FOLDER: Final = Path(__file__).resolve().parents[3] / "docs" / "guide"
SLUGS: Final = (
    "petugas",
    "admin-instansi",
    "inspektorat",
    "pimpinan",
    "evaluator",
    "ombudsman",
    "admin-nasional",
    "warga",
)


@dataclass(frozen=True)
class Guide:
    """One guide in one language."""

    slug: str
    title: str
    blocks: list[Block]

    @property
    def sections(self) -> list[tuple[str, str]]:
        """(anchor, heading) of what can be linked to."""
        return [
            (block.anchor, "".join(span.text for span in block.lines[0]))
            for block in self.blocks
            if block.kind == "h2" and block.anchor
        ]


@cache
def guide(slug: str, language: str) -> Guide:
    """Indonesian unless English is asked for. Raises KeyError for a slug that is none."""
    if slug not in SLUGS:
        raise KeyError(slug)
    name = f"{slug}.en.md" if language == "en" else f"{slug}.md"
    blocks = parse((FOLDER / name).read_text(encoding="utf-8"))
    return Guide(slug, "".join(span.text for span in blocks[0].lines[0]), blocks)


def guide_with(anchor: str, slugs: Sequence[str]) -> str:
    """The first of these guides that has a section of this name; empty when none has."""
    return next((slug for slug in slugs if any(anchor == name for name, _title in guide(slug, "id").sections)), "")
