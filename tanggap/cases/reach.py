"""How far somebody may send a case: a coordinator inside the own agency, the national admin anywhere."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.cases.models import Case
from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency


def check_reach(actor: Actor, agency: Agency, case: Case) -> None:
    """Raises Invalid when the destination lies outside the actor's own agency.

    Posts that do not cover the case give no reach: a coordinator of two agencies cannot carry a case of the
    first into the second.
    """
    if actor.has_role(Role.NATIONAL_ADMIN):
        return
    covering = [grant for grant in actor.grants_of(Role.COORDINATOR, Role.INSPECTOR)]
    covering = [grant for grant in covering if case.agency.path.startswith(grant.path)]
    if not any(agency.path.startswith(grant.path) for grant in covering):
        raise Invalid(
            _("%(agency)s di luar instansi Anda. Kembalikan laporan ini sebagai bukan wewenang agar diteruskan.")
            % {"agency": agency.name},
            field="agency",
            code="outside_reach",
        )
