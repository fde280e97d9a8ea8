"""The plain text of a theme as dialogues: see README.md for the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent
_LINE = re.compile(r"^(Saluran|Merek|Waktu|Warga|Orang lain|Petugas|Tanggap|Tanggap tidak|Hasil|Hasil \d+|Isi): ?(.*)$")


@dataclass(frozen=True)
class Line:
    """Who, what, and where it stands."""

    who: str
    text: str
    number: int


@dataclass
class Dialogue:
    """One conversation with what must come of it."""

    theme: str
    title: str
    lines: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.theme}: {self.title}"


def dialogues() -> list[Dialogue]:
    """All of them, theme by theme."""
    return [one for path in sorted(FOLDER.glob("*.txt")) for one in read(path)]


def read(path: Path) -> Iterator[Dialogue]:
    """Those of one file. Raises ValueError for a line that is in no form we know."""
    present: Dialogue | None = None
    for number, raw in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = raw.rstrip()
        if line.startswith("## "):
            if present:
                yield present
            present = Dialogue(path.stem, line[3:].strip())
        elif line.startswith("  ") and present and present.lines:
            last = present.lines[-1]
            present.lines[-1] = Line(last.who, f"{last.text}\n{line.strip()}", last.number)
        elif line and not line.startswith("#") and present is not None:
            if line.strip() == "Tanggap diam.":
                present.lines.append(Line("Diam", "", number))
                continue
            found = _LINE.match(line)
            if found is None:
                raise ValueError(f"{path.name}:{number}: {line!r}")
            present.lines.append(Line(found[1], found[2], number))
    if present:
        yield present
