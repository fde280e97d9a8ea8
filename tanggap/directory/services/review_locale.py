"""A speaker has read a language: from now on brands may speak it, or no longer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, NotFound
from tanggap.directory.models import Brand, Locale
from tanggap.ledger.services.record import record


@transaction.atomic
def review_locale(*, code: str, enabled: bool, reviewed_by: str = "", actor_key: str, now: datetime) -> Locale:
    """Switch a language on, naming who read it, or off. Raises NotFound, Invalid (nobody named).

    Switched off it also leaves the brands that spoke it: their conversations go on in Indonesian.
    """
    row = Locale.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise NotFound(_("Bahasa ini tidak ada."))
    reader = " ".join(reviewed_by.split())[:120]
    if enabled and not reader:
        raise Invalid(_("Sebutkan siapa penutur yang memeriksanya."), field="reviewed_by", code="required")
    row.enabled = enabled
    if enabled:
        row.reviewed_by, row.reviewed_at = reader, now
    else:
        for brand in Brand.objects.select_for_update().filter(languages__contains=[code]):
            brand.languages = [language for language in brand.languages if language != code]
            brand.save(update_fields=["languages"])
    row.save()
    data = {"enabled": enabled}
    record("locale.reviewed", stream=f"locale:{code}", actor=actor_key, at=now, data=data, react=False)
    return row
