"""A note for colleagues; those it names are told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import Actor
from tanggap.cases.informing import inform
from tanggap.cases.models import Case, MessageKind
from tanggap.cases.services.annotate_case import annotate_case
from tanggap.console.mentioning import named_in
from tanggap.console.models import Mention


@transaction.atomic
def note_case(*, tracking_id: str, text: str, actor: Actor, now: datetime) -> Case:
    """Write the note, remember whom it names, and send each of them number, clock and link, never the note.

    Raises what `annotate_case` raises.
    """
    case = annotate_case(tracking_id=tracking_id, text=text, actor=actor, now=now)
    note = case.messages.filter(kind=MessageKind.NOTE, author_key=actor.key).order_by("-pk")[0]
    people = [person for person in named_in(text, case, now=now) if person.key != actor.key]
    Mention.objects.bulk_create(Mention(case=case, message=note, person=person, at=now) for person in people)
    if people:
        inform(case, people, template="note_mention", role="colleague", source=f"mention:{note.pk}", now=now)
    return case
