"""The tables that can be exchanged: their columns, how they are read out, and what one line does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.common.errors import Invalid, NotFound
from tanggap.directory.calendar_edits import CalendarEdit, Day, DayEdit
from tanggap.directory.models import Agency, AgencyAlias, Category, DayOff
from tanggap.directory.naming import normalize
from tanggap.directory.services import create_agency, rename_agency, reparent_agency
from tanggap.directory.services.add_alias import add_alias
from tanggap.directory.services.create_category import create_category
from tanggap.directory.services.describe_agency import describe_agency
from tanggap.directory.services.edit_calendar import edit_calendar
from tanggap.directory.services.rename_category import rename_category

Line = dict[str, str]
TRUE: Final = frozenset({"true", "1", "ya", "yes"})
FALSE: Final = frozenset({"false", "0", "tidak", "no", ""})


@dataclass(frozen=True)
class Mark:
    """Whose import it is, why, and when: what every service asks for."""

    actor_key: str
    reason: str
    now: datetime


@dataclass(frozen=True)
class Table:
    """`take` does what one line says and tells it in a word; an empty word means that nothing had to be done.

    An empty cell that is not required leaves what is there: a file without a column wipes nothing out.
    """

    slug: str
    title: Promise
    columns: tuple[str, ...]
    required: tuple[str, ...]
    rows: Callable[[], Iterator[tuple[str, ...]]]
    take: Callable[[Line, Mark], str]


def _agencies() -> Iterator[tuple[str, ...]]:
    rows = Agency.objects.filter(status=Agency.Status.ACTIVE).order_by("code")
    yield from rows.values_list("code", "name", "short_name", "kind", "parent__code", "topics").iterator(
        chunk_size=2000
    )


def _take_agency(line: Line, mark: Mark) -> str:
    found = Agency.objects.filter(code=line["code"]).first()
    if found is None:
        create_agency(
            parent=_agency(line["parent"], "parent"),
            code=line["code"],
            name=line["name"],
            short_name=line["short_name"],
            kind=line["kind"] or Agency.Kind.UNIT,
            topics=line["topics"],
            **vars(mark),
        )
        return _("dibuat")
    if line["kind"] and line["kind"] != found.kind:
        raise Invalid(_("Jenis instansi tidak dapat diubah dengan impor."), field="kind")
    done = []
    short_name = line["short_name"] or found.short_name
    if (line["name"], short_name) != (found.name, found.short_name):
        rename_agency(agency=found, name=line["name"], short_name=short_name, **vars(mark))
        done.append(_("ganti nama"))
    if line["topics"] and line["topics"] != found.topics:
        two = found.two_person_answers
        describe_agency(agency=found, topics=line["topics"], two_person_answers=two, **vars(mark))
        done.append(_("urusan diganti"))
    if line["parent"] and (found.parent is None or line["parent"] != found.parent.code):
        reparent_agency(agency=found, parent=_agency(line["parent"], "parent"), **vars(mark))
        done.append(_("pindah induk"))
    return ", ".join(done)


def _agency(code: str, column: str) -> Agency:
    row = Agency.objects.filter(code=code).first()
    if row is None:
        raise NotFound(_("Instansi dengan kode “%(code)s” tidak ada.") % {"code": code}, field=column)
    return row


def _aliases() -> Iterator[tuple[str, ...]]:
    rows = AgencyAlias.objects.order_by("agency__code", "normalized")
    yield from rows.values_list("agency__code", "alias", "source").iterator(chunk_size=2000)


def _take_alias(line: Line, mark: Mark) -> str:
    agency = _agency(line["agency_code"], "agency_code")
    if AgencyAlias.objects.filter(agency=agency, normalized=normalize(line["alias"])).exists():
        return ""
    add_alias(agency=agency, alias=line["alias"], **vars(mark))
    return _("sebutan ditambahkan")


def _categories() -> Iterator[tuple[str, ...]]:
    for code, parent, name in Category.objects.order_by("code").values_list("code", "parent_id", "name"):
        yield code, parent or "", name


def _take_category(line: Line, mark: Mark) -> str:
    found = Category.objects.filter(pk=line["code"]).first()
    if found is None:
        create_category(code=line["code"], name=line["name"], parent=line["parent"], **vars(mark))
        return _("dibuat")
    if line["parent"] and line["parent"] != found.parent_id:
        raise Invalid(_("Kategori tidak dapat dipindah dengan impor. Gabungkan, atau buat yang baru."), field="parent")
    if line["name"] == found.name:
        return ""
    rename_category(code=found.pk, name=line["name"], **vars(mark))
    return _("ganti nama")


def _days_off() -> Iterator[tuple[str, ...]]:
    for row in DayOff.objects.select_related("agency").order_by("date", "agency__code"):
        code = row.agency.code if row.agency else ""
        yield row.date.isoformat(), row.name, row.kind, code, _flag(row.working), _flag(row.estimated)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _take_day_off(line: Line, mark: Mark) -> str:
    agency = _agency(line["agency_code"], "agency_code") if line["agency_code"] else None
    agency_id = agency.pk if agency else None
    day = _date(line["date"])
    if line["kind"] not in DayOff.Kind.values:
        raise Invalid(_("Jenis hari libur tidak dikenal."), field="kind")
    after = Day(line["name"][:120], line["kind"], _truth(line, "working"), _truth(line, "estimated"))
    if not after.name:
        raise Invalid(_("Hari libur perlu nama."), field="name")
    row = DayOff.objects.filter(agency=agency, date=day).first()
    before = Day(row.name, row.kind, row.working, row.estimated) if row else None
    if before == after:
        return ""
    edit = CalendarEdit(days=(DayEdit(agency_id, day, before, after),))
    edit_calendar(agency_id=agency_id, edit=edit, actor_key=mark.actor_key, now=mark.now, reason=mark.reason[:300])
    return _("ditambahkan") if before is None else _("diganti")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(_("Tulis tanggal seperti 2026-11-25."), field="date") from error


def _truth(line: Line, column: str) -> bool:
    text = line[column].lower()
    if text not in TRUE | FALSE:
        raise Invalid(_("Tulis true atau false."), field=column)
    return text in TRUE


TABLES: Final[dict[str, Table]] = {
    table.slug: table
    for table in (
        Table(
            "instansi",
            gettext_lazy("Instansi dan unit"),
            ("code", "name", "short_name", "kind", "parent", "topics"),
            ("code", "name"),
            _agencies,
            _take_agency,
        ),
        Table(
            "sebutan",
            gettext_lazy("Sebutan instansi"),
            ("agency_code", "alias", "source"),
            ("agency_code", "alias"),
            _aliases,
            _take_alias,
        ),
        Table(
            "kategori",
            gettext_lazy("Kategori"),
            ("code", "parent", "name"),
            ("code", "name"),
            _categories,
            _take_category,
        ),
        Table(
            "hari-libur",
            gettext_lazy("Hari libur"),
            ("date", "name", "kind", "agency_code", "working", "estimated"),
            ("date", "name", "kind"),
            _days_off,
            _take_day_off,
        ),
    )
}
