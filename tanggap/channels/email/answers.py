"""What we answer to a letter by itself: the secret code, files that could not be taken, how a case stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from tanggap.cases.models import Case
from tanggap.cases.services.submit_case import Receipt
from tanggap.cases.telling.values import link_to
from tanggap.channels.conversation.world import KnownCase
from tanggap.common.links import absolute


def code_words(receipt: Receipt) -> str:
    """The secret code, which exists in this letter and nowhere else in clear (ADR 15)."""
    return _(
        "Laporan Anda tercatat dengan nomor %(number)s.\n\n"
        "Kode rahasia: %(code)s\n\n"
        "Simpan kode ini dan jangan berikan kepada siapa pun. Dengan nomor dan kode ini Anda dapat membuka seluruh "
        "laporan, menjawab pertanyaan, dan menyatakan keberatan. Kode ini tidak dapat dikirim ulang.\n\n"
        "Lihat laporan Anda: %(link)s\n\n"
        "Anda juga dapat membalas surel ini untuk menambah keterangan atau lampiran."
    ) % {"number": receipt.case.tracking_id, "code": receipt.secret_code, "link": link_to(receipt.case)}


def code_subject(case: Case) -> str:
    return _("Kode rahasia laporan %(number)s") % {"number": case.tracking_id}


def refused_words(refusals: Sequence[str]) -> str:
    """Which files did not come along, without their names: those can say what the case is about."""
    lines = [_("%(count)d lampiran tidak dapat kami terima:") % {"count": len(refusals)}]
    return "\n".join([*lines, *(f"- {reason}" for reason in _once(refusals))])


def refused_subject(case: Case) -> str:
    return _("Lampiran untuk laporan %(number)s") % {"number": case.tracking_id}


def status_words(known: KnownCase | None) -> str:
    """How a case stands, as far as this sender may know; one that is hidden and one that is none look the same."""
    if known is None:
        return _(
            "Kami tidak dapat menunjukkan laporan dengan nomor itu lewat surel ini. Periksa nomornya, atau buka dengan "
            "kode rahasia Anda: %(link)s"
        ) % {"link": absolute("/")}
    told = [
        _("Laporan %(number)s: %(state)s.") % {"number": known.tracking_id, "state": known.state_name}
        if known.state_name
        else _("Laporan %(number)s.") % {"number": known.tracking_id},
        known.clock,
        _("Instansi: %(agency)s.") % {"agency": known.agency} if known.agency else "",
        _("Lihat laporan: %(link)s") % {"link": known.link},
    ]
    return "\n\n".join(line for line in told if line)


def status_subject(number: str) -> str:
    return _("Status laporan %(number)s") % {"number": number}


def _once(lines: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(lines))
