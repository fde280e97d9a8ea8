"""From what somebody wrote to the agency that was meant, or a plain refusal to guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency, AgencyAlias
from tanggap.directory.naming import LONGEST_NAME, normalize
from tanggap.directory.selectors.agencies import current
from tanggap.directory.synonyms import unit_synonyms

MOST_WORDS = 40
NAMED_CANDIDATES = 5
MOST_LOOKED_AT = 50


class Ambiguous(Invalid):
    """A name that several agencies bear; `candidates` are some of them."""

    default_code = "ambiguous"

    def __init__(self, text: str, candidates: Sequence[Agency]) -> None:
        names = "; ".join(f"{a.full_name} ({a.code})" for a in candidates[:NAMED_CANDIDATES])
        if len(candidates) > NAMED_CANDIDATES:
            names += "; …"
        message = _("Nama “%(text)s” dipakai lebih dari satu instansi: %(names)s. Tulis kodenya atau nama lengkapnya.")
        super().__init__(message % {"text": text[:LONGEST_NAME], "names": names}, field="agency_code")
        self.candidates = tuple(candidates)


def find_agency(text: str, *, within: Agency | None = None) -> Agency:
    """The one agency that a code, name, short name or alias stands for.

    A unit is found with its body's name behind it ("Dinas Pekerjaan Umum Kota Semarang"), or alone when `within`
    says which body is meant. Raises Ambiguous, or Invalid for an unknown name.
    """
    wanted = " ".join(text.split())[:LONGEST_NAME]
    found = _by_code(wanted)
    if found:
        return current(found[0])
    words = normalize(wanted).split()[:MOST_WORDS]
    candidates = _by_name(words, within) if words else []
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise Ambiguous(wanted, candidates)
    raise Invalid(_("Instansi “%(text)s” tidak dikenal.") % {"text": wanted}, field="agency_code")


def _by_code(wanted: str) -> list[Agency]:
    codes = {wanted, wanted.lower(), wanted.upper()}
    return list(Agency.objects.select_related("body", "merged_into").filter(code__in=codes)[:1])


def _by_name(words: list[str], within: Agency | None) -> list[Agency]:
    """Candidates, nearest reading first: a unit of `within`, the whole as an alias, a unit before its body's name."""
    if within is not None and within.body is not None:
        own = _matching_units([within.body], " ".join(words))
        if own:
            return own
    bodies = _bearers(words)
    whole = " ".join(words)
    if whole in bodies:
        return _distinct(bodies[whole])
    for start in range(1, len(words)):
        bearers = [agency for agency in bodies.get(" ".join(words[start:]), []) if agency.is_body]
        units = _matching_units(bearers, " ".join(words[:start])) if bearers else []
        if units:
            return units
    return _units_anywhere(whole)


def _units_anywhere(name: str) -> list[Agency]:
    """Units of this very name in any body: nearly always several, which tells the writer to name the body too."""
    begins = Agency.objects.filter(search_text__startswith=name, status=Agency.Status.ACTIVE).select_related("body")
    rows = begins.order_by("external", "code")[:MOST_LOOKED_AT]
    return [agency for agency in rows if name in _names(agency)]


def _bearers(words: list[str]) -> dict[str, list[Agency]]:
    """Every alias that is the text or an end of it, with the agencies that bear it: one statement."""
    ends = [" ".join(words[start:]) for start in range(len(words))]
    rows = AgencyAlias.objects.filter(normalized__in=ends).select_related("agency__body", "agency__merged_into")
    bearers: dict[str, list[Agency]] = {}
    for row in rows:
        bearers.setdefault(row.normalized, []).append(row.agency)
    return bearers


def _matching_units(bodies: Iterable[Agency], name: str) -> list[Agency]:
    """The units of the bodies that bear `name`: exactly, by a synonym, or as the only one whose name begins so."""
    units = list(
        Agency.objects.filter(body__in=[current(body) for body in bodies])
        .exclude(status=Agency.Status.CLOSED)
        .select_related("body", "merged_into")
    )
    units = [unit for unit in units if not unit.is_body]
    exact = [unit for unit in units if name in _names(unit)]
    if exact:
        return _distinct(exact)
    slugs = unit_synonyms().get(name, frozenset())
    known = [unit for unit in units if unit.code.partition("/")[2] in slugs]
    if known:
        return _distinct(known)
    begins = [unit for unit in units if normalize(unit.name).startswith(f"{name} ") and " " in name]
    return _distinct(begins) if len({unit.name for unit in begins}) == 1 else []


def _names(unit: Agency) -> set[str]:
    parts = (unit.name, unit.short_name, *unit.short_name.split("/"))
    return {normalize(part) for part in parts if part}


def _distinct(agencies: Iterable[Agency]) -> list[Agency]:
    """Mergers followed; active ones only, unless none is."""
    rows = list({agency.pk: agency for agency in map(current, agencies)}.values())
    return [agency for agency in rows if agency.status == Agency.Status.ACTIVE] or rows
