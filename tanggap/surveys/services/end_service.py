"""A service that is no longer given."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.common.errors import NotFound, Refused
from tanggap.ledger.services.record import record
from tanggap.surveys.models import Service, Survey
from tanggap.surveys.policies import check_may_run


@transaction.atomic
def end_service(*, service_id: int, actor: Actor, now: datetime) -> Service:
    """Take it out of the list of what must be surveyed; its results stay. Raises NotFound, Forbidden, and Refused
    while a survey of it is open or when it has ended already."""
    rows = Service.objects.select_for_update(of=("self",)).select_related("agency")
    service = rows.filter(pk=service_id).first()
    if service is None:
        raise NotFound(_("Tidak ada layanan seperti itu."), code="no_service")
    check_may_run(actor, service.agency)
    if service.ended_on is not None:
        raise Refused(_("Layanan ini sudah diakhiri. Tidak ada yang diubah."), code="service_ended")
    if service.surveys.filter(state=Survey.State.OPEN).exists():
        raise Refused(_("Tutup dahulu survei layanan ini yang masih dibuka. Tidak ada yang diubah."), code="still_open")
    service.ended_on = local_day(now)
    service.save(update_fields=["ended_on"])
    record("service.ended", stream=f"service:{service.pk}", actor=actor.key, at=now, react=False)
    return service
