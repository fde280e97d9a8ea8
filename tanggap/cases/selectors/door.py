"""The only doors to a case for web code. What somebody may not see does not exist."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import Disclosure, can_see, disclosure_for
from tanggap.cases.recording import find_case
from tanggap.cases.secret_codes import prove_reporter
from tanggap.common.errors import NotFound


def _no_case() -> NotFound:
    return NotFound(_("Tidak ada laporan dengan nomor itu. Periksa lagi nomor pelacakan Anda."), code="no_case")


def get_case_for(actor: Actor, tracking_id: str) -> Case:
    """The case for somebody who works on it or wrote it, by tracking id or alias.

    Raises NotFound both when there is none and when the actor must not know of it.
    """
    case = find_case(tracking_id)
    if not can_see(actor, case):
        raise _no_case()
    return case


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its public page shows it: how much, and the actor with the proof of being the reporter."""

    case: Case
    disclosure: Disclosure
    actor: Actor

    @property
    def is_reporter(self) -> bool:
        """Whether replying, confirming and objecting are offered."""
        return self.disclosure == Disclosure.FULL


def open_case(actor: Actor, tracking_id: str, *, code: str = "") -> CaseView:
    """The public page's door: a correct tracking id shows at least state, clock and holder (DOMAIN §6).

    The secret code or the sign-in of its reporter opens it whole. Raises NotFound.
    """
    case = find_case(tracking_id)
    proved = prove_reporter(actor, case, code=code)
    disclosure = disclosure_for(proved, case)
    if disclosure == Disclosure.NOTHING:
        raise _no_case()
    return CaseView(case, disclosure, proved)
