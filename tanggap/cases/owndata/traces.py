"""What a person left on the cases of others, as far as it can be tied to them (ADR 0054)."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from tanggap.cases.following import index_of, target_of, words_of
from tanggap.cases.models import Endorsement, Follow
from tanggap.cases.secret_codes import endorser_index
from tanggap.common.contacts import normalize_email

Facts = dict[str, str | None]


def follows_of(emails: Collection[str]) -> QuerySet[Follow]:
    """What these addresses follow, oldest first. Whoever asks has proved them: an address that merely stands on a
    report may be a stranger's."""
    indexes = [index_of(one) for email in emails if (one := normalize_email(email))]
    rows = Follow.objects.filter(address_index__in=indexes) if indexes else Follow.objects.none()
    return rows.select_related("case", "region", "category", "agency__body").order_by("pk")


def marks_of(person_id: int | None) -> QuerySet[Endorsement]:
    """The cases this account joined, oldest first. A browser's marks are tied to nobody."""
    if person_id is None:
        return Endorsement.objects.none()
    return Endorsement.objects.filter(account_index=endorser_index(person_id)).select_related("case").order_by("pk")


def trace_facts(*, person_id: int | None, emails: Collection[str]) -> dict[str, list[Facts]]:
    """Both, as they stand in the files: of others' cases nothing but what is followed and the number."""
    follows: list[Facts] = [
        {
            "what": words_of(target_of(row)),
            "asked_at": row.created_at.isoformat(),
            "confirmed_at": row.confirmed_at.isoformat() if row.confirmed_at else None,
            "last_told_at": row.told_at.isoformat() if row.told_at else None,
        }
        for row in follows_of(emails)
    ]
    joined: list[Facts] = [
        {"tracking_id": row.case.tracking_id, "at": row.at.isoformat()} for row in marks_of(person_id)
    ]
    return {"follows": follows, "joined": joined}
