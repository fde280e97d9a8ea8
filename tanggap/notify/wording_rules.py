"""What an instance's own words must keep to. Pure: returns findings, changes nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

LONGEST_BODY = 4000
LONGEST_SUBJECT = 200
_BRACED = re.compile(r"\{([^{}\n]*)\}")


class Fault(StrEnum):
    """Why words are refused."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNKNOWN_FIELDS = "unknown_fields"
    LOOSE_BRACE = "loose_brace"
    SUBJECT_TOO_LONG = "subject_too_long"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault; `names` are the fields that do not exist."""

    fault: Fault
    where: str = "body"
    names: tuple[str, ...] = ()


def findings(*, subject: str, body: str, fields: Collection[str]) -> list[Finding]:
    """Everything that keeps these words from being used; none where they may be."""
    found = []
    if not body.strip():
        found.append(Finding(Fault.EMPTY))
    if len(body) > LONGEST_BODY:
        found.append(Finding(Fault.TOO_LONG))
    if len(subject) > LONGEST_SUBJECT:
        found.append(Finding(Fault.SUBJECT_TOO_LONG, "subject"))
    for where, words in (("subject", subject), ("body", body)):
        unknown = tuple(dict.fromkeys(name for name in _BRACED.findall(words) if name not in fields))
        if unknown:
            found.append(Finding(Fault.UNKNOWN_FIELDS, where, unknown))
        if set(_BRACED.sub("", words)) & {"{", "}"}:
            found.append(Finding(Fault.LOOSE_BRACE, where))
    return found
