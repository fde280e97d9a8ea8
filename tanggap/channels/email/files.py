"""The files of a letter into a draft, each checked and rewritten like any upload."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tanggap.channels.email.letter import Letter
from tanggap.common.errors import Invalid
from tanggap.files.limits import Kind
from tanggap.files.models import new_token
from tanggap.files.services.accept_upload import accept_upload
from tanggap.files.services.attach import draft_owner


@dataclass(frozen=True, slots=True)
class Taken:
    """The draft that holds what was accepted, empty without files; which of it are recordings; why others were not."""

    draft_token: str = ""
    voices: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()


def take_files(letter: Letter, *, now: datetime) -> Taken:
    """Accept what can be. Raises TooMany or Refused where the house cannot take files just now: the letter waits."""
    token, kept, refusals = new_token(), [], []
    for file in letter.files:
        content = file.content()
        if not letter.whole and file is letter.files[-1]:
            # The letter was longer than is read; this is where it was cut.
            refusals.append(_("surat ini terlalu besar untuk dibaca seluruhnya; kirim lampiran satu per satu"))
            continue
        try:
            stream = io.BytesIO(content)
            kept.append(accept_upload(stream=stream, name=file.name, owner=draft_owner(token), now=now))
        except Invalid as refusal:
            refusals.append(refusal.message)
    if not letter.whole and not letter.files:
        refusals.append(_("surat ini terlalu besar untuk dibaca seluruhnya; kirim lampiran satu per satu"))
    voices = tuple(stored.token for stored in kept if stored.kind == Kind.AUDIO)
    return Taken(token if kept else "", voices, tuple(refusals))
