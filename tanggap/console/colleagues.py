"""The people to whom a case can be given."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from tanggap.accounts.models import Person
from tanggap.accounts.roles import Role
from tanggap.cases.models import Case
from tanggap.common.clock import now

MOST_COLLEAGUES = 60


def colleagues_for(case: Case) -> QuerySet[Person]:
    """Active liaison officers of the unit that holds the case, by name. The service checks each again."""
    today: date = now().date()
    posted = Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=today)
    return (
        Person.objects.filter(
            posted,
            is_active=True,
            memberships__agency_id=case.agency_id,
            memberships__role=Role.LIAISON_OFFICER,
            memberships__starts_on__lte=today,
        )
        .distinct()
        .order_by("name", "pk")[:MOST_COLLEAGUES]
    )
