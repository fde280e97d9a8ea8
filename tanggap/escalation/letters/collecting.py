"""Putting a step into the letter of its recipient, step and day. One letter lists all the late cases of that day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db import transaction

from tanggap.accounts.models import Membership
from tanggap.accounts.roles import Role
from tanggap.cases.models import Case, Subject
from tanggap.common.ids import new_secret_code
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_id, calendar_of, root_agency
from tanggap.escalation.letters.lines import lines_for
from tanggap.escalation.letters.policy import policy_of
from tanggap.escalation.models import Letter, TakenStep
from tanggap.escalation.recipients import Resolution

ROUNDS: Final = 5
Collected = tuple[TakenStep, Case, Resolution]


class Key(NamedTuple):
    """What makes two steps belong into one letter."""

    agency_id: int
    recipient_agency_id: int
    recipient_role: str
    clock: str
    kind: str
    on: date


@transaction.atomic
def collect_all(items: Sequence[Collected], *, now: datetime) -> list[Letter]:
    """The letters these steps went into, in the order given, in a constant number of statements.

    A letter that is already being issued takes nothing more: what comes later on the same day is its next part. The
    caller holds the locks of the cases.
    """
    accused = _accused_offices(case for _taken, case, _found in items)
    keys = [_key(taken, case, found, accused.get(case.pk, set()), now) for taken, case, found in items]
    letters = _open_letters(dict.fromkeys(keys), now)
    lines = lines_for(list({case.pk: case for _taken, case, _found in items}.values()), now=now)
    gathered: dict[int, list[TakenStep]] = {}
    for (taken, _case, _found), key in zip(items, keys, strict=True):
        letter = letters[key]
        taken.letter = letter
        gathered.setdefault(letter.pk, []).append(taken)
    for letter in letters.values():
        steps = gathered[letter.pk]
        TakenStep.objects.filter(pk__in=[step.pk for step in steps]).update(letter=letter)
        letter.copies = list(dict.fromkeys([*letter.copies, *(role for step in steps for role in step.copies)]))
        mine = {str(step.case_id): lines[str(step.case_id)] for step in steps}
        letter.content = {"lines": {**letter.content.get("lines", {}), **mine}}
    Letter.objects.bulk_update(letters.values(), ["copies", "content"])
    return [letters[key] for key in keys]


def issuer_of(recipient: Agency, role: str, accused: Iterable[int] = ()) -> Agency:
    """Who writes: the recipient's government; the root to its head, or where the government itself is accused."""
    body = recipient.body
    if body is None or role == Role.REGIONAL_HEAD or body.pk in set(accused):
        return root_agency()
    return body


def signatory_of(agency_id: int, recipient_role: str) -> str:
    """The post that signs by the agency's rule; its head where that post would write to itself."""
    rule = policy_of(agency_id).signatory_role
    return Role.REGIONAL_HEAD.value if rule == recipient_role else rule


def _key(taken: TakenStep, case: Case, found: Resolution, accused: set[int], now: datetime) -> Key:
    role, recipient = _post(taken, case, found, accused)
    agency = issuer_of(recipient, role, accused)
    return Key(agency.pk, recipient.pk, role, taken.clock, taken.kind, calendar_of(agency.pk).local_date(now))


def _post(taken: TakenStep, case: Case, found: Resolution, accused: set[int]) -> tuple[str, Agency]:
    """The post that gets the letter. With nobody in it one is still written: paper finds a post without account."""
    if found.holders and found.agency_id is not None:
        return found.role, agency_by_id(found.agency_id)
    agency = agency_by_id(taken.agency_id or case.agency_id)
    body = agency.body or agency
    if accused & {agency.pk, body.pk} or taken.asked_role == Role.NATIONAL_ADMIN:
        return Role.NATIONAL_ADMIN.value, root_agency()
    if taken.asked_role in (Role.UNIT_HEAD, Role.LIAISON_OFFICER):
        return taken.asked_role, agency
    return taken.asked_role, body


def _accused_offices(cases: Iterable[Case]) -> dict[int, set[int]]:
    """The offices each case is about, and where a person it is about is posted: none of them writes its letter."""
    found: dict[int, set[int]] = {}
    posted: dict[int, set[int]] = {}
    about = list(Subject.objects.filter(case_id__in={case.pk for case in cases}))
    people = {subject.person_id for subject in about if subject.person_id is not None}
    for person_id, agency_id in Membership.objects.filter(person_id__in=people).values_list("person_id", "agency_id"):
        posted.setdefault(person_id, set()).add(agency_id)
    for subject in about:
        offices = {subject.agency_id} if subject.agency_id is not None else posted.get(subject.person_id or 0, set())
        found.setdefault(subject.case_id, set()).update(pk for pk in offices if pk is not None)
    return found


def _open_letters(keys: Iterable[Key], now: datetime) -> dict[Key, Letter]:
    """An open letter for each key, its row locked until commit, so that it cannot be issued meanwhile."""
    missing, found = sorted(keys), dict[Key, Letter]()
    for _round in range(ROUNDS):
        parts: dict[Key, int] = {}
        for letter in _letters_like(missing):
            parts[key_of(letter)] = max(letter.part, parts.get(key_of(letter), 0))
            if letter.state == Letter.State.OPEN:
                found[key_of(letter)] = letter
        missing = [key for key in missing if key not in found]
        if not missing:
            return found
        fresh = [_fresh(key, parts.get(key, 0) + 1, now) for key in missing]
        Letter.objects.bulk_create(fresh, ignore_conflicts=True)
    raise RuntimeError("the letters of this day are being issued faster than they are written")


def _letters_like(keys: Sequence[Key]) -> list[Letter]:
    wanted = set(keys)
    rows = Letter.objects.select_for_update().filter(
        agency_id__in={key.agency_id for key in keys},
        recipient_agency_id__in={key.recipient_agency_id for key in keys},
        on__in={key.on for key in keys},
    )
    return [letter for letter in rows.order_by("pk") if key_of(letter) in wanted]


def key_of(letter: Letter) -> Key:
    """What a letter gathers."""
    return Key(
        letter.agency_id, letter.recipient_agency_id, letter.recipient_role, letter.clock, letter.kind, letter.on
    )


def _fresh(key: Key, part: int, now: datetime) -> Letter:
    return Letter(
        **key._asdict(),
        part=part,
        verification_code=new_secret_code(),
        signatory_role=signatory_of(key.agency_id, key.recipient_role),
        created_at=now,
    )
