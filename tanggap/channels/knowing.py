"""Knowing a person again: which chat is theirs, though they go by another account today, and which cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.secret_codes import prove_sender
from tanggap.channels.models import Chat, Inbound
from tanggap.channels.said import Sender
from tanggap.channels.talking import keep_sender, sender_of
from tanggap.common.crypto import blind_index, seal, unseal

# A person who changes the account again and again is still one; the list of names must end somewhere.
MOST_NAMES = 8


def chat_of(row: Inbound, sender: Sender) -> Chat:
    """The chat of this sender, locked until commit; made at the first word. The caller saves the row.

    A chat of an account the person had before becomes the chat of the present one.
    """
    keys = {"channel": row.channel, "brand": row.brand}
    index = _index_of(sender.channel, sender.account)
    chat = _locked(keys, [index])
    if chat is None and sender.formerly:
        chat = _locked(keys, [_index_of(sender.channel, name) for name in sender.formerly])
    if chat is None:
        Chat.objects.bulk_create([Chat(**keys, sender_index=index, hint=sender.hint)], ignore_conflicts=True)
        chat = Chat.objects.select_for_update().get(**keys, sender_index=index)
    _know(chat, index, sender)
    return chat


def move(row: Inbound, sender: Sender) -> Chat | None:
    """The provider says that somebody goes by another account: their chat follows; None where there is none.

    Whoever has spoken under the new account before we heard of it keeps that chat, and is known by the old names too.
    """
    keys = {"channel": row.channel, "brand": row.brand}
    index = _index_of(sender.channel, sender.account)
    present = _locked(keys, [index])
    chat = present or _locked(keys, [_index_of(sender.channel, name) for name in sender.formerly])
    if chat is None:
        return None
    _know(chat, index, sender, keeps_phone=present is not None)
    chat.save()
    return chat


def proving(actor: Actor, case: Case, sender: Sender) -> Actor:
    """The actor with this case proved as the own one, if it is reported from any account the person is known by."""
    accounts = [f"{sender.channel}:{name}" for name in (sender.account, *sender.formerly)]
    return prove_sender(actor, case, phones=phones_of(sender), email=sender.email, accounts=accounts)


def phones_of(sender: Sender) -> list[str]:
    """Every number the person is known by."""
    names = (sender.phone, sender.account, *sender.formerly)
    return sorted({name for name in names if name.startswith("+")})


def _index_of(channel: str, account: str) -> bytes:
    return blind_index(f"chat-{channel}", account)


def _locked(keys: dict[str, str], indexes: Iterable[bytes]) -> Chat | None:
    rows = Chat.objects.select_for_update().filter(**keys, sender_index__in=list(indexes))
    return rows.order_by("-heard_at", "id").first()


def _know(chat: Chat, index: bytes, sender: Sender, *, keeps_phone: bool = True) -> None:
    """Write down who it is, keeping what was known: a number that is not told today is still the person's."""
    if chat.sealed_sender is not None:
        before = sender_of(chat)
        phone = sender.phone or (before.phone if keeps_phone else "")
        names = (*sender.formerly, phone, before.account, before.phone, *before.formerly)
        others = tuple(dict.fromkeys(name for name in names if name and name != sender.account))
        sender = replace(sender, phone=phone, email=sender.email or before.email, formerly=others[:MOST_NAMES])
    _rename(chat, index)
    chat.hint = sender.hint
    keep_sender(chat, sender)


def _rename(chat: Chat, index: bytes) -> None:
    """What is sealed is tied to the row's index: it is sealed anew under the new one."""
    if bytes(chat.sender_index) == index:
        return
    memory = unseal(chat.sealed_memory, context=chat.context) if chat.sealed_memory else None
    chat.sender_index = index
    chat.sealed_memory = seal(memory, context=chat.context) if memory is not None else None
