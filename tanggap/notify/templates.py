"""Every message the house can send, by name: for whom, with which fields. The words stand in `wordings/`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

CASE_FIELDS: Final = ("tracking_id", "link", "about", "clock", "agency", "due", "text", "office", "post")
WHATSAPP_FIELDS: Final = ("tracking_id", "clock", "link")


@dataclass(frozen=True, slots=True)
class Template:
    """One message.

    `essential` ones go out though the month's money is spent. `at_once` ones answer what the reporter did a moment
    ago, so quiet hours do not hold them back. `whatsapp_name` is the approved template that serves outside the
    24 hours of a conversation, `whatsapp_fields` its parameters in their order. `public` is the section that may be
    said under somebody's post for everybody to read; without one the message is never said there.
    """

    name: str
    audience: str
    fields: tuple[str, ...] = CASE_FIELDS
    essential: bool = False
    at_once: bool = False
    whatsapp_name: str = ""
    whatsapp_fields: tuple[str, ...] = WHATSAPP_FIELDS
    public: Literal["", "subject", "short"] = ""


OFFICER: Final = (
    "case_received", "verification_reminder", "verification_letter", "verification_late", "case_forwarded",
    "answer_reminder", "letter_1", "letter_2", "escalation", "answer_late", "resolution_reminder", "resolution_late",
    "case_objected", "objection_reminder", "urgent_case", "promise_due", "promise_overdue", "inquiry_asked",
    "inquiry_reminder", "copy", "instruction_given", "note_mention",
)  # fmt: skip
REPORTER: Final = (
    "case_verified", "case_moved", "case_returned", "case_reopened", "question_reminder", "interim_answer",
    "closing_warning", "case_closed", "case_archived", "case_merged", "identity_revealed", "promise_reminder",
    "promise_kept", "case_referred",
)  # fmt: skip
# What may be said under a post: number and state, and only what the person would miss most.
IN_PUBLIC: Final = frozenset({"question_asked", "final_answer", "interim_answer", "case_archived"})
LETTER_FIELDS: Final = (*CASE_FIELDS, "number", "count", "list", "recipient")


def _public(name: str) -> Literal["", "subject"]:
    return "subject" if name in IN_PUBLIC else ""


def _all() -> Iterator[Template]:
    for name in OFFICER:
        fields = LETTER_FIELDS if name in ("letter_1", "letter_2", "verification_letter", "copy") else CASE_FIELDS
        yield Template(name, "officer", fields, whatsapp_name=f"tanggap_{name}")
    for name in REPORTER:
        yield Template(name, "reporter", whatsapp_name=f"tanggap_{name}", public=_public(name))
    for name in ("question_asked", "final_answer"):
        yield Template(name, "reporter", essential=True, whatsapp_name=f"tanggap_{name}", public=_public(name))
    yield Template("receipt", "reporter", essential=True, at_once=True, whatsapp_name="tanggap_receipt")
    yield Template("objection_received", "reporter", at_once=True, whatsapp_name="tanggap_objection_received")
    for name in ("statutory_overdue", "pressure_reported", "objection_bundle"):
        yield Template(name, "ombudsman")
    yield Template("daily_list", "leader", ("post", "agency", "count", "list", "link", "due"))
    fields = ("post", "agency", "period", "headline", "count", "closed", "late", "list", "link")
    yield Template("brief", "leader", fields)
    for name in ("task_assigned", "task_reminder", "task_answered", "task_returned"):
        yield Template(name, "officer", ("agency", "office", "due", "link"))
    yield Template("inactivity", "officer", ("agency", "days", "count", "link", "post"))
    yield Template("survey_reminder", "officer", ("agency", "count", "list", "link", "post"))
    yield Template("cap_warning", "officer", ("agency", "brand_name", "month", "percent", "spent", "amount", "link"))
    yield Template(
        "digest",
        "officer",
        ("count", "list", "link"),
        whatsapp_fields=("count", "link"),
        whatsapp_name="tanggap_digest",
    )
    # What a conversation answers, made there from what the citizen wrote; kept sealed.
    yield Template("chat_reply", "reporter", (), essential=True, at_once=True)
    # Under a post or a comment: that it is a case, or that it has to be written to us in private.
    yield Template("public_receipt", "reporter", ("tracking_id", "danger"), True, True, public="short")
    yield Template("public_invitation", "reporter", ("danger",), True, True, public="short")
    # Words of the sign-in pages, made there; they hold links and codes and are kept sealed.
    yield Template("account_mail", "officer", (), essential=True, at_once=True)


TEMPLATES: Final[dict[str, Template]] = {template.name: template for template in _all()}
