"""A matter that many of one district report in nearly the same words: what a mass submission looks like."""

from __future__ import annotations

from datetime import datetime, timedelta

from tanggap.accounts.actor import PUBLIC, Actor, actor_for
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Membership
from tanggap.accounts.roles import Role
from tanggap.cases.correction import Correction
from tanggap.cases.identity import Contact
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.cases.services.verify_case import Verification, verify_case
from tanggap.demo.people import DOMAIN
from tanggap.directory.models import Agency, Region

BEGAN_BEFORE = timedelta(days=6)
BETWEEN = timedelta(hours=5)
MATTER = (
    "Air ledeng di lingkungan kami mati sejak Sabtu pagi, dari kran hanya keluar angin. Warga sudah tiga kali menelepon"
    " dan belum ada petugas yang datang melihat pipa di ujung jalan."
)
# What each adds, and the last digits of an invented number; two come from one phone, one from nobody who can be asked.
WHO = (
    ("Mohon segera diperbaiki.", "001"),
    ("Anak kami terpaksa mandi di rumah saudara.", "002"),
    ("Mohon segera diperbaiki!", "001"),
    ("Kami sudah membeli air dua kali.", "003"),
    ("Terima kasih sebelumnya.", ""),
    ("Tagihan tetap datang setiap bulan.", "004"),
    ("Tolong kirim mobil tangki.", "005"),
)


def crowd(*, now: datetime) -> int:
    """Hand in and verify the reports of some neighbours in the days before; how many. By the services, as people do."""
    coordinator, unit = _post(Role.COORDINATOR), _post(Role.LIAISON_OFFICER)
    if coordinator is None or unit is None:
        return 0
    actor: Actor = actor_for(coordinator.person, on=local_day(now))
    agency: Agency = unit.agency
    district = Region.objects.filter(parent_id=coordinator.agency.code).order_by("code").first()
    for number, (addition, phone) in enumerate(WHO):
        at = now - BEGAN_BEFORE + number * BETWEEN
        said = Submission(
            text=f"{MATTER} {addition}",
            channel="whatsapp" if phone else "web",
            agency=coordinator.agency,
            region=district,
            contact=Contact(phone=f"0811000{phone}0") if phone else None,
        )
        case = submit_case(submission=said, actor=PUBLIC, now=at).case
        correction = Correction(title="Air ledeng mati sejak Sabtu", classification="complaint")
        verify_case(
            tracking_id=case.tracking_id,
            verification=Verification(agency=agency, correction=correction),
            actor=actor,
            now=at + BETWEEN,
        )
    return len(WHO)


def _post(role: Role) -> Membership | None:
    posts = Membership.objects.select_related("person", "agency__body").filter(role=role)
    return posts.filter(person__email=f"{role.value}@{DOMAIN}").first()
