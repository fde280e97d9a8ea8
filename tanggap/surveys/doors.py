"""Locked surveys, and the digests by which a link, a browser or a sheet is known again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tanggap.common.crypto import blind_index
from tanggap.common.errors import NotFound, Refused
from tanggap.surveys.models import Survey


def locked_survey(code: str) -> Survey:
    """The survey, locked until commit: answers and the close wait for each other. Raises NotFound."""
    found = Survey.objects.select_for_update(of=("self",)).select_related("service__agency").filter(code=code).first()
    if found is None:
        raise NotFound(_("Survei ini tidak ada. Periksa lagi alamatnya."), code="no_survey")
    return found


def check_state(survey: Survey, *states: str) -> None:
    """Raises Refused unless the survey is in one of these states."""
    if survey.state not in states:
        raise Refused(
            _("Survei ini sekarang “%(state)s”, jadi langkah itu tidak dapat dilakukan. Tidak ada yang diubah.")
            % {"state": survey.get_state_display()},
            code="illegal_step",
        )


def link_is_good(survey: Survey, token: str) -> bool:
    """Whether a personal link of this survey still waits for its answer."""
    return survey.links.filter(token_digest=token_digest(token), used=False).exists()


def token_digest(token: str) -> bytes:
    """What is kept of a personal link."""
    return blind_index("survey-link", token)


def browser_digest(survey: Survey, browser: str) -> bytes:
    """A browser in one survey; in another it is somebody else."""
    return blind_index("survey-browser", f"{survey.code}:{browser}")


def sheet_digest(survey: Survey, sheet: str) -> bytes:
    """A numbered sheet of paper."""
    return blind_index("survey-sheet", f"{survey.code}:{sheet.strip().upper()}")
