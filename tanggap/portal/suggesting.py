"""What the form offers by itself: units that may be competent, and public reports of the same matter, each with why."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tanggap.cases.models import Case
from tanggap.cases.selectors.similar import similar_public_cases
from tanggap.directory.models import Agency, Region
from tanggap.portal.picking import government_of, region_title
from tanggap.portal.rows import Row, rows_of
from tanggap.portal.wizard import Draft
from tanggap.routing.selectors import suggested_units
from tanggap.routing.suggesting import words_of

MOST_SHOWN_WORDS = 4


@dataclass(frozen=True)
class Alike:
    """A public report that may be the same matter."""

    number: str
    row: Row
    why: str


def suggested_agencies(draft: Draft) -> list[tuple[Agency, str]]:
    """Units of the place's government whose topics the story touches, then that government; each with its reason."""
    body = government_of(draft.region)
    if body is None:
        return []
    text = f"{draft.values.get('title', '')} {draft.values.get('text', '')}"
    found = suggested_units(text, body)
    units = Agency.objects.select_related("body").in_bulk([one.agency_code for one in found], field_name="code")
    rows = [
        (
            units[one.agency_code],
            _("Usulan kami: kata %(words)s di cerita Anda termasuk urusannya.") % {"words": _quoted(one.words)},
        )
        for one in found
        if one.agency_code in units
    ]
    return [*rows, (body, _("Usulan kami, karena kejadiannya di wilayah itu."))]


def alike(draft: Draft) -> list[Alike]:
    """Public reports from the same district that sound like this one; none without a place."""
    if draft.region is None:
        return []
    text, title = draft.values.get("text", ""), draft.values.get("title", "")
    cases = list(similar_public_cases(title=title, text=text, region=draft.region))
    said = words_of(f"{title} {text}")
    return [Alike(case.tracking_id, row, _why(case, said)) for case, row in zip(cases, rows_of(cases), strict=True)]


def _why(case: Case, said: dict[str, str]) -> str:
    """The place and the words that both have in common."""
    shared = [word for stem, word in words_of(case.title).items() if stem in said][:MOST_SHOWN_WORDS]
    where = _place(case.region)
    if not shared:
        return _("Tempatnya sama: %(place)s.") % {"place": where}
    return _("Tempatnya sama: %(place)s. Kata yang sama: %(words)s.") % {"place": where, "words": _quoted(shared)}


def _place(region: Region | None) -> str:
    return region_title(region) if region else ""


def _quoted(words: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"“{word}”" for word in words)
