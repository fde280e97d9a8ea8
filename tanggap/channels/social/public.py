"""Words under a post: which become a case, and how much is said where everybody reads (ADR 0023).

The case exists at once and waits for its author's yes in private: a complaint that needs an answer first would be
lost by everybody who never opens the message. In public stand its number and nothing else. What must not happen:

- that a promise of secrecy is made where it cannot be kept. The reported office would read the same words in the case
  as under the post, and above those a name. Who asks for it in public gets no case and no number, but a private word;
  only where a life may be in danger the case is made all the same, secret and anonymous, and its number is told nobody.
- that we answer ourselves, or a machine that answers us, without end.
- that somebody else ends a case: whoever owns a post can delete other people's comments below it. A comment that is
  gone takes the case out of public view, nothing more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import translation

from tanggap.accounts.actor import channel_actor
from tanggap.cases.emergency import emergency_words
from tanggap.cases.identity import Contact
from tanggap.cases.models import Case
from tanggap.cases.secret_codes import prove_sender
from tanggap.cases.services.raise_confidentiality import raise_confidentiality
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.cases.urgency import sounds_urgent
from tanggap.channels.knowing import chat_of
from tanggap.channels.models import Chat, Inbound
from tanggap.channels.said import Fetched, Post, Said
from tanggap.channels.social import phrases
from tanggap.channels.social.looking_up import door_settings
from tanggap.channels.social.posts import case_in, case_of, row_of
from tanggap.channels.social.words import bare, is_report, same_words, says_something, wants_hiding
from tanggap.channels.talking import payer_of, say_into
from tanggap.directory.models import Brand
from tanggap.files.services.attach import attach, draft_owner
from tanggap.notify.outgoing import Outgoing, Way
from tanggap.notify.rendering import seal_text
from tanggap.notify.services.cancel_messages import cancel_messages
from tanggap.notify.services.enqueue import enqueue

Outcome = tuple[Chat | None, str]
MOST_A_DAY = 5
A_DAY = timedelta(days=1)
GONE = "kirimannya dihapus"
NOT_FOR_US = "tidak memakai #LAPOR"
TOO_MANY = "terlalu banyak laporan dari satu akun dalam sehari"


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A public word with all that is known of it."""

    row: Inbound
    said: Said
    post: Post
    words: str
    tokens: tuple[str, ...]
    now: datetime

    @property
    def account(self) -> str:
        return self.said.sender.name


def hear_public(row: Inbound, said: Said, fetched: Fetched, *, now: datetime) -> Outcome:
    """Take one post or comment, what was changed in it, or that it is gone."""
    post = said.post or Post("")
    spoken = _Spoken(row, said, post, bare(said.text, names=_names(row)), fetched.tokens, now)
    known = case_of(row.channel, post.number)
    if post.deed == "removed":
        return _gone(spoken, known)
    if known is not None:
        return _changed(spoken, known)
    if not is_report(said.text):
        return _greeted(spoken) if post.on_our_page else _left(spoken, None, NOT_FOR_US)
    if wants_hiding(said.text):
        return _kept_quiet(spoken)
    if not says_something(spoken.words):
        return _invited(spoken, phrases.say_more)
    return _reported(spoken)


def _left(spoken: _Spoken, chat: Chat | None, reason: str) -> Outcome:
    """Nothing follows from it, and the row says why."""
    Inbound.objects.filter(pk=spoken.row.pk).update(reason=reason)
    return chat, ""


# -- a report ----------------------------------------------------------------------------------------------------------


def _reported(spoken: _Spoken) -> Outcome:
    chat = chat_of(spoken.row, spoken.said.sender)
    earlier = _today(spoken, chat)
    for stream in earlier:
        if _words_of(stream) == same_words(spoken.words):
            # The same under twenty posts is one report, and is answered once.
            return chat, stream
    if len(earlier) >= MOST_A_DAY:
        return _left(spoken, chat, TOO_MANY)
    case = _submitted(spoken, post=f"{spoken.row.channel}:{spoken.post.public}")
    chat.case = case
    chat.save()
    _acknowledge(spoken, case)
    if spoken.post.private:
        with translation.override(chat.language):
            words = phrases.question(case.tracking_id)
        _write_to(spoken, chat, words)
    return chat, case.stream


def _today(spoken: _Spoken, chat: Chat) -> list[str]:
    """The cases that came of this person's public words in the last day."""
    rows = Inbound.objects.filter(chat=chat, received_at__gt=spoken.row.received_at - A_DAY, stream__startswith="case:")
    public = rows.filter(external_id__startswith="post:").order_by("stream")
    return list(public.values_list("stream", flat=True).distinct()[: MOST_A_DAY + 1])


def _under_one(tokens: tuple[str, ...]) -> str:
    """The pictures of a post as one draft."""
    for other in tokens[1:]:
        attach(token=other, owner=draft_owner(tokens[0]))
    return tokens[0] if tokens else ""


def _words_of(stream: str) -> str:
    """The words a case began with, as they are compared."""
    case = case_in(stream)
    return same_words(case.narrative.agency_text) if case is not None else ""


def _submitted(spoken: _Spoken, *, post: str = "", hidden: bool = False) -> Case:
    brand = Brand.objects.select_related("agency").filter(slug=spoken.row.brand).first()
    submission = Submission(
        text=spoken.words,
        channel=spoken.row.channel,
        agency=brand.agency if brand else None,
        brand=brand,
        contact=Contact(account=spoken.account, post=post),
        anonymous=hidden,
        secret=hidden,
        draft_token=_under_one(spoken.tokens),
        unconfirmed=True,
    )
    return submit_case(submission=submission, actor=channel_actor(spoken.row.channel), now=spoken.now).case


def _acknowledge(spoken: _Spoken, case: Case) -> None:
    """Below the words: the number, and what to call while danger lasts. No name, nothing of what was said."""
    values = {"tracking_id": case.tracking_id, "danger": emergency_words() if case.urgent else "", "public": "1"}
    _send(spoken, "public_receipt", [Way(spoken.row.channel, spoken.post.public)], values, stream=case.stream)


# -- no report ---------------------------------------------------------------------------------------------------------


def _kept_quiet(spoken: _Spoken) -> Outcome:
    """Secrecy was asked for where there is none."""
    stream = ""
    if sounds_urgent(spoken.words) and says_something(spoken.words):
        # Whoever is on call must know, and the words stand there anyway; but no number is tied to that person.
        stream = _submitted(spoken, hidden=True).stream
    chat = _invited(spoken, phrases.write_here)[0]
    Chat.objects.filter(pk=chat.pk).update(guarded=True)
    return chat, stream


def _greeted(spoken: _Spoken) -> Outcome:
    """Somebody writes on our own page, without the mark: told once a day how to report."""
    chat = chat_of(spoken.row, spoken.said.sender)
    if Inbound.objects.filter(chat=chat, received_at__gt=spoken.row.received_at - A_DAY).exists():
        return _left(spoken, chat, NOT_FOR_US)
    return _invited(spoken, phrases.say_more)


def _invited(spoken: _Spoken, phrase: Callable[[], str]) -> tuple[Chat, str]:
    """A word in private, and only where that does not arrive one below the post, which says nothing of the matter."""
    chat = chat_of(spoken.row, spoken.said.sender)
    danger = emergency_words() if sounds_urgent(spoken.words) else ""
    with translation.override(chat.language):
        words = phrase()
    key = f"inbound:{spoken.row.pk}:invitation"
    told = seal_text(key, subject="", body="\n\n".join(part for part in (words, danger) if part))
    ways = [Way(spoken.row.channel, place) for place in (spoken.post.private, spoken.post.public) if place]
    _send(
        spoken, "public_invitation", ways, {**told, "danger": danger, "public": "1"}, key=key, stream=f"chat:{chat.pk}"
    )
    chat.save()
    return chat, ""


# -- afterwards --------------------------------------------------------------------------------------------------------


def _changed(spoken: _Spoken, case: Case) -> Outcome:
    """The author wrote it anew: what it says now is added, if it says something else."""
    actor = prove_sender(channel_actor(spoken.row.channel), case, accounts=[spoken.account])
    if spoken.post.deed != "edited" or case.pk not in actor.reporter_of:
        return None, case.stream
    if wants_hiding(spoken.said.text):
        _out_of_sight(case, spoken.now)
    if says_something(spoken.words) and same_words(spoken.words) != same_words(case.narrative.agency_text):
        number, channel = case.tracking_id, spoken.row.channel
        reply_to_case(tracking_id=number, text=spoken.words, actor=actor, now=spoken.now, channel=channel)
    return None, case.stream


def _gone(spoken: _Spoken, case: Case | None) -> Outcome:
    if case is None:
        return _left(spoken, None, NOT_FOR_US)
    first = row_of(spoken.row.channel, spoken.post.number)
    if first is not None:
        cancel_messages(sources=[f"inbound:{first.pk}"], reason=GONE, now=spoken.now)
    _out_of_sight(case, spoken.now)
    return None, case.stream


def _out_of_sight(case: Case, now: datetime) -> None:
    """What its author, or somebody over them, took back from the public is shown nowhere by us either."""
    if not case.secret:
        actor = channel_actor(case.channel).proving(case.pk)
        raise_confidentiality(tracking_id=case.tracking_id, actor=actor, now=now, secret=True)


# -- words out ---------------------------------------------------------------------------------------------------------


def _write_to(spoken: _Spoken, chat: Chat, words: str) -> None:
    """The private question; who can never be reached so is not looked for elsewhere."""
    key, channel = f"inbound:{spoken.row.pk}:question", spoken.row.channel
    say_into(
        chat, words, key=key, source=f"inbound:{spoken.row.pk}", now=spoken.now, way=Way(channel, spoken.post.private)
    )


def _send(
    spoken: _Spoken, template: str, ways: list[Way], values: dict[str, str], *, stream: str, key: str = ""
) -> None:
    row = spoken.row
    outgoing = Outgoing(
        key=key or f"inbound:{row.pk}:acknowledgement",
        template=template,
        ways=ways,
        channel=row.channel,
        due_at=spoken.now,
        not_before=spoken.now,
        values=values,
        stream=stream,
        source=f"inbound:{row.pk}",
        brand=row.brand,
        payer=payer_of(row.brand),
        recipient_role="reporter",
        recipient_key=f"post:{row.pk}",
    )
    enqueue(outgoing, now=spoken.now)


def _names(row: Inbound) -> tuple[str, ...]:
    """What we are called on the network, to be taken out of the words."""
    name = door_settings(row.channel, row.brand).get("account", "")
    return (name.lstrip("@"),) if name else ()
