"""Between the engine and the house: loads what it must know, has its deed done, puts its answer in the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tanggap.channels.conversation import engine
from tanggap.channels.conversation.heard import Heard
from tanggap.channels.conversation.memory import Memory, from_json, to_json
from tanggap.channels.conversation.phrasing import in_words
from tanggap.channels.conversation.settling import settle
from tanggap.channels.conversation.turns import Turn
from tanggap.channels.deeds import perform
from tanggap.channels.knowing import chat_of
from tanggap.channels.lookups import House
from tanggap.channels.models import Chat, Inbound
from tanggap.channels.said import Fetched, Said
from tanggap.channels.talking import say_into, sender_of
from tanggap.common.crypto import CannotUnseal, seal_json, unseal_json
from tanggap.directory.models import Brand


def converse(row: Inbound, said: Said, fetched: Fetched, *, now: datetime) -> tuple[Chat, str]:
    """One turn with private words, under the lock of the chat until commit; a comment is no conversation.

    Gives the chat, and the stream of the case the message became part of.
    """
    chat = chat_of(row, said.sender)
    brand = Brand.objects.select_related("agency").filter(slug=row.brand).first()
    house = House(chat, sender_of(chat), brand, now)
    before = memory_of(chat)
    turn = _thought(chat, house, before, _heard(said, fetched, house))
    language = turn.memory.language or chat.language
    stream = ""
    if turn.deed is not None:
        outcome = perform(turn.deed, house, language=language)
        turn = settle(turn, outcome, house, before=before)
        stream = chat.case.stream if turn.deed is not None and chat.case is not None else ""
    words = in_words(turn.says, language=turn.memory.voice or language, brief=house.brief)
    if words:
        say_into(chat, words, key=f"inbound:{row.pk}:0", source=f"inbound:{row.pk}", now=now)
    _keep(chat, turn, language, now)
    return chat, stream


def memory_of(chat: Chat) -> Memory:
    """What was kept of the talk; nothing where it cannot be read any more."""
    if chat.sealed_memory is None:
        return Memory()
    try:
        return from_json(unseal_json(chat.sealed_memory, context=chat.context))
    except CannotUnseal:
        return Memory()


def _heard(said: Said, fetched: Fetched, house: House) -> Heard:
    return Heard(
        text=said.text,
        choice=said.choice,
        files=fetched.files,
        voices=fetched.voices,
        tokens=fetched.tokens,
        refused=fetched.refused,
        sticker=any(media.kind == "sticker" for media in said.media),
        point=said.point,
        quoted=house.named(said.number) or house.quoted(said.quotes),
        source=said.source,
    )


def _thought(chat: Chat, house: House, memory: Memory, heard: Heard) -> Turn:
    """What the engine makes of it; in a chat that a person answers it mostly keeps quiet."""
    if not memory.language:
        memory = replace(memory, language="" if memory.heard_at is None else chat.language)
    if chat.wants_person_since is not None or chat.held_by_key:
        return engine.turn_while_held(memory, heard, house, answered=bool(chat.held_by_key))
    return engine.turn(memory, heard, house)


def _keep(chat: Chat, turn: Turn, language: str, now: datetime) -> None:
    """Guarded for good once anything in the talk was: what was written before stays readable in it."""
    draft, case = turn.memory.draft, chat.case
    asked = turn.memory.stage == "conduct"
    chat.guarded = chat.guarded or asked or draft.guarded or bool(case and (case.guarded or case.anonymous))
    chat.sealed_memory = seal_json(to_json(turn.memory), context=chat.context)
    chat.language = language
    chat.heard_at = now
    chat.save()
