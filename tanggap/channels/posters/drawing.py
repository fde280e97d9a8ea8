"""A poster as A4: how to report from here, by which ways, and a code that carries the tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import override

from tanggap.channels.models import SourceTag
from tanggap.common.links import absolute
from tanggap.common.pdf import render_pdf
from tanggap.common.qr import qr_svg
from tanggap.directory.models import Brand
from tanggap.directory.selectors import default_brand
from tanggap.notify.models import ChannelConfig
from tanggap.notify.transports.registry import settings_of

TEMPLATE: Final = Path(__file__).with_name("poster.typ")
NOT_DIGITS: Final = re.compile(r"\D")


def brand_for(tag: SourceTag) -> Brand | None:
    """The door of the agency itself, of its government, else the house's."""
    above = [int(part) for part in tag.agency.path.strip("/").split("/")]
    own = {row.agency_id: row for row in Brand.objects.filter(agency_id__in=above).order_by("-pk")}
    return next((own[agency_id] for agency_id in reversed(above) if agency_id in own), None) or default_brand()


def poster_address(tag: SourceTag, brand: Brand | None) -> str:
    """Where the code leads: the form, with the tag."""
    path = f"/lapor/?asal={tag.slug}"
    if brand is not None and brand.host:
        return f"{urlsplit(absolute()).scheme}://{brand.host}{path}"
    return absolute(path)


def chat_links(tag: SourceTag, brand: Brand | None) -> Iterator[tuple[str, str]]:
    """Telegram and WhatsApp where the brand has them and says under which name."""
    rows = (
        {row.channel: settings_of(row) for row in ChannelConfig.objects.filter(brand=brand.slug, enabled=True)}
        if brand
        else {}
    )
    number = NOT_DIGITS.sub("", rows.get("whatsapp", {}).get("number", ""))
    if number:
        yield "WhatsApp", f"https://wa.me/{number}?text={quote(_('Saya ingin melapor'))}"
    bot = rows.get("telegram", {}).get("bot", "").lstrip("@")
    if re.fullmatch(r"\w{3,64}", bot, re.ASCII):
        yield "Telegram", f"https://t.me/{bot}?start={tag.slug}"


def poster_pdf(tag: SourceTag, *, now: datetime) -> bytes:
    """The poster, in Indonesian: it hangs in an Indonesian street."""
    brand = brand_for(tag)
    with override("id"):
        address, chats = poster_address(tag, brand), list(chat_links(tag, brand))
        title = _("Sampaikan laporan Anda")
        content = {
            "brand": brand.name if brand else "Tanggap",
            "title": title,
            "lead": _("Jalan rusak, layanan lambat, pungutan, atau usul: pindai kode ini dan ceritakan."),
            "address": address,
            "qr": _("Kode QR menuju formulir laporan"),
            "promise": _("Anda mendapat nomor pelacakan. Nama boleh dirahasiakan. Gratis."),
            "ways": [
                [_("SMS"), _("1708, awali dengan nama instansi atau daerah")],
                [_("Loket"), _("Petugas menuliskannya untuk Anda")],
            ],
            "chats": [[name, f"{name.lower()}.svg", _("Kode QR %(name)s") % {"name": name}] for name, _url in chats],
            "emergency": _("Darurat: telepon 112"),
            "label": f"{tag.label} · {tag.slug}",
        }
    files = {"web.svg": qr_svg(address), **{f"{name.lower()}.svg": qr_svg(link) for name, link in chats}}
    return render_pdf(TEMPLATE, content, title=title, language="id", at=now, files=files)
