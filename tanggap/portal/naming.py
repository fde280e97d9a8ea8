"""How an agency is called on citizens' pages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tanggap.directory.models import Agency


def agency_name(agency: Agency) -> str:
    """The name that is clear by itself; the nation's queue is the desk that works it off."""
    return _("Admin nasional") if agency.kind == Agency.Kind.NATION else agency.full_name
