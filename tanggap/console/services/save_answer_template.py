"""A text for the library of a unit, new or changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import refuse
from tanggap.cases.texts import clean_text
from tanggap.cases.vocabulary import AnswerKindWord
from tanggap.common.errors import Invalid
from tanggap.console.library import may_edit, unknown_fields
from tanggap.console.models import AnswerTemplate
from tanggap.directory.models import Agency
from tanggap.ledger.services.record import record

LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class TemplateWords:
    """What the coordinator wrote. `answer_kind` empty: for an interim answer."""

    title: str
    text: str
    answer_kind: str = ""


@transaction.atomic
def save_answer_template(
    *,
    agency: Agency,
    words: TemplateWords,
    actor: Actor,
    now: datetime,
    template: AnswerTemplate | None = None,
    reason: str = "",
) -> AnswerTemplate:
    """Keep it. Raises Forbidden, Invalid (nothing written, a field nobody fills, a name used twice)."""
    if not may_edit(actor, agency) or (template is not None and not may_edit(actor, template.agency)):
        raise refuse()
    title, text = " ".join(words.title.split())[:LONGEST_TITLE], clean_text(words.text)
    _check(agency, title, text, words.answer_kind, template)
    row = template or AnswerTemplate(created_at=now)
    row.agency, row.title, row.text, row.answer_kind, row.updated_at = agency, title, text, words.answer_kind, now
    row.save()
    digest = sha256(f"{title}\0{text}".encode()).hexdigest()
    record(
        "answer_template.saved",
        stream=row.stream,
        actor=actor.key,
        at=now,
        data={"agency": agency.code, "title": title, "kind": words.answer_kind, "sha256": digest, "reason": reason},
        react=False,
    )
    return row


def _check(agency: Agency, title: str, text: str, kind: str, template: AnswerTemplate | None) -> None:
    if not title:
        raise Invalid(_("Beri nama, supaya petugas menemukannya."), field="title", code="required")
    if kind and kind not in AnswerKindWord.values:
        raise Invalid(_("Pilih dari daftar."), field="answer_kind", code="unknown")
    if strange := unknown_fields(text):
        names = ", ".join("{" + name + "}" for name in strange)
        raise Invalid(
            _("Tidak ada isian bernama %(names)s. Pakai yang ada di daftar.") % {"names": names},
            field="text",
            code="unknown_field",
        )
    same = AnswerTemplate.objects.filter(agency=agency, title=title, retired_at__isnull=True)
    if same.exclude(pk=template.pk if template else 0).exists():
        raise Invalid(_("Unit ini sudah punya contoh bernama itu."), field="title", code="taken")
