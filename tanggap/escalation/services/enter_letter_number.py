"""A number, or a signed PDF, from the government's own correspondence system."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Invalid
from tanggap.escalation.letters.access import letter_for, may_enter_number
from tanggap.escalation.letters.issuing import Signer, issue
from tanggap.escalation.letters.telling import source_of
from tanggap.escalation.letters.waiting import no_letter, waiting_desk
from tanggap.escalation.models import Letter
from tanggap.files.limits import Kind
from tanggap.files.models import StoredFile
from tanggap.files.services.accept_upload import Readable, accept_upload
from tanggap.ledger.services.record import record

LONGEST = 120


@transaction.atomic
def enter_letter_number(
    *, letter_id: int, number: str, actor: Actor, now: datetime, paper: Readable | None = None, name: str = "surat.pdf"
) -> Letter:
    """Write the official number beside ours, and keep the signed PDF.

    A letter that waits for a signature is issued by it, with the signed PDF as its paper where there is one. What
    was issued before stays as it is: the signed PDF then lies beside it. Raises NotFound, Refused, Invalid.
    """
    letter = letter_for(actor, letter_id)
    if not may_enter_number(actor, letter):
        raise no_letter()
    words = " ".join(number.split())[:LONGEST]
    if not words:
        raise Invalid(_("Tulis nomor surat dari sistem persuratan resmi."), code="required", field="number")
    if letter.state == Letter.State.WAITING:
        return _issued(letter, words, paper, name, actor, now)
    letter = Letter.objects.select_for_update().get(pk=letter_id)
    letter.external_number = words
    stored = _kept(letter, paper, name, now)
    if stored is not None:
        letter.content = {**letter.content, "signed_copy": {"token": stored.token, "sha256": stored.sha256}}
    letter.save(update_fields=["external_number", "content"])
    _record(letter, stored, actor, now)
    return letter


def _issued(letter: Letter, number: str, paper: Readable | None, name: str, actor: Actor, now: datetime) -> Letter:
    desk = waiting_desk(letter.pk, actor=actor, now=now)
    (waiting,) = desk.letters
    if waiting.state != Letter.State.WAITING:
        return waiting
    waiting.external_number = number
    stored = _kept(waiting, paper, name, now)
    issue(waiting, desk, signer=Signer(actor.key), paper=stored)
    desk.clear()
    _record(waiting, stored, actor, now)
    return waiting


def _kept(letter: Letter, paper: Readable | None, name: str, now: datetime) -> StoredFile | None:
    if paper is None:
        return None
    stored = accept_upload(stream=paper, name=name, owner=source_of(letter), now=now)
    if stored.kind != Kind.DOCUMENT:
        raise Invalid(_("Surat bertanda tangan harus berupa dokumen PDF."), code="not_a_pdf", field="paper")
    return stored


def _record(letter: Letter, stored: StoredFile | None, actor: Actor, now: datetime) -> None:
    data = {"external_number": letter.external_number, "sha256": stored.sha256 if stored else ""}
    record("letter.number_entered", stream=source_of(letter), actor=actor.key, at=now, data=data)
