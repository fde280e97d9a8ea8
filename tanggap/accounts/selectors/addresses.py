"""Which addresses an account has proved."""

from __future__ import annotations

from allauth.account.models import EmailAddress


def proved_emails(person_id: int | None) -> list[str]:
    """The e-mail addresses of an account that answered a link or a code."""
    rows = EmailAddress.objects.filter(user_id=person_id, verified=True) if person_id is not None else []
    return [row.email for row in rows]
