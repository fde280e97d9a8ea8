"""Regions by code, below another, and by what somebody types."""

from __future__ import annotations

import re

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid
from tanggap.directory.models import Region
from tanggap.directory.naming import normalize
from tanggap.directory.selectors.searching import search_codes

MOST_RESULTS = 50
LIKE_A_CODE = re.compile(r"\d{2}(\.\d{1,4}){0,3}\.?")


def region_by_code(code: str) -> Region:
    """The region of a Kemendagri code. Raises Invalid."""
    region = Region.objects.filter(pk=code.strip()[:13]).first()
    if region is None:
        raise Invalid(_("Wilayah dengan kode “%(code)s” tidak dikenal.") % {"code": code[:20]}, field="region_code")
    return region


def children_of(code: str | None) -> QuerySet[Region]:
    """The regions directly below one, by name; the provinces for None."""
    return Region.objects.filter(parent_id=code).order_by("name")


def ancestor_codes(code: str) -> list[str]:
    """The codes from the province down to the region itself."""
    parts = code.split(".")
    return [".".join(parts[: n + 1]) for n in range(len(parts))]


def region_label(region: Region) -> str:
    """The name with everything above it: "Ngaliyan, Kecamatan Ngaliyan, Kota Semarang, Jawa Tengah"."""
    rows = Region.objects.in_bulk(ancestor_codes(region.code))
    named = [rows[code] for code in reversed(ancestor_codes(region.code)) if code in rows]
    return ", ".join(f"Kecamatan {row.name}" if row.kind == Region.Kind.DISTRICT else row.name for row in named)


def search_regions(text: str, limit: int = 10) -> list[Region]:
    """Regions for a picker, the best first: "kec ngaliyan semarang", "demak", "sampamg", "33.74".

    The words may stand in any order and name any level; a typing error is forgiven when nothing fits as typed.
    """
    wanted, limit = normalize(text), min(limit, MOST_RESULTS)
    if len(wanted) < 2:
        return []
    if LIKE_A_CODE.fullmatch(text.strip()):
        return list(Region.objects.filter(code__startswith=text.strip()).order_by(Length("code"), "code")[:limit])
    codes = search_codes(text, limit)
    rows = Region.objects.in_bulk(codes)
    return [rows[code] for code in codes if code in rows] or _nearest(wanted, limit)


def _nearest(wanted: str, limit: int) -> list[Region]:
    """By own names only: comparing the long texts of whole provinces takes more than a second."""
    for attempt in dict.fromkeys((wanted, wanted.split(maxsplit=1)[0])):
        near = Region.objects.filter(name__trigram_similar=attempt).annotate(score=TrigramSimilarity("name", attempt))
        rows: list[Region] = list(near.order_by("-score", Length("code"), "code")[:limit])
        if rows:
            return rows
    return []
