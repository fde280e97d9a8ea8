"""A source that abuses the form may hand in nothing for a while."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs_everything
from tanggap.cases.models import IntakeBlock
from tanggap.cases.sources import named_network
from tanggap.common.errors import Forbidden, Invalid
from tanggap.ledger.services.record import record

LONGEST = timedelta(days=90)


@transaction.atomic
def block_source(
    *, reason: str, actor: Actor, now: datetime, network: str = "", source: bytes = b"", ends_at: datetime | None = None
) -> IntakeBlock:
    """Block a typed network until `ends_at`, or a source of today's counts until its digest means nothing any more.

    Recorded without the address, which is nowhere kept. Raises Forbidden, Invalid with the field.
    """
    if not governs_everything(actor):
        raise Forbidden(_("Halaman ini tidak ada."), code="forbidden")
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise Invalid(_("Tulis alasannya."), field="reason", code="required")
    midnight = datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time.min, UTC)
    digest, prefix = source, None
    if not source:
        named = named_network(network)
        if named is None:
            raise Invalid(
                _("Tulis satu alamat atau jaringan yang tidak terlalu lebar, misalnya 203.0.113.0/24."),
                field="network",
                code="wrong_network",
            )
        digest, prefix = named
    end = midnight if source else ends_at
    if end is None or not now < end <= now + LONGEST:
        raise Invalid(_("Pilih hari dalam 90 hari ke depan."), field="ends_on", code="wrong_date")
    block = IntakeBlock.objects.create(
        digest=digest, prefix=prefix, reason=reason, created_at=now, created_by_key=actor.key, ends_at=end
    )
    data = {"until": end.isoformat(), "prefix": prefix}
    stream = f"intake-block:{block.pk}"
    record(
        "intake.blocked", stream=stream, actor=actor.key, at=now, data=data, personal={"reason": reason}, react=False
    )
    return block
