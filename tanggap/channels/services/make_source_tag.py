"""A tag for a poster, a desk or a van, by which the cases that come from there are counted."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs
from tanggap.channels.models import SourceTag, TagKind
from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency, Region
from tanggap.ledger.services.record import record

LONGEST_LABEL = 120
LONGEST_STEM = 30


@transaction.atomic
def make_source_tag(
    *, label: str, kind: str, agency: Agency, region: Region | None = None, actor: Actor, now: datetime
) -> SourceTag:
    """Make a tag whose name nobody else has, readable on paper. Raises Invalid; also for an agency not the actor's."""
    words = " ".join(label.replace("\x00", "").split())
    if not words or len(words) > LONGEST_LABEL:
        raise Invalid(_("Nama harus diisi, paling banyak 120 huruf."), field="label")
    if kind not in TagKind.values:
        raise Invalid(_("Pilih jenisnya dari daftar."), field="kind")
    if not governs(actor, agency) or agency.status != Agency.Status.ACTIVE or agency.external:
        raise Invalid(_("Instansi ini bukan wewenang Anda."), field="agency")
    # Random letters behind the readable ones: tags of two districts of one name must not be counted as one.
    stem = slugify(words)[:LONGEST_STEM].strip("-") or kind
    tag = SourceTag.objects.create(
        slug=f"{stem}-{secrets.token_hex(3)}", label=words, kind=kind, agency=agency, region=region, made_at=now
    )
    data = {"kind": kind, "agency": agency.code}
    record("source_tag.made", stream=f"source_tag:{tag.slug}", actor=actor.key, at=now, data=data, react=False)
    return tag
