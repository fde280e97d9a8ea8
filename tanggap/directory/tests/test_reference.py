"""Loading a part, loading again after administrators' edits, and the revision that caches live by."""

from datetime import date

import pytest

from tanggap.directory import cache
from tanggap.directory.models import Agency, AgencyAlias, Category, DayOff, ReferenceRevision, ReferenceSeed
from tanggap.directory.reference import load
from tanggap.directory.reference.sources import first_day, last_day
from tanggap.directory.selectors import find_agency
from tanggap.directory.testing import SMALL

pytestmark = pytest.mark.django_db


def reload():
    return load(lambda line: None, SMALL)


def test_a_part_of_the_country_is_whole_in_itself():
    assert Agency.objects.filter(code="35.27/dinkes", body__code="35.27").exists()
    assert not Agency.objects.filter(code="31").exists()
    assert reload() == 0


def test_loading_again_keeps_what_an_administrator_edited_or_removed():
    Agency.objects.filter(code="35.27/dinkes").update(name="Dinas Kesehatan dan KB", topics="vaksin")
    DayOff.objects.filter(date=date(2026, 12, 25)).delete()
    Category.objects.filter(code="PUPR-01").update(name="Jalan")
    AgencyAlias.objects.filter(normalized="pln").delete()
    assert reload() == 0
    assert Agency.objects.get(code="35.27/dinkes").name == "Dinas Kesehatan dan KB"
    assert not DayOff.objects.filter(date=date(2026, 12, 25)).exists()
    assert Category.objects.get(code="PUPR-01").name == "Jalan"


def test_what_a_new_version_ships_differently_reaches_only_unedited_fields():
    seed = ReferenceSeed.objects.get(kind="agency", key="35.27/dinkes")
    ReferenceSeed.objects.filter(pk=seed.pk).update(values={**seed.values, "name": "Nama lama", "topics": "lama"})
    Agency.objects.filter(code="35.27/dinkes").update(name="Nama lama", topics="disunting admin")
    assert reload() == 1
    row = Agency.objects.get(code="35.27/dinkes")
    assert row.name == "Dinas Kesehatan"
    assert row.topics == "disunting admin"
    assert "kabupaten sampang" in row.search_text
    assert reload() == 0


def test_an_agency_that_an_administrator_made_first_is_not_made_twice():
    code = "35.27/rsud"
    ReferenceSeed.objects.filter(kind="agency", key=code).delete()
    Agency.objects.filter(code=code).update(name="RSUD dr. Contoh")
    assert reload() == 0
    assert Agency.objects.get(code=code).name == "RSUD dr. Contoh"


def test_every_change_of_reference_data_has_a_revision_of_its_own():
    seen = {ReferenceRevision.objects.get().number}
    for change in (
        lambda: Agency.objects.filter(code="35.27").update(topics="x"),
        lambda: AgencyAlias.objects.filter(normalized="pln").delete(),
        lambda: DayOff.objects.create(date=date(2027, 5, 5), name="Hari jadi", kind="regional"),
        lambda: Category.objects.create(code="X", name="Lain", level=1),
    ):
        change()
        number = ReferenceRevision.objects.get().number
        assert number not in seen
        seen.add(number)


def test_a_cache_forgets_when_the_data_changed(monkeypatch):
    monkeypatch.setattr(cache, "SECONDS_BETWEEN_CHECKS", 0.0)
    calls = []

    @cache.revision_cached
    def answer(code):
        calls.append(code)
        return Agency.objects.get(code=code).topics

    Agency.objects.filter(code="35.27").update(topics="satu")
    assert [answer("35.27"), answer("35.27")] == ["satu", "satu"]
    assert len(calls) == 1
    Agency.objects.filter(code="35.27").update(topics="dua")
    assert answer("35.27") == "dua"


def test_a_unit_alone_is_found_within_its_body_only():
    sampang = Agency.objects.get(code="35.27")
    assert find_agency("Dinas Kesehatan", within=sampang).code == "35.27/dinkes"
    assert find_agency("PUPR", within=sampang).code == "35.27/dpupr"


def test_dates_known_to_the_month_or_year_cover_it():
    assert (first_day("2025-09"), last_day("2025-09")) == (date(2025, 9, 1), date(2025, 9, 30))
    assert (first_day("2022"), last_day("2022")) == (date(2022, 1, 1), date(2022, 12, 31))
    assert last_day("2025-12") == date(2025, 12, 31)
    assert (first_day("2024-10-21"), last_day("2024-10-21")) == (date(2024, 10, 21), date(2024, 10, 21))
    assert first_day("") is last_day("") is None
