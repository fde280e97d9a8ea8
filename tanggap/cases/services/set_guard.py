"""Somebody decides when new cases have to be worked or waited for."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs_everything
from tanggap.cases.models import IntakeGuard
from tanggap.cases.services.watch_flood import STREAM
from tanggap.common.errors import Forbidden, Invalid
from tanggap.ledger.services.record import record


@transaction.atomic
def set_guard(*, mode: str, above: int, actor: Actor, now: datetime) -> IntakeGuard:
    """Change mode and number; recorded. Raises Forbidden (only the national admin), Invalid."""
    if not governs_everything(actor):
        raise Forbidden(_("Halaman ini tidak ada."), code="forbidden")
    if mode not in IntakeGuard.Mode.values:
        raise Invalid(_("Pilih kapan penjagaan menyala."), field="mode", code="unknown_mode")
    if not 1 <= above <= 1_000_000:
        raise Invalid(_("Isi dengan angka 1 sampai 1.000.000."), field="above", code="wrong_number")
    guard, _made = IntakeGuard.objects.select_for_update().get_or_create(pk=1)
    guard.mode, guard.above, guard.on_until = mode, above, None
    guard.save(update_fields=["mode", "above", "on_until"])
    data = {"mode": mode, "above": above}
    record("intake.guard_changed", stream=STREAM, actor=actor.key, at=now, data=data, react=False)
    return guard
