"""Signing a letter where the agency chose to: only now it gets its number and leaves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.escalation.letters.access import letter_for, may_sign
from tanggap.escalation.letters.issuing import Signer, issue
from tanggap.escalation.letters.waiting import no_letter, signer_name, waiting_desk
from tanggap.escalation.models import Letter


@transaction.atomic
def sign_letter(*, letter_id: int, actor: Actor, now: datetime) -> Letter:
    """Issue a waiting letter in the actor's name. Cases answered meanwhile are left out; with none left it is dropped.

    Raises NotFound for who may not sign it, Refused when it was signed already.
    """
    letter = letter_for(actor, letter_id)
    if not may_sign(actor, letter):
        raise no_letter()
    desk = waiting_desk(letter_id, actor=actor, now=now)
    (letter,) = desk.letters
    if letter.state == Letter.State.WAITING:
        issue(letter, desk, signer=Signer(actor.key, signer_name(actor)))
        desk.clear()
    return letter
