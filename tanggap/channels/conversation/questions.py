"""What is asked about a report and how each answer is taken. Every question can be skipped."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from tanggap.channels.conversation.cues import hiding_in
from tanggap.channels.conversation.dates import day_in, speaks_of_long
from tanggap.channels.conversation.talk import LONGEST_PLACE, Talk, echoed
from tanggap.channels.conversation.turns import Say
from tanggap.channels.conversation.vocabulary import every, number_in, plain
from tanggap.channels.conversation.world import Places
from tanggap.common import formats

QUESTIONS: Final = ("conduct", "about", "where", "region", "when", "photo", "hidden", "anonymous")
# The conduct question comes only when the words suggest it, the next two only when an answer leads there.
ALWAYS: Final = ("where", "when", "photo", "hidden", "anonymous")
LONG_ANSWER_WORDS: Final = 25
OLDEST: Final = date(1945, 8, 17)
_ANY_CASE = re.IGNORECASE | re.DOTALL
_CORRECTS = re.compile(
    r"^\s*(?:bukan|salah|ralat|maksud(?:nya)?(?: saya)?|no|not|sorry|i mean)\b[\s,:]*(.*)$", _ANY_CASE
)
_BUT = re.compile(r"^.*?\b(?:tapi|tetapi|melainkan|yang benar|but rather|but)\b[\s,:]*(?:di|in|at)?\s*(.+)$", _ANY_CASE)
_AFTER_COMMA = re.compile(r"^(?:di|in|at)\s+[^,]{1,60},\s*(.+)$", _ANY_CASE)


def ask(talk: Talk, question: str) -> None:
    """Put a question."""
    talk.to(question)
    if question == "region":
        lines = [f"{number}. {name}" for number, (_code, name) in enumerate(talk.memory.options, 1)]
        talk.say("ask_region", options="\n".join(lines))
        return
    talk.say(f"ask_{question}")


def note_what_is_said(talk: Talk, text: str, *, first: bool) -> None:
    """Take from a report's own words what need not be asked: place, day, flags (DOMAIN §5)."""
    draft = talk.draft
    if first:
        hiding = hiding_in(text)
        talk.jot(anonymous=draft.anonymous or hiding.anonymous, secret=draft.secret or hiding.secret)
    if not draft.region:
        _settle_region(talk, talk.world.places(text, answering=False))
    if draft.occurred_on is None and "when" not in draft.asked:
        day = day_in(text, _today(talk), answering=False)
        if day is not None and OLDEST <= day <= _today(talk):
            talk.jot(occurred_on=day)


def _settle_region(talk: Talk, places: Places) -> None:
    if places.found is not None:
        talk.jot(region=places.found.code, region_name=places.found.name)


def next_question(talk: Talk) -> str:
    """What is still missing, in the order it is asked; empty when nothing is."""
    draft = talk.draft
    known = {
        "where": bool(draft.place or draft.region or draft.latitude is not None),
        "when": bool(draft.occurred_on or draft.when or speaks_of_long(draft.text)),
        "photo": bool(draft.files),
        "hidden": draft.guarded,
        # What is about conduct is secret anyway; whether the office may learn who said it is still open.
        "anonymous": draft.anonymous or not draft.supervisory,
    }
    return next((name for name in ALWAYS if name not in draft.asked and not known[name]), "")


def mark(talk: Talk, question: str) -> None:
    """This question is done with."""
    if question not in talk.draft.asked:
        talk.jot(asked=(*talk.draft.asked, question))


def answer(talk: Talk, question: str) -> bool:
    """Take the answer; whether the talk may go on. Otherwise something was said and the question stays."""
    if talk.means("skip", near=question not in ("where", "about")):
        _skipped(talk, question)
        return True
    return _ANSWERS[question](talk)


def _skipped(talk: Talk, question: str) -> None:
    if question == "conduct":
        # Whoever does not know is protected: only a plain "no" lets the local desk read it.
        talk.jot(supervisory=True)
    mark(talk, question)


def _conduct(talk: Talk) -> bool:
    said = talk.picks("yes", "no")
    if not said:
        if talk.misses():
            _skipped(talk, "conduct")
            talk.add_text(talk.heard.text)
            return True
        talk.say("not_understood")
        return False
    mark(talk, "conduct")
    if said == "yes":
        talk.jot(supervisory=True)
        ask(talk, "about")
        return False
    return True


def _about(talk: Talk) -> bool:
    talk.jot(person=" ".join(talk.heard.text.split())[:LONGEST_PLACE])
    mark(talk, "about")
    return True


def _where(talk: Talk) -> bool:
    text = talk.heard.text
    mark(talk, "where")
    if not text:
        return True
    day = day_in(text, _today(talk), answering=False)
    if day is not None and OLDEST <= day <= _today(talk) and talk.draft.occurred_on is None:
        talk.jot(occurred_on=day)
    if len(text.split()) > LONG_ANSWER_WORDS:
        talk.add_text(text)
    else:
        talk.jot(place=" ".join(text.split())[:LONGEST_PLACE])
    places = talk.world.places(text, answering=True)
    _settle_region(talk, places)
    if places.found is None and places.options:
        talk.remember(options=tuple((one.code, one.name) for one in places.options))
        ask(talk, "region")
        return False
    return True


def _region(talk: Talk) -> bool:
    options = talk.memory.options
    number = number_in(talk.heard.text)
    if talk.heard.choice.isdigit():
        number = int(talk.heard.choice)
    if number is not None and 1 <= number <= len(options):
        code, name = options[number - 1]
        talk.jot(region=code, region_name=name)
    elif talk.heard.text:
        _settle_region(talk, talk.world.places(talk.heard.text, answering=True))
        talk.jot(place=f"{talk.draft.place}, {' '.join(talk.heard.text.split())}"[:LONGEST_PLACE])
    talk.remember(options=())
    return True


def _when(talk: Talk) -> bool:
    text = talk.heard.text
    today = _today(talk)
    day = day_in(text, today, answering=True)
    if day is not None and day > today:
        if not talk.misses():
            talk.say("when_future")
            return False
        day = None
    if day is not None and day >= OLDEST:
        talk.jot(occurred_on=day)
    elif text:
        talk.jot(when=" ".join(text.split())[:LONGEST_PLACE])
    mark(talk, "when")
    return True


def _photo(talk: Talk) -> bool:
    """Pictures are taken before; words that are no "that is all" belong to the report."""
    if not talk.means("go_on", "no", "yes"):
        talk.add_text(talk.heard.text)
    elif talk.means("yes") and not talk.draft.files:
        talk.say("ask_photo")
        return False
    mark(talk, "photo")
    return True


def _hidden(talk: Talk) -> bool:
    picked = talk.picks("open", "anonymous", "secret", "both") or talk.means("no")
    hiding = hiding_in(talk.heard.text)
    if not picked and (hiding.anonymous or hiding.secret):
        picked = "both" if hiding.anonymous and hiding.secret else "anonymous" if hiding.anonymous else "secret"
    if not picked and not talk.misses():
        talk.say("not_understood")
        return False
    if picked:
        talk.jot(anonymous=picked in ("anonymous", "both"), secret=picked in ("secret", "both"))
    mark(talk, "hidden")
    return True


def _anonymous(talk: Talk) -> bool:
    said = talk.picks("yes", "no") or talk.means("anonymous")
    if not said and not talk.misses():
        talk.say("not_understood")
        return False
    # Not understood twice: hidden, which can still be changed before it is sent.
    talk.jot(anonymous=said != "no")
    mark(talk, "anonymous")
    return True


_ANSWERS: dict[str, Callable[[Talk], bool]] = {
    "conduct": _conduct,
    "about": _about,
    "where": _where,
    "region": _region,
    "when": _when,
    "photo": _photo,
    "hidden": _hidden,
    "anonymous": _anonymous,
}


def corrected_place(talk: Talk) -> bool:
    """Whether the message corrects the place: "bukan di Demak tapi di Semarang", "salah, di Kecamatan Bonang"."""
    text = talk.heard.text
    corrects = _CORRECTS.match(text)
    if corrects is None:
        return False
    meant = _BUT.match(text) or _AFTER_COMMA.match(corrects[1])
    place = (meant or corrects)[1].strip()
    head = place.split(maxsplit=1)[0].casefold() if place else ""
    found = talk.world.places(place, answering=True) if place else Places()
    if found.found is None and head not in every("place", "before"):
        return False
    talk.jot(place=place[:LONGEST_PLACE], region="", region_name="")
    _settle_region(talk, found)
    return True


def corrected_day(talk: Talk) -> bool:
    """Whether the message is nothing but a day: that is when it happened."""
    if len(plain(talk.heard.text).split()) > 5:
        return False
    day = day_in(talk.heard.text, _today(talk), answering=True)
    if day is None or not OLDEST <= day <= _today(talk):
        return False
    talk.jot(occurred_on=day, when="")
    return True


def show_summary(talk: Talk) -> None:
    """What will be sent, to be confirmed; of a guarded report nothing is repeated (DOMAIN §5)."""
    talk.to("confirm")
    draft = talk.draft
    hidden = draft.guarded
    place = ", ".join(dict.fromkeys(part for part in (draft.place, draft.region_name) if part))
    if not place and draft.latitude is not None:
        place = f"{draft.latitude:.5f}, {draft.longitude:.5f}"
    when = formats.long_date(draft.occurred_on, talk.language) if draft.occurred_on else draft.when
    count = draft.files + draft.voices
    talk.say(
        "summary",
        text=_shown(echoed(draft.text), hidden),
        place=_shown(echoed(place), hidden),
        when=_shown(echoed(when), hidden),
        files=str(count) if count else Say("no_files"),
        privacy=privacy_of(anonymous=draft.anonymous, secret=draft.secret or draft.supervisory),
    )


def _shown(value: str, hidden: bool) -> str | Say:
    if not value:
        return Say("not_said")
    return Say("not_repeated") if hidden else value


def privacy_of(*, anonymous: bool, secret: bool) -> Say:
    """How a report is shown, in words."""
    if anonymous and secret:
        return Say("privacy_both")
    return Say("privacy_anonymous" if anonymous else "privacy_secret" if secret else "privacy_open")


def _today(talk: Talk) -> date:
    return talk.world.now.astimezone(talk.world.zone).date()
