"""Somebody asks to be told of a public case, or of new ones by place, topic and body."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.cases.following import News, Target, index_of, index_of_browser, letter, seal_address, token_of, words_of
from tanggap.cases.models import Follow
from tanggap.common.contacts import normalize_email
from tanggap.common.errors import Invalid, NotFound
from tanggap.common.links import absolute
from tanggap.notify.services.enqueue import enqueue
from tanggap.notify.transports.browsers import subscribe

AGAIN = timedelta(hours=24)
MOST_ASKED, MOST = 3, 50
"""Links to confirm that an address gets in a day, and what it may follow: nobody's mailbox is filled through us."""


@transaction.atomic
def follow(
    *,
    target: Target,
    now: datetime,
    email: str = "",
    subscription: Mapping[str, Any] | None = None,
    language: str = "id",
    brand: str = "",
) -> Follow | None:
    """Keep the wish, and send the link that confirms it; a browser that subscribed is told at once from now on.

    The row of a browser; None for every address, whether it follows already, or too much: the page's answer is always
    the same.
    Raises Invalid (no address, nothing to follow), NotFound (a case that is not public).
    """
    if not target.given:
        raise Invalid(_("Pilih wilayah, topik, atau instansi yang ingin diikuti."), code="nothing_to_follow")
    if target.case is not None and not target.case.published:
        raise NotFound(_("Tidak ada laporan dengan nomor itu. Periksa lagi nomor pelacakan Anda."), code="no_case")
    if subscription is not None:
        return _follow_by_browser(target, subscription, now, language, brand)
    address = normalize_email(email)
    if address is None:
        raise Invalid(_("Tulis alamat surel yang lengkap, misalnya nama@contoh.id."), field="email", code="wrong_email")
    index = index_of(address)
    mine = Follow.objects.filter(address_index=index)
    known = mine.filter(**_columns(target)).first()
    if known is not None and (known.confirmed_at is not None or known.asked_at > now - AGAIN):
        return None
    if mine.filter(asked_at__gt=now - AGAIN, confirmed_at=None).count() >= MOST_ASKED or mine.count() >= MOST:
        return None
    row, _made = Follow.objects.update_or_create(
        address_index=index,
        **_columns(target),
        defaults={"address_sealed": seal_address(address), "asked_at": now, "language": language, "brand": brand},
        create_defaults={
            "address_sealed": seal_address(address),
            "asked_at": now,
            "created_at": now,
            "language": language,
            "brand": brand,
        },
    )
    body = _("Anda, atau seseorang dengan alamat Anda, ingin mengikuti %(what)s.") % {"what": words_of(target)}
    link = absolute(f"/ikuti/{token_of(row)}/")
    ask = _("Bila benar, buka tautan ini: %(link)s\nBila bukan Anda, abaikan: tidak ada yang dikirim lagi.") % {
        "link": link
    }
    key = f"follow-ask:{row.pk}:{now.date().isoformat()}"
    enqueue(letter(row, News(_("Mengikuti laporan"), f"{body}\n\n{ask}"), key=key, now=now), now=now)
    return None


def _follow_by_browser(
    target: Target, subscription: Mapping[str, Any], now: datetime, language: str, brand: str
) -> Follow:
    index = index_of_browser(subscription)
    moment = {"asked_at": now, "confirmed_at": now, "told_at": now}
    kept = {**moment, "language": language, "brand": brand}
    if Follow.objects.filter(address_index=index).count() >= MOST:
        raise Invalid(_("Peramban ini sudah mengikuti terlalu banyak."), code="too_many_follows")
    row, _made = Follow.objects.update_or_create(
        address_index=index, **_columns(target), defaults=kept, create_defaults={**kept, "created_at": now}
    )
    subscribe(recipient_key=row.recipient_key, subscription=subscription, now=now)
    return row


def _columns(target: Target) -> dict[str, Any]:
    return {"case": target.case, "region": target.region, "category": target.category, "agency": target.agency}
