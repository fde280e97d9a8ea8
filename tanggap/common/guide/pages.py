"""A guide as HTML, and as values for paper."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tanggap.common.guide.markup import Block, Span

_LISTS = {"ul": SafeString('<ul class="dots flow">{}</ul>'), "ol": SafeString('<ol class="dots flow">{}</ol>')}


def as_html(blocks: list[Block]) -> SafeString:
    """Every block, escaped; the title is left to the page."""
    return format_html_join("\n", "{}", ((_block(block),) for block in blocks if block.kind != "h1"))


def _block(block: Block) -> SafeString:
    if block.kind in _LISTS:
        items = format_html_join("", "<li>{}</li>", ((_line(line),) for line in block.lines))
        return format_html(_LISTS[block.kind], items)
    words = _line(block.lines[0])
    if block.kind == "note":
        return format_html('<div class="notice"><p>{}</p></div>', words)
    if block.kind == "p":
        return format_html("<p>{}</p>", words)
    named = format_html(' id="{}"', block.anchor) if block.anchor else SafeString("")
    return format_html("<{0}{1}>{2}</{0}>", SafeString(block.kind), named, words)


def _line(line: list[Span]) -> SafeString:
    return format_html_join("", "{}", ((_span(span),) for span in line))


def _span(span: Span) -> SafeString:
    if span.kind == "link":
        return format_html('<a href="{}">{}</a>', span.address, span.text)
    tag = {"strong": "b", "key": "kbd"}.get(span.kind)
    return format_html("<{0}>{1}</{0}>", SafeString(tag), span.text) if tag else format_html("{}", span.text)


def as_paper(blocks: list[Block]) -> list[dict[str, Any]]:
    """Plain values: kind and lines, a line being pairs of kind and text; links keep their words only."""
    return [
        {"kind": block.kind, "lines": [[[span.kind, span.text] for span in line] for line in block.lines]}
        for block in blocks
    ]
