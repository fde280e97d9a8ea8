"""Reference data: regions, agencies, categories, brands and calendars."""

from tanggap.directory.models.agencies import Agency, AgencyAlias, AgencyChange
from tanggap.directory.models.brands import Brand
from tanggap.directory.models.calendars import DayOff, OfficeWeek
from tanggap.directory.models.categories import Category
from tanggap.directory.models.locales import Locale
from tanggap.directory.models.reference import ReferenceRevision, ReferenceSeed
from tanggap.directory.models.regions import Region, RegionWord, Zone

__all__ = [
    "Agency",
    "AgencyAlias",
    "AgencyChange",
    "Brand",
    "Category",
    "DayOff",
    "Locale",
    "OfficeWeek",
    "ReferenceRevision",
    "ReferenceSeed",
    "Region",
    "RegionWord",
    "Zone",
]
