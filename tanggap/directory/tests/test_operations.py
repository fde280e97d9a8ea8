"""Renaming, merging, closing, moving and creating agencies: history is kept and codes keep resolving."""

from datetime import UTC, date, datetime

import pytest

from tanggap.common.errors import Invalid, NotFound, Refused
from tanggap.directory.models import Agency, AgencyChange, DayOff
from tanggap.directory.selectors import (
    agency_by_code,
    calendar_of,
    default_brand,
    find_agency,
    root_agency,
    search_agencies,
    subtree,
    units_of,
)
from tanggap.directory.services import (
    close_agency,
    create_agency,
    merge_agencies,
    rename_agency,
    reparent_agency,
    root_instance,
)

pytestmark = pytest.mark.django_db
BY = {"actor_key": "person:1", "reason": "Perda 1/2026", "now": datetime(2026, 11, 20, 3, tzinfo=UTC)}
LAST_DAY = date(2026, 11, 30)


def agency(code):
    return Agency.objects.select_related("body").get(code=code)


def everything():
    return list(Agency.objects.order_by("pk").values_list("pk", "name", "path", "status", "body_id", "parent_id"))


def refused(operation, **arguments):
    before = everything()
    with pytest.raises((Refused, Invalid)):
        operation(**arguments, **BY)
    assert everything() == before
    assert not AgencyChange.objects.exists()


def test_a_renamed_agency_is_found_by_both_names_and_keeps_its_code():
    rename_agency(agency=agency("35.27/dinkes"), name="Dinas Kesehatan dan KB", short_name="DKKB", **BY)
    assert agency_by_code("35.27/dinkes").name == "Dinas Kesehatan dan KB"
    for name in ("Dinas Kesehatan Kabupaten Sampang", "Dinas Kesehatan dan KB Kab. Sampang", "DKKB Sampang"):
        assert find_agency(name).code == "35.27/dinkes"
    assert search_agencies("dkkb sampang")[0].code == "35.27/dinkes"
    change = AgencyChange.objects.get()
    assert (change.action, change.actor_key, change.reason) == ("rename", "person:1", "Perda 1/2026")
    assert change.before["name"] == "Dinas Kesehatan"
    assert change.after["name"] == "Dinas Kesehatan dan KB"


def test_a_renamed_government_takes_the_names_of_its_units_along():
    rename_agency(
        agency=agency("35.27"), name="Pemerintah Kabupaten Madura Tengah", short_name="Kabupaten Madura Tengah", **BY
    )
    assert find_agency("Dinkes Kabupaten Madura Tengah").code == "35.27/dinkes"
    assert find_agency("Dinkes Sampang").code == "35.27/dinkes"
    assert search_agencies("dinkes madura tengah")[0].code == "35.27/dinkes"


def test_codes_and_names_of_a_merged_agency_lead_to_its_successor():
    old, new = agency("35.27/dkp"), agency("35.27/dinsos")
    merge_agencies(agency=old, into=new, last_day=LAST_DAY, **BY)
    assert agency_by_code("35.27/dkp") == new
    assert find_agency("35.27/dkp") == new
    assert find_agency("Dinas Ketahanan Pangan Kabupaten Sampang") == new
    row = agency("35.27/dkp")
    assert (row.status, row.valid_until) == ("merged", LAST_DAY)
    assert row in subtree(agency("35.27/dinsos")), "its open cases stay in sight of the successor"
    assert row not in units_of(agency("35.27"))
    assert search_agencies("ketahanan pangan sampang") == []


def test_a_chain_of_mergers_ends_at_the_last_successor():
    merge_agencies(agency=agency("35.27/dkp"), into=agency("35.27/dinsos"), last_day=LAST_DAY, **BY)
    merge_agencies(agency=agency("35.27/dinsos"), into=agency("35.27/dinkes"), last_day=LAST_DAY, **BY)
    assert agency_by_code("35.27/dkp").code == "35.27/dinkes"


def test_a_merged_government_brings_its_units():
    merge_agencies(agency=agency("35.02"), into=agency("35.27"), last_day=LAST_DAY, **BY)
    unit = agency("35.02/dinkes")
    assert unit.body.code == "35.27"
    assert unit.parent.code == "35.27"
    assert unit.path == f"{agency('35.27').path}{unit.pk}/"
    assert unit.full_name == "Dinas Kesehatan Kabupaten Sampang"
    assert agency("35.02").status == "merged"


def test_merging_is_refused_for_closed_ones_itself_and_cycles():
    sampang, unit = agency("35.27"), agency("35.27/dinkes")
    refused(merge_agencies, agency=sampang, into=unit, last_day=LAST_DAY)
    refused(merge_agencies, agency=unit, into=unit, last_day=LAST_DAY)
    refused(merge_agencies, agency=unit, into=agency("ID"), last_day=LAST_DAY)
    refused(merge_agencies, agency=agency("ID"), into=unit, last_day=LAST_DAY)
    Agency.objects.filter(code="35.27/dkp").update(status="closed")
    refused(merge_agencies, agency=unit, into=agency("35.27/dkp"), last_day=LAST_DAY)
    refused(merge_agencies, agency=agency("35.27/dkp"), into=unit, last_day=LAST_DAY)


def test_a_closed_agency_keeps_its_code_and_leaves_the_pickers():
    close_agency(agency=agency("35.27/dkp"), last_day=LAST_DAY, **BY)
    assert agency_by_code("35.27/dkp").status == "closed"
    assert find_agency("35.27/dkp").code == "35.27/dkp"
    assert search_agencies("ketahanan pangan sampang") == []
    refused_again = pytest.raises(Refused, match="ditutup")
    with refused_again:
        close_agency(agency=agency("35.27/dkp"), last_day=LAST_DAY, **BY)


def test_a_government_with_active_units_is_not_closed():
    refused(close_agency, agency=agency("35.27"), last_day=LAST_DAY)
    refused(close_agency, agency=agency("ID"), last_day=LAST_DAY)


def test_a_moved_unit_takes_its_subtree_and_the_new_bodys_calendar():
    puskesmas = create_agency(parent=agency("35.27/dinkes"), code="35.27/pkm-omben", name="Puskesmas Omben", **BY)
    DayOff.objects.create(date=date(2026, 11, 23), name="Hari jadi", kind="regional", agency=agency("35.02"))
    reparent_agency(agency=agency("35.27/dinkes"), parent=agency("35.02"), **BY)
    puskesmas.refresh_from_db()
    assert puskesmas.path == f"{agency('35.02').path}{agency('35.27/dinkes').pk}/{puskesmas.pk}/"
    assert puskesmas.body.code == "35.02"
    assert calendar_of(puskesmas.pk).why_off(date(2026, 11, 23)) == "Hari jadi"
    assert agency_by_code("35.27/dinkes").body.code == "35.02"
    assert search_agencies("omben ponorogo")[0] == puskesmas


def test_moving_is_refused_below_itself_below_a_closed_one_and_out_of_every_body():
    Agency.objects.filter(code="35.27/dkp").update(status="closed")
    refused(reparent_agency, agency=agency("35.27"), parent=agency("35.27/dinkes"))
    refused(reparent_agency, agency=agency("35.27/dinkes"), parent=agency("35.27/dinkes"))
    refused(reparent_agency, agency=agency("35.27/dinkes"), parent=agency("35.27/dkp"))
    refused(reparent_agency, agency=agency("35.27/dinkes"), parent=agency("ID"))


def test_every_change_needs_a_reason():
    with pytest.raises(Invalid, match="alasan"):
        rename_agency(agency=agency("35.27/dkp"), name="X", actor_key="person:1", reason=" ", now=BY["now"])


def test_a_new_unit_stands_in_its_body_and_a_taken_or_odd_code_is_refused():
    unit = create_agency(parent=agency("91.71"), code="91.71/damkar", name="Pemadam Kebakaran", **BY)
    assert (unit.body.code, unit.zone, unit.full_name) == (
        "91.71",
        "Asia/Jayapura",
        "Pemadam Kebakaran Kota Jayapura",
    )
    assert find_agency("pemadam kebakaran kota jayapura") == unit
    for code in ("91.71/damkar", "kode aneh", ""):
        with pytest.raises(Invalid):
            create_agency(parent=agency("91.71"), code=code, name="Lain", **BY)
    body = create_agency(parent=agency("ID"), code="ID-900", name="Badan Contoh", kind="institution", **BY)
    assert body.is_body


def test_an_instance_rooted_at_a_regency_holds_others_for_external():
    root_instance(root=agency("33.21"), brand_name="Hallo Demak")
    assert default_brand().name == "Hallo Demak"
    assert root_agency().code == "33.21"
    assert default_brand().agency.code == "33.21"
    assert not agency("33.21/dinkes").external
    assert not agency("ID").external
    assert agency("35.27/dinkes").external
    with pytest.raises(Invalid, match="akar"):
        root_instance(root=agency("33.21/dinkes"))
    root_instance(root=agency("ID"))
    assert root_agency().code == "ID"
    assert not Agency.objects.filter(external=True).exists()


def test_unknown_codes_and_names_are_told_plainly():
    with pytest.raises(NotFound, match="tidak ada"):
        agency_by_code("99.99")
    with pytest.raises(Invalid, match="tidak dikenal"):
        find_agency("Dinas Antah Berantah")
    with pytest.raises(Invalid, match="tidak dikenal"):
        find_agency("  ")


def test_two_moves_that_are_harmless_alone_make_no_cycle_together():
    first = create_agency(parent=agency("35.27"), code="35.27/a", name="Unit A", **BY)
    second = create_agency(parent=agency("35.27"), code="35.27/b", name="Unit B", **BY)
    reparent_agency(agency=first, parent=second, **BY)
    with pytest.raises(Refused):
        reparent_agency(agency=second, parent=first, **BY)
