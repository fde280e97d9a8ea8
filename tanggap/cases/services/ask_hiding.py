"""Somebody whom a public case tells about asks that it does so no more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import PUBLIC
from tanggap.cases.hiding import ABOUT, Wish, seal_wish
from tanggap.cases.models import HidingRequest
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.texts import clean_text
from tanggap.common.contacts import normalize_email
from tanggap.common.errors import Invalid, NotFound, TooMany

LONGEST = 2000
MOST_WAITING = 10
"""Wishes that may wait in one case: a flood would bury those that are meant."""


@transaction.atomic
def ask_hiding(*, tracking_id: str, wish: Wish, now: datetime, language: str = "id", brand: str = "") -> HidingRequest:
    """Keep the wish for the moderators of the case; nothing of it is public, and the ledger learns only that it came.

    Raises NotFound (not public), Invalid, TooMany (too many wait in this case).
    """
    case = lock_case(tracking_id)
    if not case.published:
        raise NotFound(_("Tidak ada laporan dengan nomor itu. Periksa lagi nomor pelacakan Anda."), code="no_case")
    if case.hiding_requests.filter(decided_at=None).count() >= MOST_WAITING:
        raise TooMany(
            _("Sudah banyak permintaan untuk laporan ini yang sedang diperiksa. Coba lagi besok."),
            code="too_many_waiting",
            retry_after=86_400,
        )
    request = HidingRequest.objects.create(
        case=case, sealed=seal_wish(case, _clean(wish)), language=language, brand=brand, asked_at=now
    )
    # Whoever asks while signed in is no officer here: the ledger would tell who is meant.
    record_only(case, "case.hiding_asked", actor=PUBLIC, at=now, data={"request": request.pk})
    return request


def _clean(wish: Wish) -> Wish:
    email = normalize_email(wish.email) if wish.email.strip() else ""
    if email is None:
        raise Invalid(_("Tulis alamat surel yang lengkap, misalnya nama@contoh.id."), field="email", code="wrong_email")
    if wish.about not in ABOUT:
        raise Invalid(_("Pilih salah satu."), field="about", code="required")
    words = clean_text(wish.words, field="words", longest=LONGEST)
    return Wish(wish.about, words, clean_text(wish.reason, field="reason", longest=LONGEST), email)
