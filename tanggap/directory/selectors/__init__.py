"""Reads of the reference data."""

from tanggap.directory.selectors.agencies import (
    agency_by_code,
    agency_by_id,
    brand_of_host,
    current,
    default_brand,
    government_of,
    governments,
    in_force,
    root_agency,
    search_agencies,
    subtree,
    subtree_ids,
    units_of,
)
from tanggap.directory.selectors.calendars import calendar_of, edited_calendar_of, prepare_calendars
from tanggap.directory.selectors.categories import offered_categories
from tanggap.directory.selectors.finding import Ambiguous, find_agency
from tanggap.directory.selectors.regions import children_of, region_by_code, region_label, search_regions

__all__ = [
    "Ambiguous",
    "agency_by_code",
    "agency_by_id",
    "brand_of_host",
    "calendar_of",
    "children_of",
    "current",
    "default_brand",
    "edited_calendar_of",
    "find_agency",
    "government_of",
    "governments",
    "in_force",
    "offered_categories",
    "prepare_calendars",
    "region_by_code",
    "region_label",
    "root_agency",
    "search_agencies",
    "search_regions",
    "subtree",
    "subtree_ids",
    "units_of",
]
