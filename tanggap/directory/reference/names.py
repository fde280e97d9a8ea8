"""The names under which agencies are found: derived from their own, certain synonyms, and those seen in use."""

from __future__ import annotations

from collections.abc import Iterator

from tanggap.directory.models import Agency, AgencyAlias
from tanggap.directory.naming import LONGEST_NAME, government_aliases, national_aliases, normalize
from tanggap.directory.reference.seeds import copy_into, difference, remember
from tanggap.directory.reference.sources import rows_of
from tanggap.directory.selectors.agencies import GOVERNMENTS

COLUMNS = ("agency_id", "alias", "normalized", "source")


def load_names() -> int:
    """Aliases that the product ships and never shipped before; the number written."""
    ids = dict(Agency.objects.values_list("code", "id"))
    wanted: dict[str, dict[str, str]] = {}
    for code, alias, source in _shipped():
        if code in ids:
            wanted.setdefault(f"{code}|{normalize(alias)[:LONGEST_NAME]}", {"alias": alias, "source": source})
    diff = difference("alias", wanted)
    present = set(AgencyAlias.objects.values_list("agency_id", "normalized")) if diff.new else set()
    rows = []
    for key, values in diff.new.items():
        code, _bar, normalized = key.partition("|")
        if (ids[code], normalized) not in present:
            rows.append((ids[code], values["alias"], normalized, values["source"]))
    remember("alias", diff)
    return copy_into("directory_agencyalias", COLUMNS, rows)


def _shipped() -> Iterator[tuple[str, str, str]]:
    """(code, alias, source). Units need none: they are found through their body's names."""
    for code, kind, region in Agency.objects.filter(kind__in=GOVERNMENTS).values_list("code", "kind", "region__name"):
        for key in government_aliases(kind, region or ""):
            yield code, key, "name"
    for row in rows_of("agencies_national.csv"):
        for key in national_aliases(row["name"], row["short_name"]):
            yield row["code"], key, "name"
    for row in rows_of("national_synonyms.csv"):
        yield row["code"], row["alias"], "synonym"
    for row in rows_of("regional_synonyms.csv"):
        yield row["code"], row["alias"], "synonym"
    for row in rows_of("observed_aliases.csv"):
        yield row["code"], row["alias"], "observed"
