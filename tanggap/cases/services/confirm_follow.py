"""The address says that it meant it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.cases.following import follow_of
from tanggap.cases.models import Follow
from tanggap.common.errors import NotFound


@transaction.atomic
def confirm_follow(*, token: str, now: datetime) -> Follow:
    """Begin to tell; a second time changes nothing. Raises NotFound for a link that is none, or was ended."""
    follow = follow_of(token)
    if follow is None:
        raise NotFound(_("Tautan ini tidak berlaku lagi."), code="no_follow")
    if follow.confirmed_at is None:
        follow.confirmed_at = follow.told_at = now
        follow.save(update_fields=["confirmed_at", "told_at"])
    return follow
