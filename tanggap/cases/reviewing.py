"""Who may open the files of a case, and who looks at withheld ones before the agency does (DOMAIN §6)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case, Message
from tanggap.cases.policies import cases_visible_to, standings
from tanggap.cases.workflow import Classification, Standing
from tanggap.common.errors import NotFound
from tanggap.files.models import StoredFile, Visibility


def may_review_files(found: frozenset[Standing], case: Case) -> bool:
    """Whether faces, names and chat headers are this person's to look for.

    Before verification the verifier; afterwards the coordinator goes on for what arrives later, except where the
    case is the inspector's.
    """
    if found & {Standing.VERIFIER, Standing.INSPECTOR, Standing.NATIONAL_ADMIN}:
        return True
    inspectors = case.oversight or case.classification == Classification.SUPERVISORY_COMPLAINT
    return Standing.COORDINATOR in found and not inspectors


def file_for_staff(actor: Actor, token: str) -> tuple[Case, StoredFile]:
    """The only door to a case's file for officers. Raises NotFound for every file that is not theirs to see."""
    stored = StoredFile.objects.filter(token=token, deleted_at__isnull=True).first()
    case = _case_of(actor, stored.owner) if stored is not None else None
    if stored is None or case is None:
        raise _no_file()
    if stored.visibility == Visibility.WITHHELD and not may_review_files(standings(actor, case), case):
        raise _no_file()
    return case, stored


def _case_of(actor: Actor, owner: str) -> Case | None:
    kind, _colon, number = owner.partition(":")
    if not number.isdigit() or not actor.grants:
        return None
    cases = cases_visible_to(actor).select_related("agency", "body")
    if kind == "case":
        return cases.filter(pk=int(number)).first()
    if kind == "message":
        message = Message.objects.filter(pk=int(number)).only("case_id", "kind").first()
        return cases.filter(pk=message.case_id).first() if message is not None else None
    return None


def _no_file() -> NotFound:
    return NotFound(_("Berkas ini tidak ada atau sudah dihapus."), code="no_such_file")
