"""The words of an HTML letter, a line where a reader would see one. Pure.

Only text is taken, so nothing that a page could do survives. What stands in a quotation gets the `> ` that a plain
letter would have.
"""

from __future__ import annotations

from html.parser import HTMLParser

LONGEST = 400_000
_SILENT = {"script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "iframe"}
_LINES = {
    "p", "div", "br", "hr", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "section", "article",
    "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "address", "center",
}  # fmt: skip


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._silent = 0
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if tag == "blockquote":
            self._quoted += 1
        if tag in _LINES:
            self._new_line()
        if tag == "li":
            self.lines[-1] += "- "

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        if tag == "blockquote":
            self._quoted = max(self._quoted - 1, 0)
        if tag in _LINES:
            self._new_line()
        elif tag in {"td", "th"}:
            self.lines[-1] += " "

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.lines[-1] += data

    def _new_line(self) -> None:
        self.lines.append("> " if self._quoted else "")


def words_of(html: str) -> str:
    """What a reader would see. An unfinished page gives as much as it holds."""
    parser = _Words()
    parser.feed(html[:LONGEST])
    parser.close()
    kept: list[str] = []
    for line in (" ".join(line.split()) for line in parser.lines):
        if line not in {"", ">"} or (kept and kept[-1] != line):
            kept.append(line)
    return "\n".join(kept).strip()
