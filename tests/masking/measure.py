"""Precision and recall of masking per kind: `python -m tests.masking.measure [--misses PART] [--write]`.

A label is found when every letter and digit of it is covered by spans of its own kind, and hidden when spans of any
kind cover it. A span is right when every letter and digit of it lies in labels of its kind; spans that only touch
optional labels are not counted.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tanggap.common.masking import KINDS, Span, mask
from tests.masking.texts import PARTS, Label, Labelled, labelled_texts

README: Final = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
RECALL: Final = {"NIK": 0.98, "TELEPON": 0.98, "EMAIL": 0.98, "PLAT": 0.98, "NPWP": 0.98, "REKENING": 0.9, "NAMA": 0.85}
PRECISION: Final = 0.95


@dataclass(frozen=True)
class Score:
    """Counts of one kind: labels, those found, those hidden under any name; spans, and those that are right."""

    labels: int
    found: int
    hidden: int
    spans: int
    right: int

    @property
    def recall(self) -> float:
        """Share of labels found; 1 where there are none."""
        return self.found / self.labels if self.labels else 1.0

    @property
    def precision(self) -> float:
        """Share of spans that are right; 1 where there are none."""
        return self.right / self.spans if self.spans else 1.0


def score(texts: Iterable[Labelled]) -> dict[str, Score]:
    """The scores of every kind over these texts."""
    counts: Counter[tuple[str, str]] = Counter()
    for item in texts:
        spans = mask(item.text).spans
        for label in item.labels:
            if not label.optional:
                counts[label.kind, "labels"] += 1
                counts[label.kind, "found"] += is_found(item, label, spans)
                counts[label.kind, "hidden"] += is_hidden(item, label, spans)
        for span in spans:
            right = is_right(item, span)
            counts[span.kind, "spans"] += right is not None
            counts[span.kind, "right"] += right is True
    fields = ("labels", "found", "hidden", "spans", "right")
    return {kind: Score(*(counts[kind, field] for field in fields)) for kind in KINDS}


def is_found(item: Labelled, label: Label, spans: Sequence[Span]) -> bool:
    """Whether spans of the label's own kind cover it."""
    return is_hidden(item, label, [span for span in spans if span.kind == label.kind])


def is_hidden(item: Labelled, label: Label, spans: Sequence[Span]) -> bool:
    """Whether these spans cover the label."""
    return _characters(item, label) <= {at for span in spans for at in range(span.start, span.end)}


def is_right(item: Labelled, span: Span) -> bool | None:
    """Whether the span hides labelled characters alone; None when it only touches optional ones."""
    labels = [label for label in item.labels if label.kind == span.kind]
    inside = {at for label in labels for at in range(label.start, label.end)}
    if not _characters(item, span) <= inside:
        return False
    firm = {at for label in labels if not label.optional for at in range(label.start, label.end)}
    return True if _characters(item, span) & firm else None


def _characters(item: Labelled, part: Label | Span) -> set[int]:
    return {at for at in range(part.start, part.end) if item.text[at].isalnum()}


def table() -> str:
    """The Markdown table: all texts, and those of the newest part alone."""
    mending, held = (labelled_texts(part) for part in PARTS)
    over_all, over_held = score([*mending, *held]), score(held)
    lines = [
        f"{len(mending) + len(held)} texts, {len(held)} of them the newest part (before mending: see below).",
        "",
        "| Kind | Goal | Labels | Recall | Precision | Hidden | Newest part: labels | Recall | Precision | Hidden |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for kind in KINDS:
        goal = f"{RECALL[kind]:.2f}" if kind in RECALL else "–"
        lines.append(f"| {kind} | {goal} | {_cells(over_all[kind])} | {_cells(over_held[kind])} |")
    return "\n".join(lines) + "\n"


def _cells(of: Score) -> str:
    hidden = of.hidden / of.labels if of.labels else 1.0
    return f"{of.labels} | {of.recall:.3f} | {of.precision:.3f} | {hidden:.3f}"


def misses(part: str) -> list[str]:
    """One line for each label not found and each span that is wrong."""
    lines = []
    for item in labelled_texts(part):
        spans = mask(item.text).spans
        lost = [label for label in item.labels if not label.optional and not is_found(item, label, spans)]
        wrong = [span for span in spans if is_right(item, span) is False]
        lines += [f"{item.name} missed {at.kind} {item.text[at.start : at.end]!r}: {item.text!r}" for at in lost]
        lines += [f"{item.name} wrong {at.kind} {item.text[at.start : at.end]!r}: {item.text!r}" for at in wrong]
    return lines


def written() -> str:
    """The table the README holds."""
    return README.read_text(encoding="utf-8").partition(BEGIN + "\n")[2].partition(END)[0]


def main(arguments: Sequence[str]) -> None:
    """Print the table or the misses of a part, or write the table into the README."""
    parser = argparse.ArgumentParser(description="Precision and recall of masking.")
    parser.add_argument("--misses", choices=PARTS)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args(arguments)
    if asked.write:
        before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN + "\n")
        README.write_text(f"{before}{BEGIN}\n{table()}{END}{rest.partition(END)[2]}", encoding="utf-8")
    sys.stdout.write("\n".join(misses(asked.misses)) + "\n" if asked.misses else table())


if __name__ == "__main__":
    main(sys.argv[1:])
