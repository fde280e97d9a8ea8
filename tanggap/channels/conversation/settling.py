"""What is said once a deed was done, or could not be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tanggap.cases.urgency import sounds_urgent
from tanggap.cases.workflow import State
from tanggap.channels.conversation import questions
from tanggap.channels.conversation.heard import Heard
from tanggap.channels.conversation.memory import Memory, Sent, digest_of
from tanggap.channels.conversation.talk import Talk
from tanggap.channels.conversation.turns import (
    CallPerson,
    Confirm,
    Deed,
    Done,
    Failed,
    Hide,
    LeavePerson,
    Object,
    Rate,
    Reply,
    Say,
    Submit,
    Turn,
)
from tanggap.channels.conversation.world import World

LOW_RATING = 2


def settle(turn: Turn, outcome: Done | Failed, world: World, *, before: Memory) -> Turn:
    """The turn with the words and the memory that follow from its deed.

    After a refusal the memory is the one from before the message, so that nothing told is lost.
    """
    deed = turn.deed
    if deed is None:
        return turn
    if isinstance(outcome, Failed):
        kept = replace(before, heard_at=turn.memory.heard_at, language=turn.memory.language)
        return Turn(kept, (*turn.says, Say("failed", {"reason": outcome.reason})))
    talk = Talk(turn.memory, Heard(), world)
    talk.said = list(turn.says)
    _SETTLED[type(deed)](talk, deed, outcome)
    return Turn(talk.memory, tuple(talk.said), deed)


def _submitted(talk: Talk, deed: Deed, done: Done) -> None:
    assert isinstance(deed, Submit)
    draft = deed.draft
    at_once = bool(draft.voices) or sounds_urgent(draft.text)
    if draft.voices and not talk.world.brief:
        talk.say("voice_receipt")
    talk.say("receipt", **dict(done.values))
    if at_once and not talk.world.brief:
        talk.say("receipt_more")
    sent = Sent(digest_of(draft.text), done.tracking_id, talk.world.now)
    talk.drop()
    talk.memory = replace(talk.memory, case=done.tracking_id).with_sent(sent)
    if at_once and not talk.world.brief:
        talk.to("adding")


def _replied(talk: Talk, deed: Deed, done: Done) -> None:
    assert isinstance(deed, Reply)
    files_only = deed.draft.files and not (deed.draft.text or deed.draft.voices)
    acked = talk.memory.acked
    talk.remember(case=done.tracking_id, acked=bool(files_only))
    if files_only and acked:
        return
    was = done.values.get("was", "")
    key = {State.ON_HOLD.value: "added_on_hold", State.ANSWERED.value: "added_answered"}.get(was, "added")
    talk.say(key, tracking_id=done.tracking_id)


def _confirmed(talk: Talk, deed: Deed, done: Done) -> None:
    talk.drop()
    talk.remember(case=done.tracking_id, stage="start" if talk.world.brief else "rating")
    talk.say("confirmed", tracking_id=done.tracking_id)
    if not talk.world.brief:
        talk.say("ask_rating")


def _objected(talk: Talk, deed: Deed, done: Done) -> None:
    key = "objected_again" if done.values.get("again") else "objected"
    values = {"tracking_id": done.tracking_id}
    if key == "objected_again":
        values["link"] = done.values.get("link", "")
    talk.say(key, **values)


def _rated(talk: Talk, deed: Deed, done: Done) -> None:
    assert isinstance(deed, Rate)
    if deed.rating <= LOW_RATING and done.values.get("reopened"):
        talk.say("rated_low", tracking_id=done.tracking_id)
    else:
        talk.say("rated")


def _hidden(talk: Talk, deed: Deed, done: Done) -> None:
    hidden = {name: bool(done.values.get(name)) for name in ("anonymous", "secret")}
    talk.say("hidden_now", tracking_id=done.tracking_id, privacy=questions.privacy_of(**hidden))


def _called(talk: Talk, deed: Deed, done: Done) -> None:
    talk.say("person_called")


def _left(talk: Talk, deed: Deed, done: Done) -> None:
    talk.say("machine_back")
    if talk.memory.stage in questions.QUESTIONS:
        questions.ask(talk, talk.memory.stage)
    elif talk.memory.draft.is_empty:
        talk.say("tell")


_SETTLED: dict[type[Deed], Callable[[Talk, Deed, Done], None]] = {
    Submit: _submitted,
    Reply: _replied,
    Confirm: _confirmed,
    Object: _objected,
    Rate: _rated,
    Hide: _hidden,
    CallPerson: _called,
    LeavePerson: _left,
}
