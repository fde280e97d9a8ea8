"""The tables of the directory that can be exchanged: their columns, how they are read out, and what one line does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.common.errors import Invalid
from tanggap.directory.exchange import calendars
from tanggap.directory.exchange.shape import Line, Mark, Table, agency_of, each, told
from tanggap.directory.models import Agency, AgencyAlias, Category
from tanggap.directory.naming import normalize
from tanggap.directory.services import create_agency, rename_agency, reparent_agency
from tanggap.directory.services.add_alias import add_alias
from tanggap.directory.services.create_category import create_category
from tanggap.directory.services.describe_agency import describe_agency
from tanggap.directory.services.rename_category import rename_category
from tanggap.directory.tree import clean_topics


def _agencies() -> Iterator[tuple[str, ...]]:
    rows = Agency.objects.filter(status=Agency.Status.ACTIVE).order_by("code")
    yield from rows.values_list("code", "name", "short_name", "kind", "parent__code", "topics").iterator(
        chunk_size=2000
    )


def _take_agency(line: Line, mark: Mark) -> str:
    found = Agency.objects.select_related("parent").filter(code=line["code"]).first()
    if found is None:
        create_agency(
            parent=agency_of(line, "parent"),
            code=line["code"],
            name=line["name"],
            short_name=line["short_name"],
            kind=line["kind"] or Agency.Kind.UNIT,
            topics=line["topics"],
            **mark.words,
        )
        return told([(_("instansi"), None, line["name"])])
    if line["kind"] and line["kind"] != found.kind:
        raise Invalid(_("Jenis instansi tidak dapat diubah dengan impor."), field="kind")
    before = _agency_words(found)
    after = {name: line[name] or before[name] for name in before}
    if (after["name"], after["short_name"]) != (before["name"], before["short_name"]):
        rename_agency(agency=found, name=after["name"], short_name=after["short_name"], **mark.words)
    if clean_topics(after["topics"]) == clean_topics(before["topics"]):
        after["topics"] = before["topics"]
    else:
        two = found.two_person_answers
        describe_agency(agency=found, topics=after["topics"], two_person_answers=two, **mark.words)
    if after["parent"] != before["parent"]:
        reparent_agency(agency=found, parent=agency_of(line, "parent"), **mark.words)
    return told((name, before[name], after[name]) for name in before)


def _agency_words(row: Agency) -> dict[str, Any]:
    parent = row.parent.code if row.parent else ""
    return {"name": row.name, "short_name": row.short_name, "topics": row.topics, "parent": parent}


def _aliases() -> Iterator[tuple[str, ...]]:
    rows = AgencyAlias.objects.order_by("agency__code", "normalized")
    yield from rows.values_list("agency__code", "alias", "source").iterator(chunk_size=2000)


def _take_alias(line: Line, mark: Mark) -> str:
    agency = agency_of(line)
    if AgencyAlias.objects.filter(agency=agency, normalized=normalize(line["alias"])).exists():
        return ""
    add_alias(agency=agency, alias=line["alias"], **mark.words)
    return told([(_("sebutan"), None, line["alias"])])


def _categories() -> Iterator[tuple[str, ...]]:
    for code, parent, name in Category.objects.order_by("code").values_list("code", "parent_id", "name"):
        yield code, parent or "", name


def _take_category(line: Line, mark: Mark) -> str:
    found = Category.objects.filter(pk=line["code"].upper()).first()
    if found is None:
        create_category(code=line["code"], name=line["name"], parent=line["parent"], **mark.words)
        return told([(_("kategori"), None, line["name"])])
    if line["parent"] and line["parent"] != found.parent_id:
        raise Invalid(_("Kategori tidak dapat dipindah dengan impor. Gabungkan, atau buat yang baru."), field="parent")
    if line["name"] == found.name:
        return ""
    rename_category(code=found.pk, name=line["name"], **mark.words)
    return told([("name", found.name, line["name"])])


TABLES: Final[tuple[Table[Mark], ...]] = (
    Table(
        "instansi",
        gettext_lazy("Instansi dan unit"),
        ("code", "name", "short_name", "kind", "parent", "topics"),
        ("code", "name"),
        _agencies,
        each(_take_agency),
    ),
    Table(
        "sebutan",
        gettext_lazy("Sebutan instansi"),
        ("agency_code", "alias", "source"),
        ("agency_code", "alias"),
        _aliases,
        each(_take_alias),
    ),
    Table(
        "kategori",
        gettext_lazy("Kategori"),
        ("code", "parent", "name"),
        ("code", "name"),
        _categories,
        each(_take_category),
    ),
    Table(
        "hari-libur",
        gettext_lazy("Hari libur"),
        calendars.DAY_COLUMNS,
        ("date", "name", "kind"),
        calendars.days_off,
        each(calendars.take_day_off),
    ),
    Table(
        "pekan-kerja",
        gettext_lazy("Pekan kerja"),
        calendars.WEEK_COLUMNS,
        calendars.WEEK_COLUMNS[1:],
        calendars.office_weeks,
        each(calendars.take_office_week),
    ),
)
