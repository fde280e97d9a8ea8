"""From the first words of an SMS to the agency they name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tanggap.channels.models import Keyword
from tanggap.channels.sms.keywords import EVERYDAY, Candidate, beginnings, code_in_front, without_flags
from tanggap.directory.models import Agency, AgencyAlias, Brand
from tanggap.directory.selectors import current, root_agency

NAMED = 4


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom an SMS is for, and its words without the name. Nobody: the words are whole, and `reason` tells the verifier
    why a name that is there led nowhere."""

    agency: Agency | None
    text: str
    reason: str = ""


def addressed(text: str, brand: Brand | None) -> Addressed:
    """The agency that the longest known beginning of the text names.

    At a local service only its own keywords count and the names of agencies below its own: "Semarang" in a report
    from Demak says where, not to whom.
    """
    flags, words = without_flags(text)
    code = code_in_front(words)
    candidates = [code, *beginnings(words)] if code else beginnings(words)
    bearers = _bearers(candidates, brand)
    for candidate in candidates:
        agencies = bearers.get(candidate.name, [])
        if len(agencies) == 1:
            rest = words if candidate.name in EVERYDAY else candidate.rest
            return Addressed(agencies[0], (flags + rest).strip())
        if agencies:
            return Addressed(None, text, _ambiguous(words, candidate, agencies))
    return Addressed(None, text)


def _bearers(candidates: Iterable[Candidate], brand: Brand | None) -> dict[str, list[Agency]]:
    """The active agencies that bear each name and to which this brand's door leads: two statements, however long the
    text."""
    names = {candidate.name for candidate in candidates}
    if not names:
        return {}
    aliases = AgencyAlias.objects.filter(normalized__in=names).values_list("normalized", "agency_id")
    codes = Agency.objects.filter(code__in=names).values_list("code", "pk")
    keywords = Keyword.objects.filter(normalized__in=names).values_list("normalized", "agency_id")
    house = root_agency()
    if brand and brand.agency and brand.agency != house:
        house, keywords = brand.agency, keywords.filter(brand=brand)
    rows = list(aliases.union(codes, keywords))
    agencies = Agency.objects.select_related("body", "merged_into").in_bulk({pk for _name, pk in rows})
    found: dict[str, dict[int, Agency]] = {}
    for name, pk in rows:
        agency = current(agencies[pk])
        if agency.status == Agency.Status.ACTIVE and agency.path.startswith(house.path):
            found.setdefault(name, {})[agency.pk] = agency
    return {name: list(bearing.values()) for name, bearing in found.items()}


def _ambiguous(words: str, candidate: Candidate, agencies: list[Agency]) -> str:
    name = words[: len(words) - len(candidate.rest)].strip(" .,:;#/-")
    several = "; ".join(sorted(agency.name for agency in agencies)[:NAMED])
    return _("Kata kunci “%(name)s” dipakai lebih dari satu instansi: %(agencies)s.") % {
        "name": name[:80],
        "agencies": several,
    }
