"""Suggestions with their reasons: which unit is meant, and which other case may be the same matter. People decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tanggap.accounts.actor import Actor
from tanggap.cases.addressing import INSPECTORATE
from tanggap.cases.custody import is_subject
from tanggap.cases.models import Case
from tanggap.cases.selectors import similar_cases
from tanggap.cases.workflow import Classification
from tanggap.common.clockwords import join
from tanggap.directory.cache import revision_cached
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_code, offered_categories, units_of
from tanggap.routing.suggesting import Unit, suggest_units

MOST_NAMES = 400


@dataclass(frozen=True, slots=True)
class SuggestedUnit:
    """A unit that may be meant, and why."""

    agency: Agency
    reason: str


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A case that may be the same matter, and why."""

    case: Case
    reason: str


@revision_cached
def _units(body_id: int) -> tuple[Unit, ...]:
    body = Agency(pk=body_id)
    rows = units_of(body).exclude(topics="").values_list("code", "name", "topics")
    return tuple(Unit(code, name, topics) for code, name, topics in rows)


@revision_cached
def unit_names(body_id: int | None) -> tuple[str, ...]:
    """The names of a body's units, for the browser's own completion; none for a case nobody was named for."""
    if body_id is None:
        return ()
    return tuple(units_of(Agency(pk=body_id)).order_by("name").values_list("name", flat=True)[:MOST_NAMES])


@revision_cached
def topics() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Topics under their heads, for a drop-down."""
    heads: dict[str, list[tuple[str, str]]] = {}
    names: dict[str, str] = {}
    for row in offered_categories().order_by("level", "name"):
        if row.parent_id is None:
            names[row.code] = row.name
            heads[row.code] = [(row.code, row.name)]
        elif row.parent_id in heads:
            heads[row.parent_id].append((row.code, row.name))
    return tuple((names[code], tuple(rows)) for code, rows in heads.items())


def suggested_units(case: Case) -> list[SuggestedUnit]:
    """Units whose topics the text touches, best first. A guarded case is judged by its masked text like any other."""
    if case.body_id is None:
        return []
    if case.oversight or case.classification == Classification.SUPERVISORY_COMPLAINT:
        return [s for s in _inspectorates(case.body_id) if not _accused(case, s.agency)]
    text = f"{case.title}\n{case.narrative.agency_text}"
    found = [(agency_by_code(s.agency_code), s.words) for s in suggest_units(text, _units(case.body_id))]
    return [SuggestedUnit(agency, _why(words)) for agency, words in found if not _accused(case, agency)]


def _inspectorates(body_id: int) -> list[SuggestedUnit]:
    """Internal oversight is the natural owner of supervisory complaints (DOMAIN §1), whatever their words."""
    found = units_of(Agency(pk=body_id)).filter(code__contains=INSPECTORATE)[:2]
    return [SuggestedUnit(agency, _("Pengaduan berkadar pengawasan ditangani inspektorat.")) for agency in found]


def _accused(case: Case, agency: Agency) -> bool:
    return case.guarded and is_subject(case, agency)


def _why(words: tuple[str, ...]) -> str:
    quoted = join([f"“{word}”" for word in words[:4]])
    return ngettext("Kata %(words)s termasuk urusannya.", "Kata %(words)s termasuk urusannya.", len(words)) % {
        "words": quoted
    }


def similar_to(actor: Actor, case: Case) -> list[SimilarCase]:
    """Cases that may be the same matter, with what makes them look so."""
    return [SimilarCase(other, _likeness(case, other)) for other in similar_cases(actor, case)]


def _likeness(case: Case, other: Case) -> str:
    reasons = [_("judul mirip %(share)s%%") % {"share": round(100 * float(getattr(other, "likeness", 0)))}]
    if case.region_id and case.region_id == other.region_id:
        reasons.append(_("wilayah sama"))
    if case.category_id and case.category_id == other.category_id:
        reasons.append(_("topik sama"))
    reasons.append(_apart(case.received_at, other.received_at))
    reasons.append(_("dipegang %(holder)s") % {"holder": other.agency.name})
    return ", ".join(reasons)


def _apart(one: datetime, other: datetime) -> str:
    days = abs((one - other).days)
    if days == 0:
        return _("masuk pada hari yang sama")
    return ngettext("berjarak %(n)s hari", "berjarak %(n)s hari", days) % {"n": days}
