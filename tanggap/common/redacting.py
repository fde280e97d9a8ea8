"""What a reporter wants hidden from everybody besides the personal data that masking finds. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tanggap.common.masking import Span, find_known, mask

HIDDEN: Final = "DISAMARKAN"
MOST_PHRASES: Final = 40
LONGEST_PHRASE: Final = 100
MOST_OFFERED: Final = 24
_WORD: Final = re.compile(r"[^\W_]+(?:['’\-/.][^\W_]+)*")
_DIGIT: Final = re.compile(r"\d")
# "saya guru di SDN 3": whoever says what he is, or whose, is often the only one.
_TELLING: Final = re.compile(
    r"\b(?:(?:nama|alamat|rumah|toko|warung|kantor|tetangga|anak|istri|suami|ibu|bapak|ayah|orang tua|jabatan|kelas)"
    r"\s+(?:saya|aku|kami)|(?:saya|aku|kami)\s+(?:adalah|bernama|guru|perawat|bidan|pegawai|karyawan|warga|siswa|"
    r"mahasiswa|murid|pasien|istri|suami|anak|tinggal|bekerja|kerja))\b",
    re.IGNORECASE,
)


def phrases_of(lines: Iterable[str]) -> tuple[str, ...]:
    """What was asked to be hidden, one word or phrase a line: each once, without what is too short, long or many."""
    found = (" ".join(line.split()) for text in lines for line in text.splitlines())
    kept = dict.fromkeys(one for one in found if 2 <= len(one) <= LONGEST_PHRASE)
    return tuple(kept)[:MOST_PHRASES]


def redact(text: str, phrases: Sequence[str], names: Sequence[str] = ()) -> str:
    """`text` masked, and every occurrence of the phrases as whole words, in any case, replaced by `[DISAMARKAN]`.

    `names` are people who are known from elsewhere: their words become `[NAMA]` where nothing announces them, too.

    Both look at the text as it was written, so that neither spoils the cue by which the other would find something;
    where they overlap all of it goes.
    """
    spans = _united([*mask(text).spans, *_occurrences(text, phrases), *find_known(text, names)])
    pieces, position = [], 0
    for span in spans:
        pieces += [text[position : span.start], f"[{span.kind}]"]
        position = span.end
    return mask("".join([*pieces, text[position:]])).text


def offered(text: str) -> list[str]:
    """Words of a text that may tell who wrote it: with a capital letter inside a sentence, or with a digit.

    What masking hides anyway is left out. In the order of the text, each once.
    """
    hidden = mask(text).spans
    found: dict[str, None] = {}
    for match in _WORD.finditer(text):
        if any(span.start < match.end() and match.start() < span.end for span in hidden):
            continue
        word = match[0]
        if len(word) >= 2 and (_DIGIT.search(word) or (word[0].isupper() and not _begins(text, match.start()))):
            found[word] = None
    return list(found)[:MOST_OFFERED]


def telling_words(text: str) -> list[str]:
    """Turns of phrase by which a text says who its author is, as they were written; at most five."""
    return list(dict.fromkeys(" ".join(match[0].split()) for match in _TELLING.finditer(text)))[:5]


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins here, where a capital letter says nothing."""
    before = text[:at].rstrip(" \t\"'“”‘’(")
    return not before or before[-1] in ".!?:\n"


def _occurrences(text: str, phrases: Sequence[str]) -> Iterator[Span]:
    if not phrases:
        return
    longest_first = sorted(phrases, key=len, reverse=True)
    any_of = "|".join(r"\s+".join(map(re.escape, one.split())) for one in longest_first)
    for match in re.finditer(rf"(?<!\w)(?:{any_of})(?!\w)", text, re.IGNORECASE):
        yield Span(match.start(), match.end(), HIDDEN)


def _united(spans: Iterable[Span]) -> list[Span]:
    """Apart from each other, in order; of overlapping ones one that covers all."""
    united: list[Span] = []
    for span in sorted(spans):
        if not united or span.start >= united[-1].end:
            united.append(span)
            continue
        last = united.pop()
        within = span.end <= last.end or span.kind == last.kind
        kind = last.kind if within and last.kind != HIDDEN else HIDDEN
        united.append(Span(last.start, max(last.end, span.end), kind))
    return united
