"""What posts are called on paper. Pure words: letters name the post, whoever fills it.

Letters are written in Indonesian whatever language anybody reads the pages in, so these words are not translated.
"""

from __future__ import annotations

from tanggap.accounts.roles import Role
from tanggap.directory.models import Agency

_Kind = Agency.Kind
_HEADS = {_Kind.PROVINCE: "Gubernur", _Kind.REGENCY: "Bupati", _Kind.CITY: "Wali Kota", _Kind.MINISTRY: "Menteri"}
_KIND_WORDS = ("Provinsi ", "Kabupaten ", "Kota Administrasi ", "Kota ")
# How a unit's name begins → its head, and whether the rest of the name alone follows.
_UNIT_HEADS = (
    ("Sekretariat Daerah", "Sekretaris Daerah", True),
    ("Sekretariat DPRD", "Sekretaris DPRD", True),
    ("Inspektorat", "Inspektur", True),
    ("Kecamatan ", "Camat ", True),
    ("Kelurahan ", "Lurah ", True),
    ("Pemerintah Desa ", "Kepala Desa ", True),
    ("Rumah Sakit", "Direktur ", False),
    ("Perusahaan", "Direktur ", False),
    ("Puskesmas", "Kepala ", False),
)
NATIONAL_DESK = "Admin Nasional SP4N-LAPOR!"


def territory(body: Agency) -> str:
    """ "Demak" of the regency of that name; a national body's own name."""
    name = body.short_name or body.name
    for word in _KIND_WORDS:
        if name.startswith(word):
            return name.removeprefix(word)
    return name


def is_government(agency: Agency) -> bool:
    """A province, regency or city itself."""
    return agency.kind in (_Kind.PROVINCE, _Kind.REGENCY, _Kind.CITY)


def head_of_body(body: Agency) -> str:
    """Bupati Demak; for other bodies whoever leads them."""
    if is_government(body):
        return f"{_HEADS[_Kind(body.kind)]} {territory(body)}"
    if body.kind == _Kind.NATION:
        return NATIONAL_DESK
    if body.kind == _Kind.MINISTRY:
        return f"Menteri {body.name.removeprefix('Kementerian ')}"
    return f"Pimpinan {body.name}"


def secretary_of(body: Agency) -> str:
    """The post that signs for the head: the regional secretary, or the one that corresponds to it."""
    if is_government(body):
        return f"Sekretaris Daerah {body.short_name or territory(body)}"
    if body.kind == _Kind.MINISTRY:
        return f"Sekretaris Jenderal {body.name}"
    if body.kind == _Kind.NATION:
        return NATIONAL_DESK
    return f"Sekretaris Utama {body.name}"


def unit_head_of(unit: Agency) -> str:
    """Kepala Dinas Kesehatan, Camat Omben, Direktur Rumah Sakit …"""
    if unit.kind != _Kind.UNIT:
        return head_of_body(unit)
    for start, head, replaces in _UNIT_HEADS:
        if unit.name.startswith(start):
            return f"{head}{unit.name.removeprefix(start)}".strip() if replaces else f"{head}{unit.name}"
    return f"Kepala {unit.name}"


def post_name(role: str, agency: Agency) -> str:
    """The name of a post as it stands behind "Yth." and under "Tembusan"."""
    body = agency.body or agency
    if role == Role.UNIT_HEAD:
        return unit_head_of(agency)
    if role == Role.LIAISON_OFFICER:
        return f"Pejabat Penghubung SP4N-LAPOR! {agency.name}"
    if role in (Role.NATIONAL_ADMIN, Role.OMBUDSMAN):
        return NATIONAL_DESK if role == Role.NATIONAL_ADMIN else "Ombudsman Republik Indonesia"
    if role == Role.REGIONAL_HEAD:
        return head_of_body(body)
    if role == Role.SEKDA:
        return secretary_of(body)
    if role == Role.INSPECTOR:
        return f"Inspektur {body.short_name or body.name}"
    return f"Admin Instansi SP4N-LAPOR! {body.short_name or body.name}"


def office_of(role: str, body: Agency) -> str:
    """The office that stands in the letterhead below the government's name, for the post that signs."""
    if role == Role.SEKDA:
        return "Sekretariat Daerah" if is_government(body) else ""
    return "Inspektorat Daerah" if role == Role.INSPECTOR and is_government(body) else ""


def signature_lines(role: str, body: Agency) -> tuple[str, str]:
    """In whose name ("" where in the own), and the post that signs."""
    head = head_of_body(body)
    if role == Role.REGIONAL_HEAD or body.kind == _Kind.NATION:
        return "", head
    if role == Role.SEKDA:
        return head, secretary_of(body).split(f" {body.short_name or body.name}")[0]
    return head, post_name(role, body).split(f" {body.short_name or body.name}")[0]
