"""Beginning a survey."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.common.errors import Invalid, Refused
from tanggap.ledger.services.record import record
from tanggap.surveys.ikm import sample_size
from tanggap.surveys.models import Service, Survey
from tanggap.surveys.policies import check_may_run
from tanggap.surveys.rules import policy_on

# Without vowels, so that no code is a word; read aloud at a counter without doubt.
LETTERS, LENGTH = "bcdfghjkmnpqrstvwxz23456789", 8
LONGEST, MOST_PEOPLE = timedelta(days=366), 300_000_000


@transaction.atomic
def open_survey(*, service: Service, first: date, last: date, population: int, actor: Actor, now: datetime) -> Survey:
    """Open a survey of a service for some days. Raises Invalid for days or numbers that cannot be, Refused while
    another one of this service is open."""
    row = Service.objects.select_for_update(of=("self",)).select_related("agency").get(pk=service.pk)
    check_may_run(actor, row.agency)
    _check(first, last, population, now)
    if row.ended_on is not None:
        raise Refused(_("Layanan ini sudah diakhiri. Tidak ada yang diubah."), code="service_ended")
    if row.surveys.filter(state=Survey.State.OPEN).exists():
        raise Refused(
            _("Masih ada survei layanan ini yang dibuka; tutup dahulu yang itu. Tidak ada yang diubah."),
            code="already_open",
        )
    rules = policy_on(first)
    survey = Survey.objects.create(
        code="".join(secrets.choice(LETTERS) for _letter in range(LENGTH)),
        service=row,
        first=first,
        last=last,
        population=population,
        sample=sample_size(population, chi_square=rules.chi_square, margin=rules.margin),
        opened_at=now,
    )
    data = {
        "agency": row.agency.code,
        "service": row.pk,
        "first": first,
        "last": last,
        "population": population,
        "sample": survey.sample,
    }
    record("survey.opened", stream=survey.stream, actor=actor.key, at=now, data=data, react=False, first=True)
    return survey


def _check(first: date, last: date, population: int, now: datetime) -> None:
    if first > last:
        raise Invalid(_("Masa survei itu berakhir sebelum mulai."), field="last", code="ends_before")
    if last < local_day(now):
        raise Invalid(_("Hari terakhir itu sudah lewat."), field="last", code="over")
    if last - first > LONGEST:
        raise Invalid(_("Masa survei paling lama satu tahun."), field="last", code="too_long")
    if not 1 <= population <= MOST_PEOPLE:
        raise Invalid(_("Tulis berapa orang yang dilayani dalam masa ini, paling sedikit 1."), field="population")
