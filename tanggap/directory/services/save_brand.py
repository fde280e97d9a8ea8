"""A local service is a row: how its door looks, where it stands, what it is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.colours import contrast_on_white
from tanggap.common.errors import Invalid
from tanggap.common.svg import clean_svg
from tanggap.directory.models import Agency, Brand, Locale
from tanggap.ledger.services.record import record

LEAST_CONTRAST = 5.5  # design language, "Brand": readable on white and, mixed, in the dark theme
HOUSE_LANGUAGES = ("id", "en")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}", re.ASCII)
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class BrandWish:
    """What a brand shall be; `agency` None is the whole instance."""

    name: str
    line: str = ""
    colour: str = ""
    logo_svg: str = ""
    host: str = ""
    agency: Agency | None = None
    languages: Sequence[str] = ()


@transaction.atomic
def save_brand(*, slug: str, wish: BrandWish, actor_key: str, now: datetime, reason: str = "") -> Brand:
    """Make or change the brand with this slug. Raises Invalid with the field; then nothing is changed."""
    if not _SLUG.fullmatch(slug) or len(slug) > 40:
        raise Invalid(_("Nama pendek memakai huruf kecil, angka, dan tanda hubung."), field="slug", code="wrong_slug")
    brand = Brand.objects.select_for_update().filter(slug=slug).first() or Brand(slug=slug)
    for name, value in _checked(wish, brand).items():
        setattr(brand, name, value)
    brand.save()
    kept = {name: value for name, value in asdict(wish).items() if name not in ("agency", "logo_svg")}
    agency = wish.agency.code if wish.agency else ""
    data = {**kept, "languages": list(wish.languages), "agency": agency, "reason": reason}
    record("brand.changed", stream=f"brand:{slug}", actor=actor_key, at=now, data=data, react=False)
    return brand


def _checked(wish: BrandWish, brand: Brand) -> dict[str, Any]:
    name = " ".join(wish.name.split())
    if not name or len(name) > 80:
        raise Invalid(_("Nama merek perlu diisi, paling banyak 80 huruf."), field="name", code="wrong_name")
    return {
        "name": name,
        "line": " ".join(wish.line.split())[:160],
        "colour": _colour(wish.colour),
        "logo_svg": clean_svg(wish.logo_svg) if wish.logo_svg.strip() else "",
        "host": _host(wish.host, brand),
        "agency": wish.agency,
        "languages": _languages(wish.languages),
    }


def _colour(given: str) -> str:
    colour = given.strip().lower()
    if not colour:
        return ""
    if not _COLOUR.fullmatch(colour):
        raise Invalid(_("Tulis warna seperti ini: #2d3a8c."), field="colour", code="wrong_colour")
    if contrast_on_white(colour) < LEAST_CONTRAST:
        raise Invalid(
            _("Warna ini terlalu muda: tulisan di atasnya sulit dibaca. Pilih yang lebih tua."),
            field="colour",
            code="too_pale",
        )
    return colour


def _host(given: str, brand: Brand) -> str | None:
    host = given.strip().lower()
    if not host:
        return None
    if len(host) > 120 or not _HOST.fullmatch(host):
        raise Invalid(_("Tulis nama tuan rumah saja, misalnya lapor.contoh.go.id."), field="host", code="wrong_host")
    if Brand.objects.filter(host=host).exclude(pk=brand.pk).exists():
        raise Invalid(_("Alamat ini sudah dipakai merek lain."), field="host", code="host_taken")
    return host


def _languages(given: Sequence[str]) -> list[str]:
    """In the order given; only languages the house speaks, and those somebody has read."""
    spoken = {*HOUSE_LANGUAGES, *Locale.objects.filter(enabled=True).values_list("code", flat=True)}
    wanted = list(dict.fromkeys(given))
    if not set(wanted) <= spoken:
        raise Invalid(
            _("Bahasa itu belum diperiksa penuturnya, jadi belum dapat dipakai."), field="languages", code="unread"
        )
    return wanted
