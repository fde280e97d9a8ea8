"""Who may give and take posts. Coordinators in their own subtree, national admins everywhere."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Membership
from tanggap.accounts.roles import COORDINATOR_MAY_INVITE, Role
from tanggap.common.errors import Forbidden, Invalid
from tanggap.directory.models import Agency
from tanggap.directory.selectors import root_agency

HEADS_OF_GOVERNMENT = frozenset({Role.REGIONAL_HEAD, Role.SEKDA})
GOVERNMENT_KINDS = frozenset({Agency.Kind.PROVINCE, Agency.Kind.REGENCY, Agency.Kind.CITY})


def governs_everything(actor: Actor) -> bool:
    """National admins, and whoever holds the server itself."""
    return actor.kind == "operator" or actor.has_role(Role.NATIONAL_ADMIN)


def governs(actor: Actor, agency: Agency) -> bool:
    """Whether the agency lies in a subtree whose people the actor looks after."""
    if governs_everything(actor):
        return True
    return any(agency.path.startswith(grant.path) for grant in actor.grants_of(Role.COORDINATOR))


def may_appoint(actor: Actor, *, role: str, agency: Agency) -> bool:
    """Whether the actor may give, lend out or take away this post."""
    if governs_everything(actor):
        return True
    return role in COORDINATOR_MAY_INVITE and governs(actor, agency)


def may_deactivate(actor: Actor, memberships: Iterable[Membership]) -> bool:
    """Whether every open post of a person is the actor's to take. A person without any is the national admin's."""
    if governs_everything(actor):
        return True
    posts = list(memberships)
    return bool(posts) and all(may_appoint(actor, role=post.role, agency=post.agency) for post in posts)


def may_lend(actor: Actor, membership: Membership) -> bool:
    """Holders lend out their own post while on leave; else whoever may appoint to it."""
    if membership.person_id == actor.person_id:
        return True
    return may_appoint(actor, role=membership.role, agency=membership.agency)


def refuse() -> Forbidden:
    """Shown as 404: whether such a person or post exists elsewhere is nobody's business."""
    return Forbidden(_("Orang atau pos ini tidak ada di lingkungan instansi Anda."))


def check_post(*, role: str, agency: Agency) -> None:
    """Raises Invalid when no such post can exist at this agency."""
    if role not in Role.values:
        raise Invalid(_("Pilih peran dari daftar."), field="role", code="unknown_role")
    if agency.status != Agency.Status.ACTIVE:
        raise Invalid(_("Instansi ini sudah ditutup atau digabung."), field="agency", code="agency_closed")
    if agency.external:
        raise Invalid(
            _("Instansi ini di luar lingkup pemasangan ini; ia dihubungi dengan surat."),
            field="agency",
            code="external",
        )
    if role == Role.NATIONAL_ADMIN and agency.pk != root_agency().pk:
        raise Invalid(_("Admin nasional hanya ada di tingkat teratas."), field="agency", code="root_only")
    if role in HEADS_OF_GOVERNMENT and agency.kind not in GOVERNMENT_KINDS:
        raise Invalid(
            _("Kepala daerah dan sekretaris daerah hanya ada di pemerintah daerah."),
            field="agency",
            code="governments_only",
        )
