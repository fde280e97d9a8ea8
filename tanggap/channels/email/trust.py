"""Whether the sender's own domain disowns a letter, by what our mail server wrote over it (RFC 8601). Pure.

Only the uppermost results count: whatever stands below may have been written by the sender.
"""

from __future__ import annotations

import re

from tanggap.channels.email.letter import Letter

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"\s*([a-z0-9-]+)\s*=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"\b(?:smtp\.mailfrom|smtp\.mail|header\.d|header\.i)\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_WELL = "pass"
_SILENT = {"none", "neutral", "temperror"}


def is_disowned(letter: Letter) -> bool:
    """Whether the letter was checked and is not from where it says. Without a check nothing is known."""
    results = _results(letter)
    verdict = [result for method, result, _domain in results if method == "dmarc"]
    if "fail" in verdict:
        return True
    if _WELL in verdict:
        return False
    own = letter.address.rpartition("@")[2]
    told = [(result, domain) for method, result, domain in results if method in {"spf", "dkim"}]
    if any(result == _WELL and _aligned(domain, own) for result, domain in told):
        return False
    # A failure, or a proof for somebody else's domain: both are no proof for this one.
    return any(result not in _SILENT for result, _domain in told)


def _results(letter: Letter) -> list[tuple[str, str, str]]:
    """Method, result and the domain it is about, of the uppermost server."""
    found: list[tuple[str, str, str]] = []
    server = None
    for header in letter.headers.get("authentication-results", ())[:10]:
        name, *parts = _without_comments(header).split(";")
        name = name.strip().partition(" ")[0].lower()
        server = server or name
        if name != server:
            break
        for part in parts:
            result = _RESULT.match(part)
            about = _PROPERTY.search(part)
            if result:
                domain = about[1].rpartition("@")[2].lower() if about else ""
                found.append((result[1].lower(), result[2].lower(), domain))
    return found


def _without_comments(text: str) -> str:
    for _level in range(5):
        text, changed = _COMMENT.subn(" ", text)
        if not changed:
            break
    return text


def _aligned(domain: str, own: str) -> bool:
    return bool(domain) and (domain == own or own.endswith("." + domain) or domain.endswith("." + own))
