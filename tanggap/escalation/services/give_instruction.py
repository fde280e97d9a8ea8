"""What a regional secretary orders, with a day by which it is to be done."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.recording import record_only
from tanggap.cases.selectors import get_case_for
from tanggap.common import formats
from tanggap.common.errors import Invalid
from tanggap.common.links import absolute
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.letters.access import cases_in, letter_for
from tanggap.escalation.letters.instructions import OF_THE_UNIT, giving_grant
from tanggap.escalation.letters.posts import post_name
from tanggap.escalation.letters.telling import innocent
from tanggap.escalation.letters.waiting import no_letter
from tanggap.escalation.models import Instruction, Letter
from tanggap.escalation.recipients import Directory, Holder
from tanggap.ledger.services.record import record
from tanggap.notify.outgoing import Outgoing
from tanggap.notify.services.enqueue import enqueue_many

LONGEST = 2000
FURTHEST = 366


@transaction.atomic
def give_instruction(
    *,
    text: str,
    due_on: date | None,
    actor: Actor,
    now: datetime,
    letter_id: int | None = None,
    tracking_id: str | None = None,
) -> Instruction:
    """Order something from the unit a letter went to, or that holds a case, and tell its head and liaison officers.

    Raises NotFound where the letter or case is not the actor's to order about, Invalid for a missing text or day.
    """
    letter = letter_for(actor, letter_id) if letter_id is not None else None
    case = get_case_for(actor, tracking_id) if tracking_id is not None else None
    agency = letter.recipient_agency if letter is not None else case.agency if case is not None else None
    grant = giving_grant(actor, agency) if agency is not None else None
    if agency is None or grant is None or actor.person_id is None:
        raise no_letter()
    words, day = _checked(text, due_on, calendar_of(agency.pk).local_date(now))
    instruction = Instruction.objects.create(
        case=case, letter=letter, agency=agency, given_by_id=actor.person_id, given_at=now, text=words, due_on=day
    )
    data = {"agency": agency.code, "due_on": str(day), "letter": letter.pk if letter else None}
    record("instruction.given", stream=f"instruction:{instruction.pk}", actor=actor.key, at=now, data=data)
    if case is not None:
        told = {"instruction": instruction.pk, "agency": agency.code, "due_on": str(day)}
        record_only(case, "case.instruction_given", actor=actor, at=now, data=told)
    _tell(instruction, _cases(case, letter, actor), giver=post_name(grant.role, agency.body or agency), now=now)
    return instruction


def _checked(text: str, due_on: date | None, today: date) -> tuple[str, date]:
    words = text.strip()
    if not words:
        raise Invalid(_("Tulis apa yang harus dilakukan."), code="required", field="text")
    if len(words) > LONGEST:
        raise Invalid(_("Terlalu panjang: paling banyak %(n)s huruf.") % {"n": LONGEST}, code="too_long", field="text")
    if due_on is None or not 0 <= (due_on - today).days <= FURTHEST:
        raise Invalid(_("Pilih tanggal mulai hari ini sampai setahun ke depan."), code="bad_day", field="due_on")
    return words, due_on


def _cases(case: Case | None, letter: Letter | None, actor: Actor) -> list[Case]:
    if case is not None:
        return [case]
    return list(cases_in(letter, actor)) if letter is not None else []


def _tell(instruction: Instruction, cases: list[Case], *, giver: str, now: datetime) -> None:
    agency = instruction.agency
    directory = Directory(cases, at=now, agencies=[agency])
    holders: dict[int, Holder] = {}
    for role in OF_THE_UNIT:
        for holder in innocent(role, cases, agency.pk, directory):
            if holder.agency_id == agency.pk:
                holders.setdefault(holder.person.pk, holder)
    enqueue_many([_message(instruction, holder, cases, giver, now) for holder in holders.values()], now=now)


def _message(instruction: Instruction, holder: Holder, cases: list[Case], giver: str, now: datetime) -> Outgoing:
    agency = instruction.agency
    guarded = any(case.guarded or case.anonymous for case in cases)
    moment = calendar_of(agency.pk).next_open(now)
    return Outgoing(
        key=f"instruction:{instruction.pk}:{holder.person.key}",
        template="instruction_given",
        ways=holder.ways(),
        due_at=moment,
        not_before=moment,
        values={
            "tracking_id": instruction.case.tracking_id if instruction.case else "",
            "link": absolute("/kerja/surat/perintah/"),
            "about": "",
            "clock": "",
            "agency": agency.full_name,
            "due": formats.long_date(instruction.due_on),
            # An order on a guarded case may say what it is about: it is read on the page, behind the sign-in.
            "text": "" if guarded else instruction.text,
            "office": giver,
            "post": post_name(holder.role, agency),
        },
        stream=f"case:{instruction.case_id}" if instruction.case_id else f"letter:{instruction.letter_id}",
        source=f"instruction:{instruction.pk}",
        payer=f"agency:{agency.body_id}" if agency.body_id else "",
        recipient_role=holder.role,
        recipient_key=holder.person.key,
        recipient_name=holder.person.name,
    )
