"""A letter that waits for a signature: locked, with what is still late at the moment of signing."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.common.errors import NotFound, Refused
from tanggap.escalation.letters.issuing import Desk, call_off, lock_cases, steps_of
from tanggap.escalation.letters.lines import lines_for
from tanggap.escalation.loading import facts_of
from tanggap.escalation.models import Letter, TakenStep
from tanggap.escalation.running import runs_of
from tanggap.escalation.steps import running_keys


def waiting_desk(letter_id: int, *, actor: Actor, now: datetime) -> Desk:
    """The letter on the desk, locked with its cases; steps whose clock stopped are struck out.

    With none left the letter is called off. Raises Refused when it does not wait any more.
    """
    steps = TakenStep.objects.filter(letter_id=letter_id, state=TakenStep.State.TAKEN)
    cases = lock_cases(list(steps.values_list("case_id", flat=True)))
    letter = Letter.objects.select_for_update().get(pk=letter_id)
    if letter.state != Letter.State.WAITING:
        raise Refused(_("Surat ini sudah ditandatangani atau dibatalkan. Tidak ada yang diubah."), code="not_waiting")
    facts = facts_of(list(cases.values()), now)
    running = {pk: running_keys(runs_of(facts[pk])) for pk in cases}
    gathered = steps_of([letter])
    left = [step for step in gathered[letter.pk] if (step.clock, step.run) in running.get(step.case_id, set())]
    struck = [step.pk for step in gathered[letter.pk] if step not in left]
    TakenStep.objects.filter(pk__in=struck).update(state=TakenStep.State.CANCELLED)
    if not left:
        call_off(letter, now=now, actor=actor.key)
    letter.content = {"lines": lines_for([cases[pk] for pk in dict.fromkeys(s.case_id for s in left)], now=now)}
    return Desk([letter], cases, now, steps={letter.pk: left})


def signer_name(actor: Actor) -> str:
    """The name below the signature."""
    return Person.objects.filter(pk=actor.person_id or 0).values_list("name", flat=True).first() or ""


def no_letter() -> NotFound:
    """For letters that are not this person's: as if there were none."""
    return NotFound(_("Surat ini tidak ada."), code="no_letter")
