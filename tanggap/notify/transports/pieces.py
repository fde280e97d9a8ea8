"""Long words in pieces that a network takes, cut between words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

MOST_PIECES = 4


def pieces(text: str, most: int, length: Callable[[str], int] = len) -> list[str]:
    """The text in at most MOST_PIECES pieces of `most` each as `length` measures; what is beyond is left out."""
    found: list[str] = []
    for piece in _cut(text.strip(), most, length):
        if len(found) == MOST_PIECES:
            found[-1] = one_piece(found[-1] + " " + piece, most, length)
            break
        found.append(piece)
    return found


def one_piece(text: str, most: int, length: Callable[[str], int] = len) -> str:
    """The text, or its beginning with an ellipsis where it is too long."""
    if length(text) <= most:
        return text
    return next(_cut(text, most - length(" …"), length)) + " …"


def in_bytes(text: str) -> int:
    """The length of a text where the network counts bytes."""
    return len(text.encode())


def _cut(text: str, most: int, length: Callable[[str], int]) -> Iterator[str]:
    while text:
        end = _end(text, most, length)
        if end < len(text):
            space = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
            # A word longer than half a piece is cut where it has to be.
            end = space if space > end // 2 else end
        yield text[:end].rstrip()
        text = text[end:].lstrip()


def _end(text: str, most: int, length: Callable[[str], int]) -> int:
    """How many letters from the start fit; at least one, so that it always ends."""
    end = min(len(text), most)
    while end > 1 and length(text[:end]) > most:
        end -= max((length(text[:end]) - most) // 4, 1)
    return end
