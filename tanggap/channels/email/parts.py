"""The parts of a letter: which are its words, which are files, which are neither. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from tanggap.channels.email.charsets import decoded, header_text
from tanggap.channels.email.html_text import words_of
from tanggap.channels.email.trimming import unflowed
from tanggap.channels.said import Kind

MOST_PARTS = 300
MOST_FILES = 20
DEEPEST = 12
LONGEST_PART = 1024 * 1024
LONGEST_TEXT = 200_000
# Smaller pictures inside a letter are logos, lines and counters.
SMALLEST_INLINE = 12 * 1024
_NO_FILE = {
    "application/ms-tnef", "application/vnd.ms-tnef", "text/calendar", "application/ics", "application/pgp-signature",
    "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-keys", "text/vcard",
    "text/x-vcard", "text/directory", "text/x-amp-html", "application/applefile",
}  # fmt: skip
_NO_FILE_NAMES = ("winmail.dat", ".ics", ".vcf", ".p7s", ".asc")
REPORT = {"message/delivery-status", "text/rfc822-headers", "message/disposition-notification"}


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a letter. `number` is its place among all parts, the same at every reading."""

    number: int
    kind: Kind
    name: str
    part: Message

    @property
    def size(self) -> int:
        """About how many bytes it has."""
        return _size(self.part)

    def content(self) -> bytes:
        """Its bytes, as far as they came."""
        return _content(self.part)


@dataclass(slots=True)
class Contents:
    """What was found so far. `plain` tells words that were written as text from those made of a page."""

    texts: list[tuple[bool, str]] = field(default_factory=list)
    files: list[Attached] = field(default_factory=list)
    report: list[Message] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(words for _plain, words in self.texts if words.strip()).strip()[:LONGEST_TEXT]

    def add(self, other: Contents) -> None:
        self.texts += other.texts
        self.files += other.files
        self.report += other.report


def contents_of(message: Message) -> Contents:
    """Words and files of a letter. What lies deeper than twelve, or after 300 parts, is left out."""
    found = _Walk(returned=message.get_content_type() == "multipart/report").of(message, 0, related=False)
    del found.files[MOST_FILES:]
    return found


class _Walk:
    """Counts the parts it passes. In a report a letter that was `returned` is evidence, not words."""

    def __init__(self, *, returned: bool) -> None:
        self._number = 0
        self._returned = returned

    def of(self, part: Message, depth: int, *, related: bool) -> Contents:
        self._number += 1
        number = self._number
        kind = part.get_content_type()
        if kind in REPORT or (self._returned and kind.startswith("message/")):
            return Contents(report=[part])
        if depth >= DEEPEST or number > MOST_PARTS:
            return Contents()
        children = part.get_payload()
        if isinstance(children, list):
            return self._container(kind, [child for child in children if isinstance(child, Message)], depth)
        return _leaf(part, kind, number, related=related)

    def _container(self, kind: str, children: list[Message], depth: int) -> Contents:
        found = Contents()
        alternatives: list[Contents] = []
        for child in self._within(children):
            inner = self.of(child, depth + 1, related=kind == "multipart/related")
            if kind == "multipart/alternative":
                alternatives.append(inner)
            else:
                found.add(inner)
        return _chosen(alternatives) if alternatives else found

    def _within(self, children: list[Message]) -> Iterator[Message]:
        for child in children:
            if self._number > MOST_PARTS:
                return
            yield child


def _chosen(alternatives: list[Contents]) -> Contents:
    """Of several forms of the same words the plain one, else the first that says anything; the files of all."""
    found = Contents()
    for one in alternatives:
        found.add(Contents(files=one.files, report=one.report))
    saying = [one.texts for one in alternatives if one.text]
    plain = [texts for texts in saying if any(is_plain and words.strip() for is_plain, words in texts)]
    found.texts = next(iter([*plain, *saying]), [])
    return found


def _leaf(part: Message, kind: str, number: int, *, related: bool) -> Contents:
    name, disposition = _name(part), _disposition(part)
    words = kind in {"text/plain", "text/html"} or kind.startswith("multipart/")
    if words and disposition != "attachment" and not name:
        return Contents(texts=[(kind != "text/html", _words(part, kind))])
    if kind in _NO_FILE or name.lower().endswith(_NO_FILE_NAMES):
        return Contents()
    inline = related or disposition == "inline" or part.get("Content-ID") is not None
    if inline and disposition != "attachment" and kind.startswith("image/") and _size(part) < SMALLEST_INLINE:
        return Contents()
    return Contents(files=[Attached(number, _kind(kind), name, part)])


def _kind(kind: str) -> Kind:
    main = kind.partition("/")[0]
    return {"image": "picture", "video": "video", "audio": "audio"}.get(main, "document")  # type: ignore[return-value]


def _words(part: Message, kind: str) -> str:
    text = decoded(_content(part)[:LONGEST_PART], _parameter(part, "charset"))
    if kind == "text/html":
        return words_of(text)
    if _parameter(part, "format").lower() == "flowed":
        return unflowed(text, delete_space=_parameter(part, "delsp").lower() == "yes")
    return text


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _size(part: Message) -> int:
    payload = part.get_payload()
    length = len(payload) if isinstance(payload, str) else 0
    return length * 3 // 4 if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64" else length


def _parameter(part: Message, name: str) -> str:
    value = part.get_param(name)
    return str(value[2] if isinstance(value, tuple) else value or "")


def _disposition(part: Message) -> str:
    return str(part.get("Content-Disposition", "")).partition(";")[0].strip().lower()


def _name(part: Message) -> str:
    try:
        return header_text(part.get_filename() or "")[:200]
    except (ValueError, TypeError, LookupError, IndexError):
        return ""
