"""A service that can be surveyed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency
from tanggap.ledger.services.record import record
from tanggap.surveys.models import Service
from tanggap.surveys.policies import may_run


@transaction.atomic
def make_service(*, name: str, agency: Agency, actor: Actor, now: datetime) -> Service:
    """Add a service of an agency. Raises Invalid; also for an agency not the actor's, or one that is gone."""
    words = " ".join(name.replace("\x00", "").split())
    if not words or len(words) > 120:
        raise Invalid(_("Nama layanan harus diisi, paling banyak 120 huruf."), field="name")
    if not may_run(actor, agency) or agency.status != Agency.Status.ACTIVE or agency.external:
        raise Invalid(_("Instansi ini bukan wewenang Anda."), field="agency")
    # Two clicks at once: the second waits here and finds the first.
    Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    if Service.objects.filter(agency=agency, name__iexact=words, ended_on__isnull=True).exists():
        raise Invalid(_("Layanan dengan nama ini sudah ada."), field="name", code="name_taken")
    service = Service.objects.create(agency=agency, name=words, made_on=local_day(now))
    data = {"agency": agency.code, "service": service.pk}
    record("service.made", stream=f"service:{service.pk}", actor=actor.key, at=now, data=data, react=False, first=True)
    return service
