"""What stands in a post: whether it is a report, whether it wants to stay hidden, and its words alone. Pure."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 20_000
FEWEST_LETTERS = 8
_HANDLE = r"(?<![\w.@/])@[\w.]+"
_MARK = re.compile(r"(?<![\w&/])#lapor(?!\w)!?", re.IGNORECASE)
_HIDDEN = re.compile(
    r"(?<!bukan )(?<!tidak )(?<!tak )(?<!jadi )\b(?:anonim|anonymous|rahasia(?:kan)?|dirahasiakan|confidential)\b"
    r"(?! umum)",
    re.IGNORECASE,
)
# Links to the networks lead to the post itself, to its picture, or to its author.
_LINK = re.compile(
    r"(?:https?://)?\b(?:[a-z0-9-]+\.)*(?:facebook\.com|fb\.com|fb\.watch|fb\.me|instagram\.com|instagr\.am|x\.com|"
    r"twitter\.com|t\.co|threads\.net)(?:/\S*)?(?![\w.])",
    re.IGNORECASE,
)
_TAGS_FIRST = re.compile(r"^(?:\s*#\w+)+\s*")
_TAGS_LAST = re.compile(r"(?:\s*#\w+)+\s*$")
_TAG = re.compile(r"(?<![\w&/])#(\w+)")
_SPACES = re.compile(r"[ \t\u00a0]+")
_LINES = re.compile(r"\s*\n\s*")
_WIDE = str.maketrans({"＃": "#", "﹟": "#", "＠": "@", "﹫": "@"})


def plain(text: str) -> str:
    """The text without letters that nobody sees: marks of direction and width can hide what is said, or to whom."""
    kept = (letter for letter in unicodedata.normalize("NFC", text) if letter in "\n\u200d" or _seen(letter))
    return "".join(kept).translate(_WIDE)


def _seen(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cf", "Cc", "Co", "Cs") or letter == "\t"


def is_report(text: str) -> bool:
    """Whether it carries the mark #LAPOR."""
    return _MARK.search(plain(text)) is not None


def wants_hiding(text: str) -> bool:
    """Whether its author asks not to be known, or its words not to be: nobody can promise that where all can read."""
    return _HIDDEN.search(_TAG.sub(r"\1", plain(text))) is not None


def bare(text: str, *, names: tuple[str, ...] = ()) -> str:
    """The words alone: without tags, people's and our own handles, and links back to the network.

    A tag inside a sentence is one of its words and stays as one. What is left after this may be nothing.
    """
    words = _LINK.sub(" ", _MARK.sub(" ", plain(text)))
    words = re.sub(_HANDLE, " ", words)
    for name in names:
        if len(name) > 2:
            words = re.sub(rf"(?<!\w)@?{re.escape(name)}(?!\w)", " ", words, flags=re.IGNORECASE)
    words = _TAGS_LAST.sub("", _TAGS_FIRST.sub("", words.strip()))
    words = _TAG.sub(lambda tag: tag[1].replace("_", " "), words)
    words = _LINES.sub("\n", _SPACES.sub(" ", words)).strip(" \n\t,;:-–")
    return words[:LONGEST]


def says_something(words: str) -> bool:
    """Whether enough letters are left to be a report."""
    return sum(letter.isalpha() for letter in words) >= FEWEST_LETTERS


def same_words(words: str) -> str:
    """By which the same words are recognised, however spaced and spelled in capitals."""
    return "".join(letter for letter in words.casefold() if letter.isalnum())
