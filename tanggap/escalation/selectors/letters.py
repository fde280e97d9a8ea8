"""Letters as outside scripts, the register and the public see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from tanggap.cases.models import CaseAlias
from tanggap.common.errors import NotFound
from tanggap.common.ids import normalize_secret_code
from tanggap.directory.selectors import calendar_of
from tanggap.escalation.models import Letter, TakenStep
from tanggap.files.storage import path_of

BATCH = 500


def letter_items() -> Iterator[dict[str, Any]]:
    """A row for each case of every issued letter, by number; `pdf` is the path of the paper itself."""
    last = 0
    issued = Letter.objects.filter(state=Letter.State.ISSUED).select_related("agency", "recipient_agency")
    while letters := list(issued.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = letters[-1].pk
        by_letter = {letter.pk: letter for letter in letters}
        steps = TakenStep.objects.filter(letter_id__in=by_letter).select_related("case").order_by("letter_id", "pk")
        found = list(steps)
        aliases: dict[int, list[str]] = {}
        for row in CaseAlias.objects.filter(case_id__in={step.case_id for step in found}).order_by("pk"):
            aliases.setdefault(row.case_id, []).append(row.value)
        for step in found:
            yield _item(by_letter[step.letter_id or 0], step, aliases.get(step.case_id, []))


def _item(letter: Letter, step: TakenStep, aliases: list[str]) -> dict[str, Any]:
    zone = calendar_of(letter.agency_id).zone
    return {
        "number": letter.number,
        "external_number": letter.external_number or None,
        "tracking_id": step.case.tracking_id,
        "aliases": aliases,
        "step": f"{step.clock}.{step.number}.{step.kind}",
        "agency": letter.agency.code,
        "recipient_role": letter.recipient_role,
        "recipient_agency": letter.recipient_agency.code,
        "copies": letter.copies,
        "issued_at": letter.issued_at.astimezone(zone).isoformat() if letter.issued_at else None,
        "sha256": letter.sha256,
        "pdf": str(path_of(letter.sha256)),
    }


def letter_by_code(code: str) -> Letter:
    """The issued letter behind a QR code. Raises NotFound, and says no more."""
    normal = normalize_secret_code(code)
    letter = None
    if normal is not None:
        rows = Letter.objects.select_related("agency", "recipient_agency")
        letter = rows.filter(verification_code=normal, state=Letter.State.ISSUED).first()
    if letter is None:
        raise NotFound(_("Tidak ada surat dengan kode itu."), code="no_letter")
    return letter
