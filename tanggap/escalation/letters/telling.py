"""Who is told of a letter: the post it goes to and the copies, each once, with the paper attached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tanggap.cases.models import Case
from tanggap.common.links import absolute
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.letters.posts import post_name
from tanggap.escalation.models import Letter, TakenStep
from tanggap.escalation.recipients import Directory, Holder
from tanggap.notify.outgoing import Outgoing

MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Mailing:
    """An issued letter on its way."""

    letter: Letter
    agency: Agency
    recipient: Agency
    steps: Sequence[TakenStep]
    cases: Sequence[Case]
    clocks: Sequence[str]
    token: str
    brand: str


def source_of(letter: Letter) -> str:
    """How the outbox names the letter a message belongs to."""
    return f"letter:{letter.pk}"


def link_to_letter(letter: Letter) -> str:
    """The letter's page for officers."""
    return absolute(f"/kerja/surat/{letter.pk}/")


def messages_for(mailing: Mailing, directory: Directory, *, now: datetime) -> Iterator[Outgoing]:
    """One message for everybody in the post, and for everybody in the posts that get copies."""
    letter = mailing.letter
    told: set[int] = set()
    for holder in innocent(letter.recipient_role, mailing.cases, mailing.recipient.pk, directory):
        told.add(holder.person.pk)
        yield _to(holder, mailing, now, copy=False)
    for role in letter.copies:
        for holder in innocent(role, mailing.cases, mailing.recipient.pk, directory):
            if holder.person.pk not in told:
                told.add(holder.person.pk)
                yield _to(holder, mailing, now, copy=True)


def innocent(role: str, cases: Sequence[Case], agency_id: int, directory: Directory) -> list[Holder]:
    """Whoever fills the post, less those whom any of the cases is about: the accused reads no line of it."""
    found: dict[int, Holder] = {}
    for number, case in enumerate(cases):
        here = {one.person.pk: one for one in directory.exactly(role, case, agency_id)}
        found = here if number == 0 else {pk: one for pk, one in found.items() if pk in here}
    return list(found.values())


def _to(holder: Holder, mailing: Mailing, now: datetime, *, copy: bool) -> Outgoing:
    letter, first = mailing.letter, mailing.steps[0]
    due_at = min(step.due_at for step in mailing.steps)
    return Outgoing(
        key=f"{source_of(letter)}:{'copy:' if copy else ''}{holder.person.key}",
        template="copy" if copy else first.template,
        ways=holder.ways(first.channel),
        due_at=due_at,
        not_before=calendar_of(holder.agency_id).next_open(max(now, due_at)),
        values=_values(mailing),
        stream=source_of(letter),
        source=source_of(letter),
        brand=mailing.brand,
        payer=f"agency:{letter.agency_id}",
        channel=first.channel or "email",
        recipient_role=holder.role,
        recipient_key=holder.person.key,
        recipient_name=holder.person.name,
        files=(mailing.token,),
        is_copy=copy,
    )


def _values(mailing: Mailing) -> dict[str, str]:
    """Numbers and clocks only: whatever a letter says of a matter stands in the paper itself."""
    letter, cases = mailing.letter, mailing.cases
    lines = [f"{case.tracking_id}: {clock}" for case, clock in zip(cases, mailing.clocks, strict=True)]
    more = len(lines) - MOST_LINES
    listed = lines[:MOST_LINES] + ([f"… +{more}"] if more > 0 else [])
    post = post_name(letter.recipient_role, mailing.recipient)
    return {
        "tracking_id": cases[0].tracking_id if len(cases) == 1 else "",
        "link": link_to_letter(letter),
        "about": "",
        "clock": mailing.clocks[0] if len(cases) == 1 else "",
        "agency": mailing.recipient.full_name,
        "due": "",
        "text": "",
        "office": mailing.agency.full_name,
        "post": post,
        "recipient": post,
        "number": letter.number,
        "count": str(len(cases)),
        "list": "\n".join(listed),
    }
