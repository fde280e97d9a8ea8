"""The names under which bodies are found: derived ones, certain synonyms, and those seen in use."""

from __future__ import annotations

from collections.abc import Iterator

from tanggap.common.errors import TanggapError
from tanggap.directory.models import Agency, AgencyAlias
from tanggap.directory.naming import government_aliases, national_aliases, normalize
from tanggap.directory.reference.seeds import copy_into, difference, remember
from tanggap.directory.reference.sources import rows_of
from tanggap.directory.selectors.agencies import GOVERNMENTS
from tanggap.directory.selectors.finding import find_agency

COLUMNS = ("agency_id", "alias", "normalized", "source")


def load_names() -> int:
    """Derived aliases of every body, and the synonyms of national ones; the number written."""
    ids = dict(Agency.objects.exclude(kind=Agency.Kind.UNIT).values_list("code", "id"))
    wanted = {f"{code}|{normalized}": {"alias": alias} for code, alias, normalized in _derived() if code in ids}
    diff = difference("alias", wanted)
    present = set(AgencyAlias.objects.values_list("agency_id", "normalized"))
    rows = []
    for key, values in diff.new.items():
        code, _bar, normalized = key.partition("|")
        if (ids[code], normalized) not in present:
            rows.append((ids[code], values["alias"], normalized, "name"))
    remember("alias", diff)
    return copy_into("directory_agencyalias", COLUMNS, rows)


def load_observed_names() -> int:
    """Names as people and administrators wrote them, where they mean one agency with certainty; the number written."""
    wanted: dict[str, dict[str, str]] = {}
    for row in rows_of("lapor_agencies_observed.csv"):
        wanted.setdefault(normalize(row["name_as_written"])[:250], {"alias": row["name_as_written"][:250]})
    diff = difference("observed", wanted)
    present = set(AgencyAlias.objects.values_list("agency_id", "normalized"))
    rows = []
    for normalized, values in diff.new.items():
        agency = _certain(values["alias"])
        if agency is not None and (agency.pk, normalized) not in present:
            rows.append((agency.pk, values["alias"], normalized, "observed"))
    remember("observed", diff)
    return copy_into("directory_agencyalias", COLUMNS, rows)


def _certain(text: str) -> Agency | None:
    try:
        return find_agency(text)
    except TanggapError:
        return None


def _derived() -> Iterator[tuple[str, str, str]]:
    """(code, alias, normalized) of every body as shipped or since added; renamed ones keep their older names too."""
    for code, kind, region in Agency.objects.filter(kind__in=GOVERNMENTS).values_list("code", "kind", "region__name"):
        for key in government_aliases(kind, region or ""):
            yield code, key, key
    for row in rows_of("agencies_national.csv"):
        for key in national_aliases(row["name"], row["short_name"]):
            yield row["code"], key, key
    for row in rows_of("national_synonyms.csv"):
        yield row["code"], row["alias"], normalize(row["alias"])
