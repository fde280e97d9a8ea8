"""What stands in a letter. Made once, when it is issued, and kept with it: the paper can be made again from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils import translation

from tanggap.cases.models import Case
from tanggap.cases.telling.values import link_to
from tanggap.common import formats
from tanggap.common.links import absolute
from tanggap.directory.models import Agency, Brand
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.letters.counting import counted
from tanggap.escalation.letters.posts import (
    is_government,
    office_of,
    post_name,
    signature_lines,
    territory,
)
from tanggap.escalation.models import Ladder, Letter, LetterPolicy

MOST_IN_BODY: Final = 5
"""More cases than this go into a list of their own behind the letter."""
LANGUAGE: Final = "id"
_C = Ladder.Clock
_WANTING: Final = {
    _C.VERIFICATION.value: ("belum diverifikasi dan diteruskan", "memverifikasi dan meneruskan"),
    _C.FIRST_ANSWER.value: ("belum mendapat tanggapan pertama", "menanggapi"),
    _C.RESOLUTION.value: ("belum mendapat jawaban akhir", "menyelesaikan dan menjawab"),
    _C.OBJECTION.value: ("belum dijawab setelah pelapornya menyatakan keberatan", "meninjau kembali dan menjawab"),
}
_OTHER: Final = ("belum diselesaikan", "menyelesaikan")
_ORDINAL: Final = {"letter_1": "Pertama", "letter_2": "Kedua"}
_SUBJECT: Final = {
    _C.VERIFICATION.value: "Verifikasi Laporan Masyarakat",
    _C.FIRST_ANSWER.value: "Tanggapan atas Laporan Masyarakat",
    _C.OBJECTION.value: "Jawaban atas Keberatan Pelapor",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a letter is made of."""

    letter: Letter
    agency: Agency
    recipient: Agency
    cases: Sequence[Case]
    lines: Mapping[int, tuple[str, str]]
    """Clock and "held since" of each case."""
    policy: LetterPolicy
    brand: Brand | None
    now: datetime
    signer: str = ""
    sealed: bool = False


def subject_of(letter: Letter) -> str:
    """ "Teguran Pertama: Tanggapan atas Laporan Masyarakat": the line "Hal"."""
    ordinal = _ORDINAL.get(letter.kind, "")
    about = _SUBJECT.get(letter.clock, "Penyelesaian Laporan Masyarakat")
    return f"Teguran {ordinal}: {about}" if ordinal else f"Penyampaian Keterlambatan: {about}"


def verification_url(letter: Letter) -> str:
    """Where anybody can check that the letter is real."""
    return absolute(f"/surat/{letter.verification_code}/")


def content_of(sheet: Sheet) -> dict[str, Any]:
    """The words of the letter. Guarded cases stand in it with number, clock and link alone (DOMAIN §5)."""
    with translation.override(LANGUAGE):
        letter, body = sheet.letter, sheet.recipient.body or sheet.recipient
        zone = calendar_of(sheet.agency.pk).zone
        rows = [_row(case, sheet) for case in sheet.cases]
        return {
            "head": _letterhead(sheet),
            "place": _place(sheet),
            "date": formats.plain_date(sheet.now.astimezone(zone).date(), LANGUAGE),
            "number": letter.number,
            "urgency": "Segera",
            "attached": "1 (satu) daftar" if len(rows) > MOST_IN_BODY else "–",
            "subject": subject_of(letter),
            "to": post_name(letter.recipient_role, sheet.recipient),
            "to_body": _to_body(letter, sheet.recipient, body),
            "to_place": territory(body) if is_government(body) else "Jakarta",
            "opening": _opening(sheet, zone),
            "heads": ["No.", "Nomor laporan", "Pokok laporan", "Batas waktu", "Dipegang sejak"],
            "rows": [[str(number), *row] for number, row in enumerate(rows, start=1)],
            "apart": len(rows) > MOST_IN_BODY,
            "closing": _closing(sheet),
            "signature": _signature(sheet),
            "copies": [post_name(role, sheet.recipient) for role in letter.copies],
            "verify": verification_url(letter),
            "code": letter.verification_code,
        }


def _letterhead(sheet: Sheet) -> dict[str, str]:
    body, brand = sheet.agency, sheet.brand
    door = absolute().split("//", 1)[-1]
    return {
        "government": body.name if body.kind != Agency.Kind.NATION else "SP4N-LAPOR!",
        "office": office_of(sheet.letter.signatory_role, body),
        "service": f"{brand.name}, {brand.line}".rstrip(", ") if brand else "",
        "door": door,
    }


def _place(sheet: Sheet) -> str:
    if sheet.policy.place:
        return sheet.policy.place
    return territory(sheet.agency) if is_government(sheet.agency) else "Jakarta"


def _to_body(letter: Letter, recipient: Agency, body: Agency) -> str:
    """The government behind a unit's post, unless the post names it already."""
    name = body.short_name or body.name
    return name if recipient.pk != body.pk and name not in post_name(letter.recipient_role, recipient) else ""


def _row(case: Case, sheet: Sheet) -> list[str]:
    clock, held = sheet.lines[case.pk]
    if case.guarded or case.anonymous:
        return [case.tracking_id, link_to(case, "officer"), clock, "–"]
    return [case.tracking_id, case.title or "–", clock, held or "–"]


def _opening(sheet: Sheet, zone: Any) -> str:
    state, _order = _WANTING.get(sheet.letter.clock, _OTHER)
    moment = formats.long_datetime(sheet.now, zone, LANGUAGE)
    whose = sheet.recipient.name
    where = "sebagaimana daftar terlampir" if len(sheet.cases) > MOST_IN_BODY else "sebagai berikut"
    return (
        f"Berdasarkan catatan SP4N-LAPOR! sampai dengan {moment}, terdapat {counted(len(sheet.cases))} laporan "
        f"masyarakat pada {whose} yang {state}, {where}:"
    )


def _closing(sheet: Sheet) -> list[str]:
    _state, order = _WANTING.get(sheet.letter.clock, _OTHER)
    lines = [
        f"Sehubungan dengan itu, dengan mengingat Peraturan Presiden Nomor 76 Tahun 2013 tentang Pengelolaan Pengaduan "
        f"Pelayanan Publik, Saudara diminta segera {order} laporan tersebut melalui Tanggap. Laporan yang batas "
        "waktunya telah lewat agar diselesaikan paling lambat pada hari kerja berikutnya."
    ]
    if sheet.letter.kind == "letter_2":
        lines.append(
            "Surat ini merupakan teguran kedua. Apabila tetap tidak dilaksanakan, laporan dinaikkan kepada pimpinan di "
            "tingkat atas sesuai dengan jenjang pengingat yang berlaku."
        )
    lines.append("Demikian untuk menjadi perhatian dan dilaksanakan.")
    return lines


def _signature(sheet: Sheet) -> dict[str, str]:
    above, post = signature_lines(sheet.letter.signatory_role, sheet.agency)
    if sheet.sealed:
        note = "Ditandatangani secara elektronik dengan sertifikat instansi penerbit."
    elif sheet.signer:
        note = "Disetujui oleh pejabat di atas melalui Tanggap."
    else:
        note = "Diterbitkan atas nama jabatan oleh Tanggap; tidak memerlukan tanda tangan basah."
    return {"above": above, "post": post, "name": sheet.signer, "note": note}
