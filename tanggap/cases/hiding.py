"""Wishes of people whom a public case tells about: sealed until decided, answered where they asked for it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from tanggap.cases.account_mail import write_to
from tanggap.cases.contact_proofs import EMAIL, Address
from tanggap.cases.models import Case, HidingRequest
from tanggap.common.crypto import seal_json, unseal_json
from tanggap.common.links import absolute

ABOUT = ("self", "family")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the asker wrote. `about`: themselves or their family; `email`: where the answer goes, or nothing."""

    about: str
    words: str
    reason: str
    email: str = ""


def seal_wish(case: Case, wish: Wish) -> bytes:
    """As it is kept until it is decided."""
    return seal_json(asdict(wish), context=_context(case.pk))


def wish_of(request: HidingRequest) -> Wish:
    """What was asked, for who decides it."""
    assert request.sealed is not None
    return Wish(**unseal_json(bytes(request.sealed), context=_context(request.case_id)))


def answer(request: HidingRequest, email: str, *, accepted: bool, reason: str, now: datetime) -> None:
    """Tell the asker the decision, once."""
    number = request.case.tracking_id
    with translation.override(request.language):
        ending = (
            _("Kami menyembunyikannya dari umum. Alasan yang dibaca umum: %(reason)s")
            if accepted
            else _("Kami tidak menyembunyikannya. Alasannya: %(reason)s")
        ) % {"reason": reason}
        body = _(
            "Anda, atau seseorang dengan alamat Anda, meminta data di laporan %(number)s disembunyikan.\n\n"
            "%(ending)s\n\nHalaman laporan: %(link)s\n\nTulisan dan alamat Anda dalam permintaan itu sudah kami hapus."
        ) % {"number": number, "ending": ending, "link": absolute(f"/l/{number}")}
        subject = _("Permintaan Anda tentang laporan %(number)s") % {"number": number}
    write_to(
        Address(EMAIL, email),
        key=f"hiding:{request.pk}",
        subject=subject,
        body=body,
        now=now,
        language=request.language,
        brand=request.brand,
    )


def _context(case_id: int) -> str:
    return f"hiding:{case_id}"
