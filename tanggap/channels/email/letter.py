"""One letter, taken apart. Pure, and bounded: in length, in depth, in the number of its parts and headers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from tanggap.channels.email.charsets import header_text, plain_header
from tanggap.channels.email.parts import Attached, Contents, contents_of
from tanggap.channels.email.trimming import own_words
from tanggap.channels.said import Unreadable
from tanggap.common.contacts import normalize_email

LONGEST_HEAD = 256 * 1024
MOST_HEADERS = 500
MOST_ADDRESSES = 50
MOST_REFERENCES = 50
RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-delivered-to", "apparently-to")
ANSWERED = ("re:", "bls:", "balas:", "aw:", "sv:", "antw:")
_NAMED = re.compile(r'\s*(?P<name>(?:"(?:[^"\\]|\\.)*"|[^"<>,])*)<\s*(?P<address>[^<>\s]+)\s*>\s*')
_BARE = re.compile(r'\s*(?P<address>[^\s<>(),"]+)\s*(?:\((?P<name>[^()]*)\))?\s*')
FORWARDED = ("fw:", "fwd:", "trs:", "terusan:")


@dataclass(frozen=True, slots=True)
class Letter:
    """What can be known of a letter. `headers` by lower-case name, in their order; `text` all that is written,
    `words` what the sender wrote; `report` the parts of a delivery report; `whole` False where it was cut."""

    address: str
    name: str = ""
    subject: str = ""
    text: str = ""
    words: str = ""
    at: datetime | None = None
    recipients: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    files: tuple[Attached, ...] = ()
    report: tuple[Message, ...] = ()
    whole: bool = True
    headers: dict[str, list[str]] = field(default_factory=dict)

    def header(self, name: str) -> str:
        """The first header of this name, in one line; empty without one."""
        return next(iter(self.headers.get(name, ())), "")


def packed(raw: bytes, size: int) -> bytes:
    """A letter as the inbox keeps it: how many bytes it had, a line, and as many of them as were read."""
    return b"%d\n%s" % (size, raw)


def unpacked(payload: bytes) -> tuple[bytes, bool]:
    """The letter, and whether it is whole. Raises Unreadable."""
    size, line, raw = payload.partition(b"\n")
    if not line or not size.isdigit() or len(size) > 12:
        raise Unreadable("isi surat tidak dapat dibaca")
    return raw, len(raw) >= int(size)


def open_letter(payload: bytes) -> Letter:
    """Everything of a letter as the inbox keeps it. Raises Unreadable, and nothing else."""
    raw, whole = unpacked(payload)
    try:
        return _opened(raw, whole)
    except Unreadable:
        raise
    except Exception:
        # A parser of a format this old has errors nobody foresaw (too deep, wrong types): a person looks at it.
        raise Unreadable("susunan surat tidak dapat dibaca") from None


def sender_of(raw: bytes) -> str:
    """The address a letter says it is from, of its first bytes; empty where it says none."""
    try:
        head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        return _from(_headers(message_from_bytes(head[:LONGEST_HEAD] + b"\n\n")))[1]
    except Exception:
        return ""


def identity_of(raw: bytes) -> bytes:
    """What is the same when a letter is found again, in another copy or under another number: its own id with sender,
    date and content, because careless programs give many letters one id. Without an id the whole letter."""
    head, _line, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    try:
        headers = _headers(message_from_bytes(head[:LONGEST_HEAD] + b"\n\n"))
    except Exception:
        return raw
    if not headers.get("message-id"):
        return raw
    named = (" ".join(headers.get(name, ())) for name in ("message-id", "from", "date"))
    return b"\0".join([*(one.encode("utf-8", "replace") for one in named), body])


def _opened(raw: bytes, whole: bool) -> Letter:
    message = message_from_bytes(raw)
    headers = _headers(message)
    name, address = _from(headers)
    if not address and not _is_from_nobody(headers):
        raise Unreadable("surat ini tidak menyebut pengirim yang dapat dibalas")
    contents: Contents = contents_of(message)
    subject = next(iter(headers.get("subject", ())), "")
    return Letter(
        address=address,
        name=name,
        subject=subject,
        text=contents.text,
        words=own_words(contents.text, forwarded=subject.lower().startswith(FORWARDED)),
        at=_date(headers),
        recipients=tuple(_addresses([one for field in RECIPIENTS for one in headers.get(field, ())])),
        references=tuple(_references(headers)),
        files=tuple(contents.files),
        report=tuple(contents.report),
        whole=whole,
        headers=headers,
    )


def _headers(message: Message) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in list(message.raw_items())[:MOST_HEADERS]:
        read = header_text if name.lower() == "subject" else plain_header
        found.setdefault(name.lower(), []).append(read(value))
    return found


def _is_from_nobody(headers: dict[str, list[str]]) -> bool:
    """A mail server's own letter: an empty way back, or a report."""
    kind = " ".join(headers.get("content-type", ())).lower()
    return "<>" in headers.get("return-path", ()) or "multipart/report" in kind


def _from(headers: dict[str, list[str]]) -> tuple[str, str]:
    """Name and address. Several senders, or what two programs could read as different ones, is none."""
    values = headers.get("from", [])
    if len(values) != 1:
        return "", ""
    named, bare = _NAMED.fullmatch(values[0]), _BARE.fullmatch(values[0])
    found = named or bare
    if found is None:
        return "", ""
    name = header_text(found["name"] or "").replace('"', "").replace("\\", "")
    return " ".join(name.split())[:120], normalize_email(found["address"]) or ""


def _addresses(values: list[str]) -> list[str]:
    pairs = getaddresses(values)[:MOST_ADDRESSES]
    known = (normalize_email(address.strip("<>")) for _name, address in pairs)
    return list(dict.fromkeys(address for address in known if address))


def _references(headers: dict[str, list[str]]) -> list[str]:
    """Ids of the letters this one answers, the answered one first."""
    named = [*headers.get("in-reply-to", ()), *reversed(" ".join(headers.get("references", ())).split())]
    ids = [one for value in named for one in value.split() if one.startswith("<") and one.endswith(">")]
    return list(dict.fromkeys(ids))[:MOST_REFERENCES]


def _date(headers: dict[str, list[str]]) -> datetime | None:
    try:
        told = parsedate_to_datetime(next(iter(headers.get("date", ())), ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)
