"""Letters of mail servers about ours that did not arrive: RFC 3464, and the plain ones of exim and qmail. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from tanggap.channels.email.letter import Letter

MOST_IDS = 20
# Ours is 40 hexadecimal digits (`notify.transports.mail_form`): a stranger's id is never looked for in the outbox.
_OURS = re.compile(r"<[0-9a-f]{40}@[^<>\s@]{1,200}>")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_SERVERS = re.compile(r"(?:mailer-daemon|postmaster|mdaemon|mail-?daemon)(?:[+.=_-].*)?@", re.IGNORECASE)
_DELAYED = re.compile(
    r"\b(?:delayed|delay|still being retried|will (?:be retried|keep trying)|not yet)\b", re.IGNORECASE
)
_FOR_EVER = re.compile(r"permanent|could not be delivered|undeliver|wasn't able to deliver|failed", re.IGNORECASE)
_CODE = re.compile(r"(?:^|\s)(5[0-7]\d)[ -]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Bounce:
    """Which of our letters did not arrive, and why. `status` as in RFC 3463; `dead` where the address itself is at
    fault."""

    ids: tuple[str, ...]
    status: str

    @property
    def dead(self) -> bool:
        """5.1.x: no such address. A full box (5.2.2) or a refused letter (5.7.x) may work another day."""
        return self.status.startswith("5.1.")


def bounce_in(letter: Letter) -> Bounce | None:
    """The failure a letter reports; None for any other letter, and for one that is only late."""
    if letter.report:
        status = _reported(letter.report)
    elif _is_of_a_server(letter):
        status = _told(letter.text)
    else:
        return None
    ids = tuple(dict.fromkeys(_ids(letter)))[:MOST_IDS]
    return Bounce(ids, status) if status and ids else None


def _is_of_a_server(letter: Letter) -> bool:
    empty = "<>" in letter.headers.get("return-path", ())
    return empty or "x-failed-recipients" in letter.headers or bool(_SERVERS.match(letter.address))


def _reported(parts: tuple[Message, ...]) -> str:
    """The status of the recipient that failed; empty where none did for good."""
    for part in parts:
        for fields in _fields(part):
            action = str(fields.get("Action", "")).strip().lower()
            found = _STATUS.search(str(fields.get("Status", ""))[:200])
            if action == "failed":
                return found[0] if found and found[1] == "5" else "5.0.0"
    return ""


def _fields(part: Message) -> Iterator[Message]:
    """A delivery report holds a group of fields for each recipient."""
    payload = part.get_payload()
    if isinstance(payload, list) and part.get_content_type() == "message/delivery-status":
        yield from (group for group in payload[:MOST_IDS] if isinstance(group, Message))


def _told(text: str) -> str:
    """What a plain letter says: its status, a code of SMTP, or words."""
    head = text.partition("This is a copy of")[0].partition("--- Below this line")[0][:5_000]
    found = next((one for one in _STATUS.finditer(head) if one[1] == "5"), None)
    if found:
        return found[0]
    if _CODE.search(head):
        return "5.1.1" if re.search(r"\s550[ -]", head) else "5.0.0"
    if _DELAYED.search(head) and "permanent" not in head.lower():
        return ""
    return "5.0.0" if _FOR_EVER.search(head) else ""


def _ids(letter: Letter) -> Iterator[str]:
    """Our ids in the letter that came back: its headers, its words, and what the report calls the original."""
    yield from _OURS.findall(letter.text)
    for part in letter.report:
        for inner in part.walk():
            for _name, value in inner.raw_items():
                yield from _OURS.findall(str(value)[:1_000])
            payload = inner.get_payload()
            yield from _OURS.findall(payload[:50_000] if isinstance(payload, str) else "")
    yield from (one for one in letter.references if _OURS.fullmatch(one))
