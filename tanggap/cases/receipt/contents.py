"""What stands on a receipt. Of a guarded, anonymous or discreet case nothing that says what it is about (DOMAIN §5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tanggap.cases.models import Case
from tanggap.cases.promises import Promise, promise
from tanggap.cases.telling.values import clock_sentence, is_discreet, office_name
from tanggap.common import formats
from tanggap.common.links import absolute
from tanggap.directory.selectors import calendar_of


def case_address(case: Case) -> str:
    """Where the QR code leads."""
    return absolute(f"/l/{case.tracking_id}")


def receipt_contents(case: Case, *, code: str, now: datetime) -> dict[str, Any]:
    """The words of the receipt in the language that is switched on. Without a `code` the paper shows none."""
    bare = is_discreet(case)
    zone = calendar_of(case.agency_id).zone
    road = promise(case.agency, case.classification, case.received_at, urgent=case.urgent)
    facts = [(_("Diterima"), formats.long_datetime(case.received_at, zone, _language()))]
    if not bare:
        facts += [(_("Diterima untuk"), office_name(case.agency)), (_("Tentang"), case.title)]
    return {
        "brand": case.brand.name if case.brand else "Tanggap",
        "heads": {
            "title": _("Tanda terima laporan"),
            "number": _("Nomor pelacakan"),
            "code": _("Kode rahasia"),
            "now": _("Yang terjadi sekarang"),
            "ask": _("Bertanya dan mengikuti"),
        },
        "number": case.tracking_id,
        "code": code,
        "keep": _("Simpan kode ini. Dengan nomor dan kode Anda membaca jawaban, membalas, dan menilai. ")
        + _("Kode yang hilang tidak dapat dipulihkan."),
        "facts": [list(pair) for pair in facts if pair[1]],
        "steps": [list(step) for step in _steps(road, bare=bare)],
        "clock": clock_sentence(case, now=now, audience="reporter"),
        "ask": list(_ways_to_ask(case)),
        "address": case_address(case),
        "qr": _("Kode QR berisi tautan ke laporan ini"),
    }


def _steps(road: Promise, *, bare: bool) -> Iterator[tuple[str, str]]:
    """What happens and by when. How long the last step takes would betray what kind of matter it is."""

    def until(moment: datetime) -> str:
        words = formats.long_datetime if road.in_hours else _day_only
        return _("paling lambat %(when)s") % {"when": words(moment, road.zone, _language())}

    yield _("Diperiksa petugas"), until(road.verified_by)
    yield _("Diteruskan dan ditanggapi"), until(road.answered_by)
    if not bare:
        yield _("Jawaban akhir"), until(road.resolved_by)


def _day_only(moment: datetime, zone: Any, language: str) -> str:
    return formats.long_date(moment.astimezone(zone).date(), language)


def _ways_to_ask(case: Case) -> Iterator[str]:
    yield _("Buka %(address)s, atau pindai kode QR.") % {"address": case_address(case)}
    yield _("SMS ke 1708: CEK %(number)s") % {"number": case.tracking_id}
    yield _("Atau tunjukkan lembar ini di loket pengaduan atau kantor kecamatan.")
    yield _("Berkas PDF ini bertanda tangan digital. Cara memeriksanya: %(address)s") % {
        "address": absolute("/tanda-tangan/")
    }
    yield _("Darurat: telepon 112.")


def _language() -> str:
    return get_language() or "id"
