"""The words shipped with the product: one file a template and language in `wordings/`, in sections."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "wordings"
HOUSE_LANGUAGE = "id"
_SECTION = re.compile(r"^== (subject|email|short|chat)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Words:
    """What one template says: subject and body of a mail, one SMS, a chat message (the mail's body where not given)."""

    subject: str
    email: str
    short: str
    chat: str

    def for_channel(self, channel: str) -> str:
        """The text that goes out by a channel."""
        if channel == "email":
            return self.email
        return self.chat if channel in ("whatsapp", "telegram") else self.short


@cache
def words_of(template: str, language: str) -> Words:
    """The shipped words; Indonesian where there are none in `language`. Raises FileNotFoundError for no template."""
    path = FOLDER / language / f"{template}.txt"
    if not path.exists():
        path = FOLDER / HOUSE_LANGUAGE / f"{template}.txt"
    return parsed(path.read_text(encoding="utf-8"))


def parsed(text: str) -> Words:
    """Sections by their `== name` lines."""
    pieces = _SECTION.split(text)
    found = {name: body.strip("\n") for name, body in zip(pieces[1::2], pieces[2::2], strict=True)}
    return Words(found["subject"], found["email"], found["short"], found.get("chat", found["email"]))
