"""A list of cases is wanted as a file."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.common.errors import Invalid, Refused
from tanggap.common.jobs import wake_after_commit
from tanggap.console.exporting import KEPT, MOST_WAITING
from tanggap.console.models import Export
from tanggap.ledger.services.record import record

MAKE = "make_export"


@transaction.atomic
def ask_export(*, query: str, form: str, language: str, actor: Actor, now: datetime) -> Export:
    """Put it in the line, and on record: who took which list out of the house. Raises Invalid (unknown format),
    Refused (enough of the actor's wait already).
    """
    if form not in Export.Format.values:
        raise Invalid(_("Pilih dari daftar."), field="format", code="unknown")
    person = Person.objects.select_for_update().get(pk=actor.own_id)
    unready = [Export.State.WAITING, Export.State.RUNNING]
    if Export.objects.filter(person=person, state__in=unready, expires_at__gt=now).count() >= MOST_WAITING:
        raise Refused(_("Tunggu sampai berkas yang sedang dibuat selesai."), code="too_many")
    export = Export.objects.create(
        person=person, query=query, format=form, language=language, asked_at=now, expires_at=now + KEPT
    )
    record(
        "export.asked",
        stream=f"export:{export.pk}",
        actor=actor.key,
        at=now,
        data={"format": form},
        personal={"query": query},
        react=False,
    )
    wake_after_commit(task=MAKE, queue="default", channel=str(export.pk))
    return export
