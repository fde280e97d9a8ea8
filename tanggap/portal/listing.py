"""What an address asks the public list for: the page, its feed and the subscription to it read it alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from tanggap.cases.models import Case
from tanggap.cases.selectors import Filters, public_list
from tanggap.cases.vocabulary import ClassificationWord, StateWord
from tanggap.common.clock import now
from tanggap.directory.cache import revision_cached
from tanggap.directory.models import Agency, Category, Region
from tanggap.directory.selectors import calendar_of, region_label, search_regions

MOST_PLACES = 8


@dataclass(frozen=True)
class Asked:
    """The filters with the names of what they point at. What cannot be understood is left aside.

    `places` are the regions that a typed name could mean, where it was not plain which one.
    """

    filters: Filters
    region: Region | None = None
    agency: Agency | None = None
    category: Category | None = None
    typed_place: str = ""
    places: Sequence[tuple[str, str]] = field(default=())

    def cases(self) -> QuerySet[Case]:
        """The public cases asked for; page them with `keyset_page(order=("-received_at", "-id"))`."""
        return public_list(self.filters, now=now(), calendar=calendar_of(None))

    @property
    def words(self) -> str:
        """Topic, place and body in a line; empty for everything."""
        named = (self.category, self.region)
        told = [one.name for one in named if one] + ([self.agency.full_name] if self.agency else [])
        return ", ".join(told)

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for at all."""
        return self.filters != Filters()

    @property
    def query(self) -> str:
        """Place, body and topic as the parameters of an address: what can be followed."""
        return self.address(text="", state="", classification="", since=None, until=None)

    def address(self, **other: Any) -> str:
        """The address's parameters, some of them changed."""
        given = {name: getattr(self.filters, name) for name in ("text", "state", "classification", "since", "until")}
        given |= other
        values = QueryDict(mutable=True)
        named = {
            "q": given["text"],
            "wilayah": self.region.pk if self.region else "",
            "instansi": self.agency.code if self.agency else "",
            "topik": self.category.pk if self.category else "",
            "keadaan": given["state"],
            "jenis": given["classification"],
            "sejak": given["since"].isoformat() if given["since"] else "",
            "sampai": given["until"].isoformat() if given["until"] else "",
        }
        values.update({name: value for name, value in named.items() if value})
        return values.urlencode()


def asked_of(query: QueryDict) -> Asked:
    """Read the parameters `q wilayah tempat instansi topik keadaan jenis sejak sampai`."""
    region = Region.objects.filter(pk=_plain(query, "wilayah", 13)).first()
    agency = Agency.objects.select_related("body").filter(code=_plain(query, "instansi", 64)).first()
    category = Category.objects.filter(pk=_plain(query, "topik", 24)).first()
    typed = "" if region else _plain(query, "tempat", 120).strip()
    fitting = search_regions(typed, limit=MOST_PLACES) if typed else []
    if len(fitting) == 1:
        region, fitting, typed = fitting[0], [], ""
    state, kind = query.get("keadaan", ""), query.get("jenis", "")
    filters = Filters(
        state=state if state in StateWord.values else "",
        classification=kind if kind in ClassificationWord.values else "",
        category=category.pk if category else "",
        region=region.pk if region else "",
        agency_id=agency.pk if agency else None,
        text=_plain(query, "q", 200),
        since=_day(query.get("sejak", "")),
        until=_day(query.get("sampai", "")),
    )
    return Asked(filters, region, agency, category, typed, [(one.pk, region_label(one)) for one in fitting])


def choices() -> dict[str, Any]:
    """The drop-downs of the page."""
    return {
        "states": [(value, label) for value, label in StateWord.choices if value != "unverified"],
        "classifications": [choice for choice in ClassificationWord.choices if choice[0] != "supervisory_complaint"],
        "topics": _topics(),
    }


@revision_cached
def _topics() -> list[tuple[str, str]]:
    rows = Category.objects.filter(level=1).order_by("name").values_list("code", "name")
    return [(code, name) for code, name in rows]


def title_of(asked: Asked) -> str:
    """What a feed of these cases is called."""
    return _("Laporan: %(words)s") % {"words": asked.words} if asked.words else _("Laporan umum terbaru")


def _plain(asked: QueryDict, name: str, longest: int) -> str:
    """A value of the address without what the database cannot hold."""
    return asked.get(name, "").replace("\x00", "")[:longest]


def _day(raw: str) -> date | None:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None
