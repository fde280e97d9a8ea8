"""Who may compute, review, publish and freeze what bodies are compared by."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs_everything
from tanggap.accounts.roles import Role
from tanggap.common.errors import Forbidden
from tanggap.directory.selectors import root_agency


def may_publish_rankings(actor: Actor) -> bool:
    """The evaluators of the whole instance and the national admins; a province's evaluators do not judge the nation."""
    root = root_agency().pk
    return governs_everything(actor) or any(grant.agency_id == root for grant in actor.grants_of(Role.EVALUATOR))


def check_may_publish_rankings(actor: Actor) -> None:
    """Raises Forbidden, shown as 404."""
    if not may_publish_rankings(actor):
        raise Forbidden(_("Tidak ada masa penilaian seperti itu, atau bukan wewenang Anda."))
