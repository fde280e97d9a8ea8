"""All cases of one person, by whatever the person has proved: sign-in, an address, a secret code (ADR 0047)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case, Reporter
from tanggap.cases.secret_codes import UNGUARDED, account_index

MOST = 1000
"""Of each proof, the newest."""


def my_cases(actor: Actor) -> QuerySet[Case]:
    """The person's cases; page them with `keyset_page(order=("-received_at", "-id"))`.

    Each proof is one look into one index; an OR over all of them would read the whole table.
    """
    found = set(actor.reporter_of)
    for proved in _proofs(actor):
        newest = Reporter.objects.filter(proved).order_by("-case_id").values_list("case_id", flat=True)
        found.update(newest[:MOST])
    return Case.objects.filter(pk__in=found).select_related("agency__body", "region")


def _proofs(actor: Actor) -> Iterator[Q]:
    if actor.person_id is not None:
        yield Q(account_index=account_index(actor.person_id))
    for kind, index in actor.contacts:
        yield Q(**{f"{kind}_index": index}) & UNGUARDED
