"""A verifier looked at a file and decides who may see it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import standings
from tanggap.cases.recording import lock_case, record_only
from tanggap.cases.reviewing import file_for_staff, may_review_files
from tanggap.common.errors import Forbidden, Invalid
from tanggap.files.models import StoredFile, Visibility
from tanggap.files.services.publish import set_visibility


@transaction.atomic
def review_file(*, token: str, visibility: str, actor: Actor, now: datetime) -> tuple[Case, StoredFile]:
    """Show a file to the agency, to everybody, or hold it back; recorded in the case.

    Raises NotFound, Forbidden (not a verifier here), Invalid, Refused (a kind that is never public).
    """
    case, stored = file_for_staff(actor, token)
    case = lock_case(case.tracking_id)
    if not may_review_files(standings(actor, case), case):
        raise Forbidden(_("Berkas ini tidak ada atau sudah dihapus."), code="forbidden")
    if visibility not in Visibility.values:
        raise Invalid(_("Pilih siapa yang boleh melihat berkas ini."), field="visibility", code="unknown_visibility")
    if visibility != stored.visibility:
        set_visibility(stored=stored, visibility=Visibility(visibility))
        facts = {"file": stored.pk, "visibility": visibility}
        record_only(case, "case.file_reviewed", actor=actor, at=now, data=facts)
    return case, stored
