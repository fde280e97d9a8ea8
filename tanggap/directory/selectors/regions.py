"""Regions by code, below another, and by what somebody types."""

from __future__ import annotations

import re

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid
from tanggap.directory.models import Region
from tanggap.directory.naming import normalize

MOST_RESULTS = 50
MOST_WORDS = 8
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
    """Regions for a picker, the largest first: "kec ngaliyan semarang", "demak", "33.74".

    Every word must occur in the region's name or those above it; when none has them all, the nearest in spelling.
    """
    wanted, limit = normalize(text), min(limit, MOST_RESULTS)
    words = wanted.split()[:MOST_WORDS]
    if len(wanted) < 2:
        return []
    if LIKE_A_CODE.fullmatch(text.strip()):
        return list(Region.objects.filter(code__startswith=text.strip()).order_by(Length("code"), "code")[:limit])
    found = Region.objects.all()
    for word in words:
        found = found.filter(search_text__contains=word)
    begins = Case(When(name__istartswith=words[-1], then=Value(0)), default=Value(1), output_field=IntegerField())
    if len(words) > 1:
        begins = Case(
            When(search_text__startswith=wanted, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
    rows = list(found.order_by(Length("code"), begins, Length("search_text"), "code")[:limit])
    return rows or _nearest(wanted, limit)


def _nearest(wanted: str, limit: int) -> list[Region]:
    """By own names only: comparing the long texts of whole provinces takes more than a second."""
    for attempt in dict.fromkeys((wanted, wanted.split(maxsplit=1)[0])):
        near = Region.objects.filter(name__trigram_similar=attempt).annotate(score=TrigramSimilarity("name", attempt))
        rows: list[Region] = list(near.order_by("-score", Length("code"), "code")[:limit])
        if rows:
            return rows
    return []
