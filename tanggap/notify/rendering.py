"""From a row of the outbox to words ready to leave: the instance's own wording where there is one, else the shipped."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tanggap.common.crypto import keyed_digest, seal_json, unseal_json
from tanggap.common.links import absolute
from tanggap.files.models import StoredFile
from tanggap.files.selectors import open_file
from tanggap.notify.addressing import address_of, context_of, is_reporter
from tanggap.notify.filling import fill, fill_short
from tanggap.notify.models import Message, Wording
from tanggap.notify.places import is_public
from tanggap.notify.templates import TEMPLATES, Template
from tanggap.notify.transports.base import Attachment, Rendered
from tanggap.notify.words import words_of

HOUSE_NAME = "Tanggap"
SEALED = "sealed"
MOST_LINES = 100
PUBLIC_FIELDS = ("tracking_id", "danger")
MOST_ATTACHED = 15 * 1024 * 1024

Own = Mapping[tuple[str, str, str], Wording]


@dataclass(frozen=True, slots=True)
class Text:
    """What one message says on one channel."""

    body: str
    subject: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


def own_wordings(messages: Iterable[Message]) -> Own:
    """The instance's own words for these messages, in one query."""
    names = {message.template for message in messages} | {"digest"}
    return {(row.template, row.channel, row.language): row for row in Wording.objects.filter(template__in=names)}


def text_for(template: str, channel: str, language: str, values: Mapping[str, str], own: Own) -> Text:
    """The words of one template with these values; also what a preview shows."""
    known = TEMPLATES[template]
    row = own.get((template, channel, language))
    shipped = words_of(template, language)
    subject = fill(row.subject if row and row.subject else shipped.subject, values, known.fields)
    words = row.body if row else shipped.for_channel(channel)
    filling = fill_short if channel == "sms" else fill
    return Text(filling(words, values, known.fields), " ".join(subject.split()))


def rendered(message: Message, contents: Sequence[Message], own: Own) -> Rendered:
    """The message as its transport wants it; `contents` travel in it when it leads a bundle."""
    values = _values(message, contents, own)
    template = TEMPLATES["digest" if contents else message.template]
    address = address_of(message)
    if is_public(message.channel, address):
        text = public_text(template, message, own)
    else:
        text = _sealed_text(message) or text_for(template.name, message.channel, message.language, values, own)
    return Rendered(
        key=message.key,
        address=address,
        text=text.body,
        subject=text.subject,
        template=template.whatsapp_name,
        language=message.language,
        parameters=[values.get(name, "") for name in template.whatsapp_fields],
        thread="" if contents or not message.stream else keyed_digest(message.stream)[:24],
        attachments=_attachments([*message.files, *(token for one in contents for token in one.files)]),
        brand_name=values.get("brand_name") or HOUSE_NAME,
        extra=_extra(message, template, values) | dict(text.extra),
    )


def public_text(template: Template, message: Message, own: Own) -> Text:
    """What everybody may read under a post: number and state. Nothing where not even these may be said.

    `public` stands in the values as long as the case may be spoken of; hiding its words blanks it as well.
    """
    if not template.public or not message.values.get("public"):
        return Text("")
    row = own.get((template.name, message.channel, message.language))
    shipped = words_of(template.name, message.language)
    if template.public == "subject":
        words = row.subject if row and row.subject else shipped.subject
    else:
        words = row.body if row else shipped.short
    told = {name: message.values.get(name, "") for name in PUBLIC_FIELDS}
    return Text(" ".join(fill(words, told, template.fields).split()))


def _extra(message: Message, template: Template, values: Mapping[str, str]) -> dict[str, Any]:
    """What programs read: nothing but name, number, clock and link, for every case alike.

    `answer_to` is the case a reporter's answer belongs to; what officers are told is not answered by mail.
    """
    told = {name: values.get(name, "") for name in ("tracking_id", "clock", "link", "use_template")}
    if template.audience == "reporter":
        told["answer_to"] = told["tracking_id"]
    return {**told, "event": template.name, "urgent": message.urgent}


def _values(message: Message, contents: Sequence[Message], own: Own) -> dict[str, str]:
    if not contents:
        return dict(message.values)
    everything = [message, *contents]
    lines = [_line(one, own) for one in everything[:MOST_LINES]]
    link = absolute("" if is_reporter(message.recipient_key) else "/kerja/")
    return {"count": str(len(everything)), "list": "\n\n".join(lines), "link": link}


def _line(message: Message, own: Own) -> str:
    """One message as an entry of a bundle: its subject, the clock, the link."""
    subject = text_for(message.template, "email", message.language, message.values, own).subject
    told = [f"- {subject}", message.values.get("clock", ""), message.values.get("link", "")]
    return "\n  ".join(part for part in told if part)


def seal_text(key: str, *, subject: str, body: str, html: str = "", stop: str = "", link: str = "") -> dict[str, str]:
    """The values of an `account_mail`: a link that opens an account may not lie readable in the outbox.

    `stop` is the address by which a mail program ends these messages at one press (RFC 8058), `link` the page that a
    pushed message opens.
    """
    words = {"subject": subject, "body": body, "html": html, "stop": stop, "link": link}
    sealed = seal_json(words, context=context_of(key))
    return {SEALED: b64encode(sealed).decode()}


def _sealed_text(message: Message) -> Text | None:
    if SEALED not in message.values:
        return None
    stored = unseal_json(b64decode(message.values[SEALED]), context=context_of(message.key))
    more = {name: stored[name] for name in ("html", "stop", "link") if stored.get(name)}
    return Text(stored["body"], stored["subject"], more)


def sealed_words(message: Message) -> str:
    """The words of a message that keeps them sealed, for whoever may read them; empty for any other."""
    text = _sealed_text(message)
    return text.body if text else ""


def _attachments(tokens: Sequence[str]) -> list[Attachment]:
    """The files, as many as a mail server takes; the link leads to the others."""
    if not tokens:
        return []
    found = {stored.token: stored for stored in StoredFile.objects.filter(token__in=tokens, deleted_at__isnull=True)}
    attached, size = [], 0
    for token in dict.fromkeys(tokens):
        stored = found.get(token)
        if stored is None or size + stored.size > MOST_ATTACHED:
            continue
        size += stored.size
        with open_file(stored) as file:
            attached.append(Attachment(stored.download_name, stored.media_type, file.read()))
    return attached
