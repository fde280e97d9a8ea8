"""What we answer to a letter by itself: the secret code, files that could not be taken, how a case stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from tanggap.cases.models import Case
from tanggap.cases.services.submit_case import Receipt
from tanggap.cases.telling.values import link_to, values_for
from tanggap.cases.vocabulary import StateWord
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


def status_words(case: Case | None, *, own: bool, now: datetime) -> str:
    """How a case stands. Of one that is guarded or anonymous only its own reporter learns anything (DOMAIN §5)."""
    if case is None or (not own and (case.guarded or case.anonymous)):
        return _(
            "Kami tidak dapat menunjukkan laporan dengan nomor itu lewat surel ini. Periksa nomornya, atau buka dengan "
            "kode rahasia Anda: %(link)s"
        ) % {"link": absolute("/")}
    values = values_for(case, now=now)
    told = [
        _("Laporan %(number)s: %(state)s.") % {"number": case.tracking_id, "state": StateWord(case.state).label},
        values["clock"],
        _("Instansi: %(agency)s.") % {"agency": values["agency"]},
        _("Lihat laporan: %(link)s") % {"link": values["link"]},
    ]
    return "\n\n".join(told)


def status_subject(number: str) -> str:
    return _("Status laporan %(number)s") % {"number": number}


def _once(lines: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(lines))
