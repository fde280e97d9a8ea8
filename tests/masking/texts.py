"""Reading the labelled texts: one a line, ⏎ for a line break, ⟦KIND:personal data⟧ for what must be hidden.

⟦KIND?:…⟧ marks what may be hidden or not: finding it is neither a hit nor a false alarm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PARTS: Final = ("mending", "held")
FOLDER: Final = Path(__file__).parent / "texts"
_MARK = re.compile(r"⟦([A-Z]+)(\??):([^⟦⟧]*)⟧")


@dataclass(frozen=True)
class Label:
    """Characters `start` to `end` (exclusive) of the plain text are personal data of `kind`."""

    start: int
    end: int
    kind: str
    optional: bool


@dataclass(frozen=True)
class Labelled:
    """A plain text and its labels; `name` is its file and line."""

    name: str
    text: str
    labels: tuple[Label, ...]


def labelled_texts(part: str) -> list[Labelled]:
    """All texts of one part, in the order of the files' names."""
    return [
        parse(f"{path.stem}:{number}", line)
        for path in sorted((FOLDER / part).glob("*.txt"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]


def parse(name: str, line: str) -> Labelled:
    """The plain text of one line and where its marks were."""
    line = line.replace("⏎", "\n")
    pieces: list[str] = []
    labels: list[Label] = []
    length = at = 0
    for mark in _MARK.finditer(line):
        before = line[at : mark.start()]
        start = length + len(before)
        length = start + len(mark[3])
        pieces += [before, mark[3]]
        labels.append(Label(start, length, mark[1], optional=bool(mark[2])))
        at = mark.end()
    text = "".join([*pieces, line[at:]])
    if "⟦" in text or "⟧" in text:
        raise ValueError(f"{name}: a mark is not closed")
    return Labelled(name, text, tuple(labels))
