"""One turn while it is being thought: what was heard, is remembered and will be said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from tanggap.channels.conversation.heard import Heard
from tanggap.channels.conversation.memory import LONGEST_TEXT, MOST_FILES, Draft, Memory
from tanggap.channels.conversation.turns import Deed, Say, Turn
from tanggap.channels.conversation.vocabulary import HOUSE_LANGUAGE, Meant, languages, meant, number_in
from tanggap.channels.conversation.world import World

LONGEST_PLACE: Final = 200
LONGEST_ECHO: Final = 400
MISSES_BEFORE_GOING_ON: Final = 2


class Talk:
    """The working table of one turn."""

    def __init__(self, memory: Memory, heard: Heard, world: World) -> None:
        self.memory, self.heard, self.world = memory, heard, world
        self.said: list[Say] = []
        self.deed: Deed | None = None

    @property
    def draft(self) -> Draft:
        """The report being told."""
        return self.memory.draft

    @property
    def language(self) -> str:
        """The language of the talk."""
        return self.memory.language or HOUSE_LANGUAGE

    def say(self, key: str, **values: str | Say) -> None:
        """One more phrase of the answer."""
        self.said.append(Say(key, values))

    def remember(self, **changes: Any) -> None:
        """Change the memory."""
        self.memory = replace(self.memory, **changes)

    def jot(self, **changes: Any) -> None:
        """Change the draft."""
        self.memory = replace(self.memory, draft=replace(self.draft, **changes))

    def to(self, stage: str) -> None:
        """Go on to a stage of the talk."""
        if stage != self.memory.stage:
            self.remember(stage=stage, misses=0)

    def drop(self) -> None:
        """Forget what was being told."""
        self.remember(draft=Draft(), stage="start", options=(), misses=0, acked=False)

    def done(self) -> Turn:
        """What follows from the message."""
        return Turn(self.memory, tuple(self.said), self.deed)

    def means(self, *names: str, near: bool = True) -> str:
        """The first of these commands that the message is, by a pressed button or by its words; empty for none."""
        if self.heard.choice in names:
            return self.heard.choice
        found: Meant | None = meant(self.heard.text, names, near=near)
        if found is None:
            return ""
        if not self.memory.language and found.language in languages():
            self.remember(language=found.language)
        return found.name

    def picks(self, *options: str) -> str:
        """One of the numbered options, by its number or its words."""
        number = number_in(self.heard.text) if self.heard.text else None
        if number is not None:
            return options[number - 1] if 1 <= number <= len(options) else ""
        return self.means(*options)

    def misses(self) -> bool:
        """Note that an answer was not understood; whether that has happened so often that we go on without it."""
        self.remember(misses=self.memory.misses + 1)
        return self.memory.misses >= MISSES_BEFORE_GOING_ON

    def take_files(self) -> None:
        """Put what was sent along to the draft, as much as it takes."""
        heard, draft = self.heard, self.draft
        if not (heard.files or heard.voices):
            return
        if draft.files + draft.voices + heard.files + heard.voices > MOST_FILES:
            self.say("too_many_files")
            return
        self.jot(
            files=draft.files + heard.files,
            voices=draft.voices + heard.voices,
            tokens=(*draft.tokens, *heard.tokens),
        )

    def take_point(self) -> None:
        """Put a location to the draft."""
        if self.heard.point is not None:
            latitude, longitude = self.heard.point
            self.jot(latitude=latitude, longitude=longitude)

    def add_text(self, text: str) -> bool:
        """Put words to the draft's; whether there was room for them."""
        joined = f"{self.draft.text}\n{text}".strip() if text else self.draft.text
        if len(joined) > LONGEST_TEXT:
            self.say("too_long")
            return False
        self.jot(text=joined)
        return True


def echoed(text: str) -> str:
    """The beginning of somebody's words, to be shown to them again."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_ECHO else line[:LONGEST_ECHO].rsplit(" ", 1)[0] + " …"
