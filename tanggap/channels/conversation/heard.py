"""A message as the engine takes it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

# What no person types and what disguises words: control, format (zero width, direction) and surrogate characters.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


@dataclass(frozen=True, slots=True)
class Heard:
    """One message.

    `files` counts pictures, documents and videos that were kept, `voices` recordings; they lie under `tokens`.
    `refused` are the reasons for which other files were not taken. `quoted` is the tracking id of the sender's own
    case whose message is answered: whoever fills it has proved that it is the sender's. `source` is the tag of the
    poster whose link opened the chat.
    """

    text: str = ""
    choice: str = ""
    files: int = 0
    voices: int = 0
    tokens: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    sticker: bool = False
    point: tuple[float, float] | None = None
    quoted: str = ""
    source: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it says anything to us: a contact card, a poll, a file that was refused."""
        return not (self.text or self.choice or self.files or self.voices or self.point)

    @property
    def is_button_only(self) -> bool:
        """A pressed button and nothing else."""
        return bool(self.choice) and not (self.text or self.files or self.voices or self.point)

    @property
    def is_files_only(self) -> bool:
        """A picture without words."""
        return bool(self.files) and not (self.text or self.choice or self.voices or self.point)


def cleaned(heard: Heard) -> Heard:
    """The same message without characters nobody sees: what is read is what is there."""
    return replace(heard, text=visible(heard.text), choice=visible(heard.choice)[:64])


def visible(text: str) -> str:
    """The text without control, zero-width and direction characters; line ends stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (one for one in text if one in "\n\t" or unicodedata.category(one) not in _UNSEEN)
    return "".join(kept).strip()
