"""What somebody wrote, without what they quoted and what their program adds. Pure. Keeps all rather than nothing."""

from __future__ import annotations

import re

LONGEST_LINE = 1_000
LONGEST_SIGNATURE = 10
_WRITES = re.compile(r"(?:menulis|tulis|wrote|writes|berkata)\s*:?\s*$", re.IGNORECASE)
_BEGINS = re.compile(r"\s*(?:pada|on|tanggal|hari)\b.{5,}", re.IGNORECASE)
_ADDRESSED = re.compile(r".{0,200}<[^<>\s]{3,100}@[^<>\s]{3,100}>.{0,40}(?:menulis|wrote)\s*:?\s*$", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"\s*-{2,}\s*(?:original message|pesan asli|pesan awal|surat asli|original-nachricht)\s*-{2,}\s*$", re.IGNORECASE
)
_FROM = re.compile(r"\s*\*?(?:dari|from)\*?\s*:\*?\s*\S", re.IGNORECASE)
_BESIDE_FROM = re.compile(
    r"\s*\*?(?:dikirim|terkirim|tanggal|kepada|untuk|ke|perihal|subjek|sent|date|to|subject)\*?\s*:", re.IGNORECASE
)
_PROGRAM = re.compile(
    r"\s*(?:dikirim dari|terkirim dari|sent from|sent via|sent with|get outlook for|dapatkan outlook untuk)\b.{0,80}$",
    re.IGNORECASE,
)


def own_words(text: str, *, forwarded: bool = False) -> str:
    """The part this person wrote. Of a letter that was `forwarded` the quotation is the matter, and stays."""
    lines = text.split("\n")
    if not forwarded:
        lines = _without_quotes(lines)
    kept = "\n".join(_without_signature(lines)).strip()
    return kept or text.strip()


def _without_quotes(lines: list[str]) -> list[str]:
    kept: list[str] = []
    at = 0
    while at < len(lines):
        length = _heading(lines, at)
        if length:
            after = next((line for line in lines[at + length :] if line.strip()), "")
            if not after.lstrip().startswith(">"):
                # What is quoted below is not marked, so nothing tells it from an answer: all of it is the quotation.
                break
            at += length
        elif not lines[at].lstrip().startswith(">"):
            kept.append(lines[at])
            at += 1
        else:
            at += 1
    return kept


def _heading(lines: list[str], at: int) -> int:
    """How many lines announce a quotation here; 0 for none. Programs break the announcement in up to four."""
    line = lines[at][:LONGEST_LINE]
    if _ORIGINAL.match(line):
        return 1
    if _FROM.match(line) and sum(bool(_BESIDE_FROM.match(one[:200])) for one in lines[at + 1 : at + 5]) >= 2:
        return 1
    if _ADDRESSED.match(line):
        return 1
    if _BEGINS.match(line):
        joined = line
        for length in range(1, 5):
            if _WRITES.search(joined[-40:]) and ("@" in joined or any(one.isdigit() for one in joined)):
                return length
            joined = f"{joined} {lines[at + length].strip()}"[:LONGEST_LINE] if at + length < len(lines) else joined
    return 0


def _without_signature(lines: list[str]) -> list[str]:
    for at in range(len(lines) - 1, -1, -1):
        short = len([line for line in lines[at:] if line.strip()]) <= LONGEST_SIGNATURE + 1
        if lines[at] in {"-- ", "--", "> -- "} and short:
            lines = lines[:at]
            break
    while lines and (not lines[-1].strip() or _PROGRAM.match(lines[-1][:LONGEST_LINE])):
        lines = lines[:-1]
    return [line for line in lines if not _PROGRAM.match(line[:LONGEST_LINE])]


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Lines of a `format=flowed` text joined again (RFC 3676)."""
    joined: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:]
        content = content.removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        if flows and delete_space:
            content = content[:-1]
        if depth == open_depth:
            joined[-1] += content
        else:
            joined.append((">" * depth + " " if depth else "") + content)
        open_depth = depth if flows else -1
    return "\n".join(joined)
