"""Digests of what people wrote, kept in the events: an altered text shows in the audit, the ledger keeps no words."""

from __future__ import annotations

from tanggap.cases.models import Case, Message, Narrative
from tanggap.common.crypto import keyed_digest

NARRATIVE = "narrative"


def narrative_digest(agency_text: str, public_text: str) -> str:
    """The proof of a case's own texts."""
    return keyed_digest(f"{agency_text}\0{public_text}")


def message_digest(text: str, public_text: str) -> str:
    """The proof of an entry of the thread."""
    return keyed_digest(f"{text}\0{public_text}")


def message_name(message_id: int) -> str:
    """How an event names an entry of the thread."""
    return f"message:{message_id}"


def _pending(case: Case) -> dict[str, str]:
    """Kept on the object alone: between writing the words and recording the event of the same service."""
    pending: dict[str, str] = case.__dict__.setdefault("_proofs", {})
    return pending


def note_narrative(case: Case, narrative: Narrative) -> None:
    """The next event of the case proves these texts."""
    _pending(case)[NARRATIVE] = narrative_digest(narrative.agency_text, narrative.public_text)


def note_message(case: Case, message: Message) -> None:
    """The next event of the case proves this entry, which is saved already."""
    _pending(case)[message_name(message.pk)] = message_digest(message.text, message.public_text)


def noted(case: Case) -> dict[str, dict[str, str]]:
    """What the event being written has to prove, as its data; nothing stays noted."""
    proofs = case.__dict__.pop("_proofs", None)
    return {"texts": proofs} if proofs else {}
