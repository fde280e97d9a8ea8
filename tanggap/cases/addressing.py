"""Where a new case goes first, and whom it is about.

A supervisory complaint, or a secret case about somebody's conduct, skips the local verifier: it starts with the
inspector, and one level up if the inspectorate or the head of the region is whom it is about (DOMAIN §6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tanggap.cases.custody import level_above, place_with
from tanggap.cases.models import Case, Subject
from tanggap.common.crypto import seal
from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency, Region
from tanggap.directory.selectors import root_agency

LONGEST_NAME = 200
MOST_SUBJECTS = 10
INSPECTORATE = "inspektorat"


@dataclass(frozen=True, slots=True)
class About:
    """Whom a case is about: offices, a village, a person as named by the reporter or known here."""

    agencies: Sequence[Agency] = ()
    region: Region | None = None
    person_name: str = ""
    person_id: int | None = None
    is_head: bool = False

    @property
    def given(self) -> bool:
        """Whether anybody is named at all."""
        return bool(self.agencies or self.region or self.person_name.strip() or self.person_id)


def address(case: Case, agency: Agency | None, about: About) -> None:
    """Set the first place of the case: the addressed agency, the inspector's desk above it, or the root's queue.

    Who addressed nobody came by a door, and starts with the agency whose door it is.
    """
    door = case.brand.agency if case.brand else None
    addressed = agency or (about.agencies[0] if about.agencies and case.oversight else door)
    # A body that is closed or outside this instance has nobody who reads here: no wrong door (DOMAIN §2).
    if addressed is None or addressed.external or addressed.status != Agency.Status.ACTIVE:
        place_with(case, root_agency())
        return
    if case.oversight and addressed.body is not None:
        addressed = addressed.body
        if any(_over_the_inspector(subject, addressed) for subject in about.agencies) or about.is_head:
            addressed = level_above(addressed)
    place_with(case, addressed)


def _over_the_inspector(subject: Agency, body: Agency) -> bool:
    """Whether the inspector of `body` could not be trusted with it: the inspectorate, or the body as a whole."""
    return subject.pk == body.pk or (subject.body_id == body.pk and INSPECTORATE in subject.code.rsplit("/", 1)[-1])


def with_office(about: About, agency: Agency | None) -> About:
    """A person named without an office belongs to the unit addressed: that unit must not read it (DOMAIN §6)."""
    named_alone = bool(about.person_name.strip() or about.person_id) and not about.agencies and about.region is None
    if named_alone and agency is not None and not agency.is_body and agency.body_id is not None:
        return replace(about, agencies=[agency])
    return about


def add_subjects(case: Case, about: About) -> None:
    """Write down whom the case is about. Raises Invalid for too many or an over-long name."""
    if not about.given:
        return
    if len(about.agencies) > MOST_SUBJECTS:
        raise Invalid(_("Paling banyak sepuluh kantor."), field="about", code="too_many")
    name = " ".join(about.person_name.replace("\x00", "").split())
    if len(name) > LONGEST_NAME:
        raise Invalid(_("Nama paling banyak 200 huruf."), field="about_person", code="too_long")
    sealed = seal(name.encode(), context=f"subject:{case.tracking_id}") if name else None
    offices: Sequence[Agency | None] = about.agencies or (None,)
    Subject.objects.bulk_create(
        Subject(
            case=case,
            agency=office,
            region=about.region,
            person_id=about.person_id,
            name_sealed=sealed,
            is_head=about.is_head,
        )
        for office in offices
    )
