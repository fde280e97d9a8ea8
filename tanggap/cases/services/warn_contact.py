"""Whoever reads an address is told that it was replaced, or is to be erased: it may not have been the reporter."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from tanggap.cases.account_mail import write_to
from tanggap.cases.contact_proofs import PHONE, Address
from tanggap.common.links import absolute

CHANGED, ERASING = "changed", "erasing"


def warn_contact(*, contact: Address, what: str, once: str, now: datetime, brand: str = "") -> None:
    """One message to the address for each `once`. It names no case: a mailbox may be read by others by now."""
    words = {
        CHANGED: _("Alamat Anda pada laporan di Tanggap diganti."),
        ERASING: _("Ada permintaan menghapus data Anda di Tanggap. Data dihapus setelah masa tunggu."),
    }[what]
    key = f"warn:{what}:{once}:{contact.index.hex()}"
    more = _("Bukan Anda? Buka %(link)s dan periksa.") % {"link": absolute("/akun/")}
    subject = "" if contact.kind == PHONE else _("Data Anda di Tanggap")
    write_to(contact, key=key, subject=subject, body=f"{words} {more}", now=now, brand=brand)
