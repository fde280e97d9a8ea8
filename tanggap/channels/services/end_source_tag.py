"""A poster is taken down: its tag counts nothing any more, and what it counted stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.channels.models import SourceTag
from tanggap.channels.policies import tags_of
from tanggap.common.errors import NotFound
from tanggap.ledger.services.record import record


@transaction.atomic
def end_source_tag(*, slug: str, actor: Actor, now: datetime) -> SourceTag:
    """End it now; twice changes nothing. Raises NotFound for a tag that is not the actor's to end."""
    tag = tags_of(actor).select_for_update(of=("self",)).filter(slug=slug).first()
    if tag is None:
        raise NotFound(_("Tanda ini tidak ada."))
    if tag.ended_at is None:
        tag.ended_at = now
        tag.save(update_fields=["ended_at"])
        record("source_tag.ended", stream=f"source_tag:{slug}", actor=actor.key, at=now, data={}, react=False)
    return tag
