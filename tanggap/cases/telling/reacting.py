"""Which events speak to the reporter, and which take back what was already said: for the table of reactions."""

from __future__ import annotations

from tanggap.cases.telling.hide import GUARDING, hide_words
from tanggap.cases.telling.tell import TOLD, tell_reporter

TELLINGS = {
    name: (*((hide_words,) if name in GUARDING else ()), *((tell_reporter,) if name in TOLD else ()))
    for name in (*TOLD, *GUARDING)
}
