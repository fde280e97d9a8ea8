"""The app in Android's store that opens a brand's address as its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, NotFound
from tanggap.directory.models import Brand
from tanggap.ledger.services.record import record

PACKAGE = re.compile(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)+", re.ASCII)
FINGERPRINT = re.compile(r"[0-9A-F]{2}(?::[0-9A-F]{2}){31}", re.ASCII)
MOST_FINGERPRINTS = 10


@transaction.atomic
def set_android_app(*, slug: str, package: str, fingerprints: Sequence[str], actor_key: str, now: datetime) -> Brand:
    """Publish the app's package name and the SHA-256 of its certificates; empty ones take the statement away.

    Raises NotFound for an unknown brand, Invalid with the field; then nothing is changed.
    """
    brand = Brand.objects.select_for_update().filter(slug=slug).first()
    if brand is None:
        raise NotFound(_("Merek ini tidak ada."))
    prints = list(dict.fromkeys(one.strip().upper() for one in fingerprints))
    if bool(package) != bool(prints):
        raise Invalid(_("Nama paket dan sidik jari sertifikat diisi bersama, atau keduanya kosong."), field="package")
    if package and not (len(package) <= 150 and PACKAGE.fullmatch(package)):
        raise Invalid(_("Tulis nama paket seperti ini: id.go.contoh.lapor."), field="package", code="wrong_package")
    if len(prints) > MOST_FINGERPRINTS or not all(FINGERPRINT.fullmatch(one) for one in prints):
        raise Invalid(
            _("Sidik jari SHA-256 berupa 32 pasang huruf dan angka dengan titik dua."),
            field="fingerprints",
            code="wrong_fingerprint",
        )
    brand.android_package, brand.android_fingerprints = package, prints
    brand.save(update_fields=["android_package", "android_fingerprints"])
    data = {"package": package, "fingerprints": prints}
    record("brand.app_set", stream=f"brand:{slug}", actor=actor_key, at=now, data=data, react=False)
    return brand
