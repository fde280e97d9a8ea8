"""Correcting what a case is called and counted as."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tanggap.cases.models import Case
from tanggap.cases.texts import LONGEST_TITLE, known_names, protect
from tanggap.cases.workflow import Classification, Standing
from tanggap.common.errors import Invalid
from tanggap.common.redacting import redact
from tanggap.directory.models import Category, Region


@dataclass(frozen=True, slots=True)
class Correction:
    """What changes; empty fields stay as they are."""

    title: str = ""
    classification: str = ""
    category: Category | None = None
    region: Region | None = None


def apply_correction(case: Case, correction: Correction, *, standings: frozenset[Standing]) -> None:
    """Change the columns; becoming supervisory also makes the case secret and seals its original.

    Raises Invalid; leaving `supervisory_complaint` needs the inspector (DOMAIN §2).
    """
    title = redact(" ".join(correction.title.split()), (), known_names(case))
    if len(title) > LONGEST_TITLE:
        raise Invalid(_("Judul paling banyak 160 huruf."), field="title", code="too_long")
    if title:
        case.title, case.title_given = title, True
    case.category = correction.category or case.category
    case.region = correction.region or case.region
    if correction.classification and correction.classification != case.classification:
        _reclassify(case, correction.classification, standings)


def _reclassify(case: Case, classification: str, standings: frozenset[Standing]) -> None:
    if classification not in set(Classification):
        raise Invalid(_("Klasifikasi ini tidak dikenal."), field="classification", code="unknown_classification")
    supervisory = Classification.SUPERVISORY_COMPLAINT
    if case.classification == supervisory and Standing.INSPECTOR not in standings:
        raise Invalid(
            _("Hanya inspektorat yang dapat mengubah pengaduan berkadar pengawasan menjadi laporan biasa."),
            field="classification",
            code="inspector_only",
        )
    case.classification = classification
    if classification == supervisory:
        case.secret = True
        case.guarded = True
        protect(case)
