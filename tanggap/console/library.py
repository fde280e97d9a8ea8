"""Answers a unit writes often: whose they are, and how their fields are filled from a case."""

from __future__ import annotations

import re
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs
from tanggap.cases.models import Case
from tanggap.common import formats
from tanggap.common.masking import mask
from tanggap.console.models import AnswerTemplate
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of

FIELD = re.compile(r"\{([a-z_]{1,20})\}")
# Name in braces → what it stands for, in the order of the help text.
FIELDS = ("nomor", "judul", "wilayah", "unit", "tanggal_masuk", "hari_ini")


def field_words() -> list[tuple[str, str]]:
    """The fields a text may use, with what each becomes."""
    words = (
        _("nomor pelacakan"),
        _("judul laporan; “laporan Anda” pada yang rahasia atau anonim"),
        _("wilayah kejadian; kosong pada yang rahasia atau anonim"),
        _("nama unit yang memegang laporan"),
        _("tanggal laporan masuk"),
        _("tanggal hari ini"),
    )
    return [("{" + name + "}", word) for name, word in zip(FIELDS, words, strict=True)]


def unknown_fields(text: str) -> list[str]:
    """Names in braces that nothing fills, in their order."""
    return [name for name in dict.fromkeys(FIELD.findall(text)) if name not in FIELDS]


def filled(text: str, values: dict[str, str]) -> str:
    """The text with its fields filled; what has no value here stays as it stands, for the officer to see."""
    return FIELD.sub(lambda found: values.get(found[1], found[0]), text)


def values_for(case: Case, *, now: datetime) -> dict[str, str]:
    """What the fields become. Of a guarded or anonymous case nothing that tells what or where it was."""
    zone = calendar_of(case.agency_id).zone
    hidden = case.guarded or case.anonymous
    return {
        "nomor": case.tracking_id,
        "judul": "laporan Anda" if hidden or not case.title else f"“{mask(case.title).text}”",
        "wilayah": "" if hidden or case.region is None else case.region.name,
        "unit": case.agency.name,
        "tanggal_masuk": formats.long_date(case.received_at.astimezone(zone).date(), "id"),
        "hari_ini": formats.long_date(now.astimezone(zone).date(), "id"),
    }


def templates_for(case: Case, *, final: bool) -> QuerySet[AnswerTemplate]:
    """The library of the unit that holds the case: its own texts and those of its government."""
    kind = ~Q(answer_kind="") if final else Q(answer_kind="")
    here = Q(agency_id=case.agency_id) | Q(agency_id=case.agency.body_id)
    return AnswerTemplate.objects.filter(here & kind, retired_at__isnull=True).order_by("title", "pk")


def templates_of(actor: Actor) -> QuerySet[AnswerTemplate]:
    """The texts of the agencies of the actor's posts and of everything below them, and of the governments above."""
    below = Q(pk__in=[])
    for path in actor.posts:
        below |= Q(agency__path__startswith=path)
    bodies = [grant.body_id for grant in actor.grants if grant.body_id is not None]
    rows = AnswerTemplate.objects.filter(below | Q(agency_id__in=bodies), retired_at__isnull=True)
    return rows.select_related("agency__body").order_by("agency__name", "title", "pk")


def may_edit(actor: Actor, agency: Agency) -> bool:
    """The coordinator of the unit, or of its government; the national admin."""
    return governs(actor, agency)
