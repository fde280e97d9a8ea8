"""Free text of a person that an event tells stands beside it, in `personal`, where it can be shredded (ADR 0054).

What is hashed is a keyed digest in its place: it proves the words as long as they stand, and tells nothing afterwards.
Events written before this was so hold the words themselves; they are read, verified and audited as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tanggap.common.crypto import keyed_digest
from tanggap.ledger.models import Event

DIGEST: Final = "digest:"
CHANGES, TITLE = "changes", "title"
# Which data of which event somebody typed. Codes, keys and dates are not here.
TYPED: Final[dict[str, str]] = {
    "case.hiding_declined": "reason",
    "case.identity_asked": "reason",
    "case.identity_revealed": "reason",
    "case.referred": "to",
    "case.reopened": "reason",
    "case.returned": "reason",
}


def set_aside(event: str, data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str] | None]:
    """What of `data` is hashed, and the words that stand beside it, None where there are none."""
    hashed, words = dict(data), {}
    name = TYPED.get(event, "")
    if text := str(hashed.get(name) or ""):
        words[name], hashed[name] = text, proof_of(text)
    title = hashed.get(CHANGES, {}).get(TITLE)
    if title:
        words[TITLE], hashed[CHANGES] = title, {**hashed[CHANGES], TITLE: proof_of(title)}
    return hashed, words or None


def proof_of(text: str) -> str:
    """What stands in the hashed data instead of `text`."""
    return DIGEST + keyed_digest(text)


def is_proof(value: object) -> bool:
    """Whether this is such a digest and not, as in an older event, the words."""
    return isinstance(value, str) and value.startswith(DIGEST)


def typed_words(event: Event, name: str) -> str:
    """What was typed, wherever this event keeps it; empty once it was shredded."""
    if beside := (event.personal or {}).get(name):
        return str(beside)
    told = event.data.get(name)
    return "" if told is None or is_proof(told) else str(told)


def facts_of(event: Event) -> dict[str, Any]:
    """What the event tells about itself, with the words in their place; without the columns that changed."""
    facts = {key: value for key, value in event.data.items() if key != CHANGES}
    name = TYPED.get(event.name, "")
    return {**facts, name: typed_words(event, name)} if name in facts else facts
