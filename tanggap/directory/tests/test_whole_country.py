"""Loading everything the product ships: numbers, codes, zones, and that a second run changes nothing."""

import io
import time
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from bench.regions import HELD
from bench.regions import queries as places_typed
from tanggap.directory import cache
from tanggap.directory.models import (
    Agency,
    AgencyAlias,
    Brand,
    Category,
    DayOff,
    OfficeWeek,
    ReferenceRevision,
    Region,
)
from tanggap.directory.reference import load
from tanggap.directory.reference.agencies import templates
from tanggap.directory.selectors import (
    Ambiguous,
    find_agency,
    governments,
    in_force,
    region_label,
    search_regions,
    units_of,
)

# The mark makes the test database: without one in the session there would be none.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def whole_country(django_db_setup, django_db_blocker, record_testsuite_property):
    """Everything loaded once for this module, and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        started = time.monotonic()
        lines = []
        load(lines.append)
        # Checked once: what waits to be checked until the end would be checked anew after each test.
        connection.check_constraints()
        record_testsuite_property("seconds to load the whole country", round(time.monotonic() - started, 1))
        yield lines
        transaction.set_rollback(True)
    cache.clear()


def agency(code):
    return Agency.objects.select_related("body", "parent").get(code=code)


def test_all_regions_governments_and_national_bodies_are_there(whole_country):
    kinds = dict.fromkeys(["province", "regency", "city", "district", "village"], 0)
    for kind in Region.objects.values_list("kind", flat=True).iterator():
        kinds[kind] += 1
    assert kinds == {"province": 38, "regency": 416, "city": 98, "district": 7285, "village": 83762}
    assert Region.objects.count() == 91_599
    assert governments().count() == 552
    assert Agency.objects.filter(code__startswith="ID-").count() == 112
    assert Category.objects.filter(level=1).count() == 24
    assert Category.objects.count() == 155
    assert DayOff.objects.count() == 155
    assert OfficeWeek.objects.get().agency is None
    assert Brand.objects.get(is_default=True).slug == "nasional"
    assert whole_country, "progress is told"


def test_every_government_has_its_units_and_every_district_its_office(whole_country):
    ordinary = [unit for unit in templates() if not unit.regencies_only]
    assert len(ordinary) == 28
    expected = 552 * 28 + 416 + 7285
    assert Agency.objects.filter(kind="unit").count() == expected
    assert Agency.objects.filter(code__contains="/kec-").count() == 7285
    assert agency("35.27/kec-35.27.01").parent.code == "35.27"
    assert not Agency.objects.filter(code="33.74/dpmd").exists(), "a city has no office for villages"
    assert agency("33.21/dpmd").name == "Dinas Pemberdayaan Masyarakat dan Desa"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("35.27/dinkes", "Dinas Kesehatan"),
        ("35.27/satpolpp", "Satuan Polisi Pamong Praja"),
        ("35.27/dp3a", "Dinas Pemberdayaan Perempuan, Perlindungan Anak"),
        ("35.27/dkp", "Dinas Ketahanan Pangan"),
        ("35.27/disdik", "Dinas Pendidikan"),
        ("35.27/pdam", "Perusahaan Umum Daerah Air Minum"),
        ("21/diskominfo", "Dinas Komunikasi dan Informatika"),
    ],
)
def test_a_unit_is_coded_by_its_first_short_name(whole_country, code, name):
    assert agency(code).name == name


def test_the_tree_hangs_together(whole_country):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FROM directory_agency child JOIN directory_agency parent ON parent.id = child.parent_id
            WHERE child.path <> parent.path || child.id || '/'
            """
        )
        assert cursor.fetchone()[0] == 0
    assert Agency.objects.filter(parent=None).get().path == f"/{agency('ID').pk}/"
    assert agency("35.27").parent.code == "ID", "a province neither sees nor counts its regencies"
    assert agency("35.27/dinkes").body.code == "35.27"
    assert agency("ID-009").is_body
    assert agency("ID").body is None


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("35.27/dinkes", "Asia/Jakarta"),
        ("51", "Asia/Makassar"),
        ("61", "Asia/Jakarta"),
        ("63", "Asia/Makassar"),
        ("65", "Asia/Makassar"),
        ("76", "Asia/Makassar"),
        ("82", "Asia/Jayapura"),
        ("94.01/dinkes", "Asia/Jayapura"),
        ("96", "Asia/Jayapura"),
        ("ID-009", "Asia/Jakarta"),
    ],
)
def test_the_zone_comes_from_the_province(whole_country, code, zone):
    assert agency(code).zone == zone


def test_national_bodies_have_their_dates(whole_country):
    before, after = date(2025, 9, 30), date(2025, 11, 1)
    bodies = Agency.objects.filter(code__in=["ID-048", "ID-075"])
    assert [body.code for body in in_force(bodies, before)] == ["ID-048"]
    assert [body.code for body in in_force(bodies, after)] == ["ID-075"]


def test_loading_again_writes_nothing_and_wakes_no_cache(whole_country):
    # The fixture loads the directory; the command also what other rooms ship.
    call_command("load_reference", stderr=io.StringIO(), stdout=io.StringIO())
    revision = ReferenceRevision.objects.get().number
    said = io.StringIO()
    call_command("load_reference", stderr=said, stdout=(result := io.StringIO()))
    assert "0 baris ditulis dalam" in said.getvalue()
    assert result.getvalue() == "", "standard output is for results"
    assert ReferenceRevision.objects.get().number == revision


def test_every_observed_name_means_the_agency_that_the_rules_find_without_it(whole_country):
    observed = list(AgencyAlias.objects.filter(source="observed").select_related("agency"))
    assert len(observed) > 250
    with transaction.atomic():
        AgencyAlias.objects.filter(source="observed").delete()
        wrong = [row.alias for row in observed[::5] if find_agency(row.alias).pk != row.agency_id]
        transaction.set_rollback(True)
    assert wrong == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("35.27", "35.27"),
        ("35.27/DINKES", "35.27/dinkes"),
        ("id-001", "ID-001"),
        ("Dinas Pekerjaan Umum Kota Semarang", "33.74/dpupr"),
        ("DINAS KESEHATAN KAB. SAMPANG", "35.27/dinkes"),
        ("Dinkes Sampang", "35.27/dinkes"),
        ("Satpol PP Kab Ponorogo", "35.02/satpolpp"),
        ("pemkab  demak", "33.21"),
        ("KAB. NGANJUK", "35.18"),
        ("Pemprov DKI Jakarta", "31"),
        ("Dinas Perhubungan Provinsi Jateng", "33/dishub"),
        ("Kecamatan Semarang Utara Kota Semarang", "33.74/kec-33.74.02"),
        ("Kementerian PANRB", "ID-038"),
        ("PLN", "ID-105"),
        ("BPJS Kesehatan", "ID-103"),
        ("Badan Pertanahan Nasional", "ID-036"),
        ("Dinas Pendidikan dan Kebudayaan Kabupaten Demak", "33.21/disdik"),
    ],
)
def test_an_agency_is_found_by_what_people_call_it(whole_country, written, code):
    assert find_agency(written).code == code


@pytest.mark.parametrize("written", ["Semarang", "Dinas Kesehatan Semarang", "Dinas Kesehatan", "Kecamatan Gajah"])
def test_a_name_that_several_bear_is_not_guessed(whole_country, written):
    if written == "Kecamatan Gajah":
        assert find_agency(written).code == "33.21/kec-33.21.08", "only one district is called so"
        return
    with pytest.raises(Ambiguous) as refusal:
        find_agency(written)
    assert len(refusal.value.candidates) >= 2
    assert refusal.value.candidates[0].code in refusal.value.message


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("kec ngaliyan semarang", "33.74.15"),
        ("semarang ngaliyan", "33.74.15"),
        ("kel ngaliyan", "33.74.15.1007"),
        ("kel tlogosari kulon pedurungan", "33.74.06.1004"),
        ("demak", "33.21"),
        ("desa batursari kec mranggen kab demak", "33.21.01.2007"),
        ("bandung kota", "32.73"),
        ("jawa tmur", "35"),
        ("sampamg", "35.27"),
        ("ngalian semrang", "33.74.15"),
        ("kecamtan tembalang", "33.74.10"),
        ("ujung pandang", "73.71"),
        ("pare pare", "73.72"),
        ("gunung kidul", "34.03"),
        ("jaksel", "31.74"),
        ("rt 03 rw 05 kel srondol kulon semarang", "33.74.11.1006"),
        ("33.74.15", "33.74.15"),
        ("belakang puskesmas kec omben sampang", "35.27.05"),
        ("depan pasar sumpiuh banyumas", "33.02.07"),
        ("pasar minggu jakarta", "31.74.04"),
        ("lampu mati samping balai desa kec kauman tulungagung", "35.04.05"),
        ("kec kedungdung kab sampang madura", "35.27.06"),
    ],
)
def test_a_place_is_found_as_people_type_it(whole_country, typed, code):
    assert search_regions(typed)[0].code == code


def test_of_hundreds_of_places_nearly_all_are_found(whole_country):
    ranks = []
    for typed, code in [*places_typed(), *places_typed(HELD)]:
        found = [region.code for region in search_regions(typed, 5)]
        ranks.append(found.index(code) if code in found else 5)
    assert len(ranks) >= 200
    assert sum(rank == 0 for rank in ranks) >= 0.9 * len(ranks)
    assert sum(rank < 5 for rank in ranks) >= 0.95 * len(ranks)


@pytest.mark.parametrize("typed", ["x", "", "!!", "&|!():*", "\x00", "x" * 5_000, "zzzz qqqq xxxx wwww"])
def test_what_is_no_place_is_no_error(whole_country, typed):
    assert len(search_regions(typed)) <= 10


def test_a_place_is_called_with_everything_above_it(whole_country):
    ngaliyan = Region.objects.get(code="33.74.15.1007")
    assert region_label(ngaliyan) == "Ngaliyan, Kecamatan Ngaliyan, Kota Semarang, Jawa Tengah"


def test_units_of_a_government_are_its_own(whole_country):
    codes = set(units_of(agency("35.27")).values_list("code", flat=True))
    assert {"35.27/dinkes", "35.27/kec-35.27.01"} <= codes
    assert len(codes) == 29 + 14
