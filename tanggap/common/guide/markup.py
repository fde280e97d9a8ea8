"""The little Markdown that guides are written in. What it does not know is a fault, never guessed at.

A page begins with `# Title`. Then `## Heading {#anchor}` and `### Heading`, paragraphs, `- ` and `1. ` lists, `> `
notes; inside a line `**strong**`, `` `key` `` and `[words](/address)`. No HTML, no pictures, no nested lists. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

_HEADING = re.compile(r"(#{1,3}) (.+?)(?: \{#([a-z0-9-]{1,40})\})?")
_ITEM = re.compile(r"(?:-|(\d{1,2})\.) (.+)")
_INLINE = re.compile(r"\*\*(?P<strong>[^*]+)\*\*|`(?P<key>[^`]+)`|\[(?P<words>[^\]]+)\]\((?P<address>[^)\s]+)\)")
_ADDRESS = re.compile(r"(?:/(?!/)[\w/.?=&-]*)?(?:#[a-z0-9-]+)?|https://[\w./-]+", re.ASCII)
_STRAY = re.compile(r"[<>*`\[\]|]|\{#")


class GuideFault(ValueError):
    """A line that is no Markdown of ours; the message names it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a line; `address` only for links."""

    kind: Literal["text", "strong", "key", "link"]
    text: str
    address: str = ""


@dataclass(slots=True)
class Block:
    """One block; `lines` are its items, or one line."""

    kind: Literal["h1", "h2", "h3", "p", "ul", "ol", "note"]
    lines: list[list[Span]] = field(default_factory=list)
    anchor: str = ""


def parse(text: str) -> list[Block]:
    """The blocks of a page. Raises GuideFault."""
    blocks = [_block(number, chunk) for number, chunk in _chunks(text)]
    if not blocks or blocks[0].kind != "h1" or any(block.kind == "h1" for block in blocks[1:]):
        raise GuideFault("a page has one title, on top")
    anchors = [block.anchor for block in blocks if block.anchor]
    if len(anchors) != len(set(anchors)):
        raise GuideFault("an anchor is given twice")
    return blocks


def _chunks(text: str) -> Iterator[tuple[int, list[str]]]:
    chunk: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            chunk.append(line.rstrip())
        elif chunk:
            yield number - len(chunk), chunk
            chunk = []


def _block(number: int, lines: list[str]) -> Block:
    first = lines[0]
    if first.startswith("#"):
        return _heading(number, lines)
    if first.startswith("> "):
        if not all(line.startswith("> ") for line in lines):
            raise GuideFault(f"line {number}: every line of a note begins with >")
        return Block("note", [spans(number, " ".join(line[2:] for line in lines))])
    if _ITEM.fullmatch(first):
        return _items(number, lines)
    return Block("p", [spans(number, " ".join(line.strip() for line in lines))])


def _heading(number: int, lines: list[str]) -> Block:
    found = _HEADING.fullmatch(lines[0])
    if found is None or len(lines) > 1:
        raise GuideFault(f"line {number}: a heading stands alone on its line")
    kinds: tuple[Literal["h1", "h2", "h3"], ...] = ("h1", "h2", "h3")
    return Block(kinds[len(found[1]) - 1], [spans(number, found[2])], found[3] or "")


def _items(number: int, lines: list[str]) -> Block:
    """Items of one kind; a line that begins with two spaces goes on with the item above."""
    joined: list[str] = []
    for line in lines:
        if line.startswith("  "):
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
    found = [_ITEM.fullmatch(line) for line in joined]
    numbered = {match is not None and match[1] is not None for match in found}
    if None in found or len(numbered) != 1:
        raise GuideFault(f"line {number}: a list is of one kind, an item a line")
    kind: Literal["ul", "ol"] = "ol" if numbered == {True} else "ul"
    return Block(kind, [spans(number, match[2]) for match in found if match])


def spans(number: int, line: str) -> list[Span]:
    """The stretches of a line. Raises GuideFault for signs that mean nothing here."""
    found, at = [], 0
    for match in _INLINE.finditer(line):
        found += _plain(number, line[at : match.start()])
        if match["strong"] is not None:
            found.append(Span("strong", match["strong"]))
        elif match["key"] is not None:
            found.append(Span("key", match["key"]))
        else:
            if not _ADDRESS.fullmatch(match["address"]):
                raise GuideFault(f"line {number}: {match['address']} is no address of ours")
            found.append(Span("link", match["words"], match["address"]))
        at = match.end()
    return found + _plain(number, line[at:])


def _plain(number: int, text: str) -> list[Span]:
    if _STRAY.search(text):
        raise GuideFault(f"line {number}: {text!r} holds a sign that means nothing here")
    return [Span("text", text)] if text else []
