"""The files of a letter into a draft, each checked and rewritten like any upload."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tanggap.channels.email.letter import Letter
from tanggap.common.errors import Invalid
from tanggap.files.models import new_token
from tanggap.files.services.accept_upload import accept_upload
from tanggap.files.services.attach import draft_owner


@dataclass(frozen=True, slots=True)
class Taken:
    """The draft that holds what was accepted, empty without files; and why others were not."""

    draft_token: str = ""
    count: int = 0
    refusals: tuple[str, ...] = ()


def take_files(letter: Letter, *, now: datetime) -> Taken:
    """Accept what can be. Raises TooMany or Refused where the house cannot take files just now: the letter waits."""
    token, count, refusals = new_token(), 0, []
    for file in letter.files:
        content = file.content()
        if not letter.whole and file is letter.files[-1]:
            # The letter was longer than is read; this is where it was cut.
            refusals.append(_("surat ini terlalu besar untuk dibaca seluruhnya; kirim lampiran satu per satu"))
            continue
        try:
            accept_upload(stream=io.BytesIO(content), name=file.name, owner=draft_owner(token), now=now)
            count += 1
        except Invalid as refusal:
            refusals.append(refusal.message)
    if not letter.whole and not letter.files:
        refusals.append(_("surat ini terlalu besar untuk dibaca seluruhnya; kirim lampiran satu per satu"))
    return Taken(token if count else "", count, tuple(refusals))
