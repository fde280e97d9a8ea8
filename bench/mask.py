"""Masking what people write, beside the least that reading it can cost: one pass over the same texts in small letters.

The labelled texts of tests/masking are masked as they are, and then texts of 20,000 characters made to be slow: the
longest that a report may have. The best of several rounds counts, so that a neighbour on the machine does not.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bench.stage import Progress
from tanggap.common.masking import mask
from tests.masking.texts import PARTS, labelled_texts

TIMES = 3
LONGEST = 20_000
UNITS = (
    "1", " ", "a", "bapak ", "Pak Budi ", "0812 ", "1.234.", "(0", "1-", "a@", "a.", "@a", "nik ", "O0l1", "[at] ",
    "B 1", "nol delapan ", "nama saya ", "Sdr Agus Agus ", "instagram.com/", "terima kasih\n",
)  # fmt: skip
"""What the slow texts are made of: digits, spaces, words that announce a name, and what nearly matches a pattern."""
GOALS = {"worst_seconds": 2.0}


def run(*, progress: Progress, rows: int = TIMES) -> dict[str, Any]:
    """The figures as one JSON object; what they mean stands in docs/how-to/measure.md. `rows`: rounds."""
    texts = [text.text for part in PARTS for text in labelled_texts(part)]
    progress(f"Masking {len(texts)} texts …")
    taken = _best(rounds=rows, work=lambda: [mask(text) for text in texts])
    floor = _best(rounds=rows, work=lambda: [text.lower() for text in texts])
    progress("Masking the slow ones …")
    slow = {unit: _best(rounds=1, work=lambda unit=unit: mask(_of(unit, LONGEST))) for unit in UNITS}  # type: ignore[misc]
    worst = max(slow, key=lambda unit: slow[unit])
    half = _best(rounds=rows, work=lambda: mask(_of(worst, LONGEST // 2)))
    again = _best(rounds=rows, work=lambda: mask(_of(worst, LONGEST)))
    return {
        "bench": "mask",
        "texts": len(texts),
        "texts_per_second": round(len(texts) / taken),
        "floor_texts_per_second": round(len(texts) / floor),
        "worst_unit": worst,
        "worst_seconds": round(again, 3),
        "worst_over_half_its_length": round(again / half, 2),
        "goal": GOALS,
        "reached": again <= GOALS["worst_seconds"],
    }


def _of(unit: str, length: int) -> str:
    return unit * (length // len(unit))


def _best(*, rounds: int, work: Callable[[], object]) -> float:
    """Processor seconds of the quickest round."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)
