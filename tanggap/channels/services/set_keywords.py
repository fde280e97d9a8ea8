"""The first words of an SMS that lead to a brand's agency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.channels.models import Keyword
from tanggap.common.errors import Invalid
from tanggap.directory.models import Brand
from tanggap.directory.naming import normalize
from tanggap.ledger.services.record import record

MOST = 20
LONGEST = 80
# Commands of every conversation: a brand that took one of them would keep citizens from it.
RESERVED = frozenset("cek status batal ulang bantuan petugas anonim rahasia stop berhenti help".split())


@transaction.atomic
def set_keywords(*, brand: Brand, words: Sequence[str], actor_key: str, now: datetime) -> list[Keyword]:
    """The brand's keywords from now on. Raises Invalid: no agency, too many, reserved, or another brand's."""
    wanted = {normalize(word): " ".join(word.split()) for word in words if normalize(word)}
    if wanted and brand.agency is None:
        raise Invalid(_("Kata kunci mengarah ke instansi. Isi instansi merek ini dahulu."), field="keywords")
    _check(brand, wanted)
    Keyword.objects.filter(brand=brand).exclude(normalized__in=wanted).delete()
    for normalized, word in wanted.items():
        values = {"word": word, "agency": brand.agency}
        Keyword.objects.update_or_create(brand=brand, normalized=normalized, defaults=values)
    data = {"keywords": sorted(wanted)}
    record("brand.keywords_set", stream=f"brand:{brand.slug}", actor=actor_key, at=now, data=data, react=False)
    return list(Keyword.objects.filter(brand=brand).order_by("normalized"))


def _check(brand: Brand, wanted: dict[str, str]) -> None:
    if len(wanted) > MOST or any(len(word) > LONGEST for word in wanted):
        raise Invalid(_("Paling banyak 20 kata kunci, masing-masing 80 huruf."), field="keywords", code="too_many")
    reserved = sorted(RESERVED & wanted.keys())
    if reserved:
        words = _("Kata ini perintah bagi semua orang: %(words)s.") % {"words": ", ".join(reserved)}
        raise Invalid(words, field="keywords", code="reserved")
    taken = Keyword.objects.filter(normalized__in=wanted).exclude(brand=brand).order_by("normalized")
    first = taken.select_related("brand").first()
    if first is not None:
        words = _("Kata kunci %(word)s sudah dipakai %(brand)s.") % {"word": first.word, "brand": first.brand.name}
        raise Invalid(words, field="keywords", code="taken")
