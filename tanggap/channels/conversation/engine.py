"""One turn of a conversation: state × message → state, replies, at most one deed. Pure.

`turn` decides, the house does the deed, `settle` says what came of it. Nothing here knows a database, a channel's
protocol or whose case is whose: that is asked through `World`, which answers only what this sender may know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from tanggap.cases.urgency import sounds_urgent
from tanggap.channels.conversation import following, intake, questions
from tanggap.channels.conversation.cues import says_enough, small_talk
from tanggap.channels.conversation.heard import Heard, cleaned
from tanggap.channels.conversation.memory import LONGEST_TEXT, Draft, Memory, digest_of
from tanggap.channels.conversation.talk import Talk, echoed
from tanggap.channels.conversation.turns import CallPerson, LeavePerson, Say, Submit, Turn
from tanggap.channels.conversation.vocabulary import first_word, language_of, small_language
from tanggap.channels.conversation.world import World

LONG_SILENCE: Final = timedelta(hours=2)
STAGES: Final[dict[str, Callable[[Talk], None]]] = {
    "tell": intake.telling,
    "confirm": intake.confirming,
    "change": intake.changing,
    "rewrite": intake.rewriting,
    "which": following.which,
    "unknown": following.unknown,
    "objecting": following.objecting,
    **dict.fromkeys(questions.QUESTIONS, intake.in_question),
}
# Where any words may be the answer, a command counts only when it is spelt right: "Bantul" is no cry for help.
FREE_ANSWERS: Final = frozenset({"where", "about", "region", "rewrite", "objecting", "tell", "when"})


def turn(memory: Memory, heard: Heard, world: World) -> Turn:
    """What follows from one message of the sender."""
    talk = Talk(memory, cleaned(heard), world)
    _hear_language(talk)
    if sounds_urgent(talk.heard.text):
        talk.say("danger", numbers=world.emergency(talk.language))
    told, place = _wake(talk), len(talk.said)
    for reason in talk.heard.refused[:1]:
        talk.say("file_refused", reason=reason) if reason else talk.say("file_lost")
    if not (talk.heard.is_files_only or talk.heard.sticker):
        talk.remember(acked=False)
    _answer(talk)
    if told is not None:
        # Said first, worded last: what has just been asked to stay secret is not repeated.
        talk.said.insert(place, Say("resumed", {"have": _have(told, talk)}))
    talk.remember(heard_at=world.now)
    return talk.done()


def turn_while_held(memory: Memory, heard: Heard, world: World, *, answered: bool) -> Turn:
    """A message while a person is to answer: the machine keeps quiet, but never about danger.

    `answered` once somebody has taken the talk; before that the sender may still go back.
    """
    talk = Talk(memory, cleaned(heard), world)
    talk.take_files()
    talk.said.clear()
    if sounds_urgent(talk.heard.text):
        talk.say("danger", numbers=world.emergency(talk.language))
    elif not answered and talk.means("restart"):
        talk.deed = LeavePerson()
    talk.remember(heard_at=world.now)
    return talk.done()


def _hear_language(talk: Talk) -> None:
    """The language that is spoken; one that was agreed on changes only for words that leave no doubt."""
    known = talk.memory.language
    heard = language_of(talk.heard.text, least=4 if known else 2) or ("" if known else small_language(talk.heard.text))
    if heard and heard != known and (not known or len(talk.heard.text.split()) >= 6):
        talk.remember(language=heard)


def _wake(talk: Talk) -> Draft | None:
    """After hours of silence: what we still have and must say so; or that it is gone is said."""
    memory, now = talk.memory, talk.world.now
    if memory.draft_is_stale(now):
        talk.drop()
        talk.say("expired")
        return None
    silent = memory.heard_at is not None and now - memory.heard_at >= LONG_SILENCE
    return memory.draft if silent and not memory.draft.is_empty and memory.stage != "start" else None


def _have(draft: Draft, talk: Talk) -> Say:
    sent = talk.deed.draft.guarded if isinstance(talk.deed, Submit) else False
    if draft.guarded or talk.draft.guarded or sent or talk.memory.stage == "conduct":
        return Say("have_hidden")
    if draft.text:
        return Say("have_text", {"text": echoed(draft.text)})
    return Say("have_files", {"files": str(draft.files + draft.voices)})


def _answer(talk: Talk) -> None:
    heard = talk.heard
    if len(heard.text) > LONGEST_TEXT:
        talk.say("too_long")
        return
    if heard.is_empty:
        _nothing_said(talk)
        return
    if _command(talk) or _about_a_case(talk):
        return
    stage = talk.memory.stage
    handler = STAGES.get(stage)
    if handler is not None:
        handler(talk)
    elif not _after_a_deed(talk, stage):
        _opening(talk)


def _nothing_said(talk: Talk) -> None:
    """A sticker, a contact card, a file that was refused."""
    if talk.heard.refused or (talk.heard.sticker and talk.memory.acked):
        return
    talk.remember(acked=talk.heard.sticker)
    intake.answer_small(talk, "sticker" if talk.heard.sticker else "cannot_read")
    if talk.memory.stage in questions.QUESTIONS:
        questions.ask(talk, talk.memory.stage)


def _command(talk: Talk) -> bool:
    """The words that mean the same at any time; whether it was one of them."""
    near = talk.memory.stage not in FREE_ANSWERS
    if voice := talk.world.voice(talk.heard.text):
        talk.remember(voice=voice)
        _language_set(talk)
        return True
    said = talk.means(*_COMMANDS, near=near)
    if said:
        _COMMANDS[said](talk)
    return bool(said)


def _about_a_case(talk: Talk) -> bool:
    """CEK, a number, a quoted message, SELESAI or KEBERATAN; whether it was one of them."""
    rest = first_word(talk.heard.text, "check")
    if rest is not None and rest and following.check(talk, rest):
        return True
    if following.named(talk):
        return True
    asked = talk.memory.stage in questions.QUESTIONS or talk.memory.stage in (
        "confirm",
        "change",
        "rewrite",
        "objecting",
    )
    if not asked and talk.memory.stage != "tell":
        return following.to_answer(talk)
    part = first_word(talk.heard.text, "change") if talk.memory.stage == "confirm" else None
    if part:
        other = Talk(talk.memory, replace(talk.heard, text=part), talk.world)
        if chosen := other.means(*intake.CHANGES):
            intake.change(talk, chosen)
            return True
    return False


def _after_a_deed(talk: Talk, stage: str) -> bool:
    if stage == "rating":
        return following.rating(talk)
    if stage == "adding":
        if following.adding(talk):
            return True
        talk.to("start")
    return False


def _opening(talk: Talk) -> None:
    """Nothing is going on yet."""
    heard = talk.heard
    if heard.is_button_only:
        talk.say("not_understood")
        return
    kind = small_talk(heard.text) if heard.text else None
    if kind and not (heard.files or heard.voices or heard.point):
        intake.answer_small(talk, kind)
    elif talk.means("new", near=False):
        talk.to("tell")
        talk.say("tell")
    else:
        text = "" if kind else heard.text
        if not _is_known(talk, text):
            _new_report(talk, text)


def _is_known(talk: Talk, text: str) -> bool:
    """Whether it has been said before, or belongs to a case that exists."""
    if text and (intake.is_repeated(talk, digest_of(text)) or following.hide(talk)):
        return True
    return following.belongs(talk, text)


def _new_report(talk: Talk, text: str) -> None:
    talk.take_files()
    talk.take_point()
    talk.jot(source=talk.heard.source)
    if text and (says_enough(text, brief=talk.world.brief) or sounds_urgent(text)):
        intake.begin(talk, text)
    elif text:
        talk.add_text(text)
        questions.note_what_is_said(talk, text, first=True)
        talk.to("tell")
        intake.answer_small(talk, "tell_more")
    else:
        talk.remember(acked=talk.heard.is_files_only)
        intake.go_on(talk)


def _cancel(talk: Talk) -> None:
    had = talk.memory.stage != "start" or not talk.draft.is_empty
    talk.drop()
    talk.say("cancelled" if had else "nothing_to_cancel")


def _restart(talk: Talk) -> None:
    talk.drop()
    talk.to("tell")
    talk.say("restarted")


def _help(talk: Talk) -> None:
    talk.say("help")
    if talk.memory.stage in questions.QUESTIONS:
        questions.ask(talk, talk.memory.stage)


def _person(talk: Talk) -> None:
    talk.deed = CallPerson()


def _language(code: str) -> Callable[[Talk], None]:
    def change(talk: Talk) -> None:
        talk.remember(language=code, voice="")
        _language_set(talk)

    return change


def _language_set(talk: Talk) -> None:
    talk.say("language_set")
    if talk.memory.stage in questions.QUESTIONS:
        questions.ask(talk, talk.memory.stage)
    elif talk.memory.stage == "start":
        talk.say("greeting")


_COMMANDS: Final[dict[str, Callable[[Talk], None]]] = {
    "cancel": _cancel,
    "restart": _restart,
    "help": _help,
    "status": following.status,
    "person": _person,
    "to_english": _language("en"),
    "to_indonesian": _language("id"),
}
