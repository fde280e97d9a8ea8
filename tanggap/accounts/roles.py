"""The roles of DOMAIN §1, and what each may be appointed to."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A post held at one agency. The value is the identifier used in rows, events and ladders."""

    LIAISON_OFFICER = "liaison_officer", _("Pejabat penghubung")
    UNIT_HEAD = "unit_head", _("Kepala unit")
    COORDINATOR = "coordinator", _("Admin instansi")
    REGIONAL_HEAD = "regional_head", _("Kepala daerah")
    SEKDA = "sekda", _("Sekretaris daerah")
    INSPECTOR = "inspector", _("Inspektorat")
    LEADER = "leader", _("Pimpinan")
    EVALUATOR = "evaluator", _("Tim evaluasi")
    OMBUDSMAN = "ombudsman", _("Ombudsman")
    NATIONAL_ADMIN = "national_admin", _("Admin nasional")


# Coordinators and above sign in with a second factor outside the demo (issue 2, part 4).
SECOND_FACTOR_ROLES = frozenset({Role.COORDINATOR, Role.INSPECTOR, Role.EVALUATOR, Role.OMBUDSMAN, Role.NATIONAL_ADMIN})

# Whom a coordinator may invite into the own subtree; the rest are appointed by the national admin (our decision).
COORDINATOR_MAY_INVITE = frozenset({Role.LIAISON_OFFICER, Role.UNIT_HEAD, Role.LEADER, Role.COORDINATOR})
