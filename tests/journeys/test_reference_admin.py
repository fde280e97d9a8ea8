"""`/admin/`: the national admin looks reference data up there, and nothing is written there by anybody."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from tanggap.console.reference.labels import label_of
from tanggap.console.reference.tables import site
from tanggap.directory.models import Agency, Category
from tanggap.directory.selectors import agency_by_code
from tanggap.directory.services import rename_agency
from tanggap.escalation.models import Ladder
from tests.cast import DAY, POSTS
from tests.journeys.console import sign_in
from tests.journeys.signed_in import admin, monday

__all__ = ["admin", "monday"]
pytestmark = pytest.mark.django_db
LISTS = [f"/admin/{model._meta.app_label}/{model._meta.model_name}/" for model in site._registry]


def test_only_the_national_admin_knows_that_there_is_an_admin(cast) -> None:
    assert Client().get("/admin/").headers["Location"].startswith("/akun/masuk/")
    for name in (*(name for name in POSTS if name != "national_admin"), "citizen"):
        assert {sign_in(cast, name).get(address).status_code for address in ("/admin/", LISTS[0])} == {404}, name


def test_every_table_is_listed_searched_and_leads_to_the_room_where_it_is_changed(admin) -> None:
    front = admin.get("/admin/").content.decode()
    assert all(f'href="{address}"' in front for address in LISTS)
    for address in LISTS:
        assert admin.get(address).status_code == 200, address
        assert admin.get(address, {"q": "zzz\0%_'\"", "p": "9999", "o": "99.-98"}).status_code in {200, 302}, address
    found = admin.get("/admin/directory/agency/", {"q": "kesehatan 35.27"}).content.decode()
    assert "35.27/dinkes" in admin.get("/admin/directory/agency/", {"q": "35.27/din"}).content.decode()
    assert "35.27/dpupr" not in found
    assert "/kerja/aturan/tangga/" in admin.get("/admin/escalation/ladder/").content.decode()


@pytest.mark.parametrize("address", LISTS)
def test_nothing_can_be_added_changed_or_deleted_past_the_services(admin, address) -> None:
    model = next(m for m in site._registry if address.endswith(f"/{m._meta.app_label}/{m._meta.model_name}/"))
    before = list(model.objects.order_by("pk").values())
    row = model.objects.order_by("pk").first()
    pages = [address, f"{address}add/"]
    if row is not None:
        shown = admin.get(f"{address}{row.pk}/change/").content.decode()
        assert not re.findall(r'<(?:input type="(?!hidden)|select|textarea)[^>]+name=', shown)
        pages += [f"{address}{row.pk}/change/", f"{address}{row.pk}/delete/"]
    for page in pages:
        answer = admin.post(page, {"action": "delete_selected", "_selected_action": "1", "name": "x"})
        assert answer.status_code in {302, 403, 404, 200}
    assert list(model.objects.order_by("pk").values()) == before


def test_a_row_tells_who_changed_it_when_and_why(admin, cast) -> None:
    unit = agency_by_code("35.27/dinkes")
    address = f"/admin/directory/agency/{unit.pk}/history/"
    assert "belum pernah diubah" in admin.get(address).content.decode()
    key = cast.person("national_admin").key
    rename_agency(
        agency=unit, name="Dinas Kesehatan & KB", actor_key=key, reason="Perbup 7/2026", now=DAY + timedelta(hours=1)
    )
    told = admin.get(address).content.decode()
    for words in ("National Admin", "Nama instansi diganti", "Perbup 7/2026", "Dinas Kesehatan &amp; KB"):
        assert words in told, words


def test_a_row_that_is_not_there_is_no_error(admin) -> None:
    assert admin.get("/admin/directory/agency/999999999/history/").status_code == 404
    assert admin.get("/admin/directory/agency/x'/change/").status_code in {302, 404}
    assert Agency.objects.filter(code="35.27").exists()
    assert Category.objects.exists()


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_column_is_called_by_its_identifier(admin, language) -> None:
    admin.get("/", {"lang": language})
    for model in site._registry:
        for field in model._meta.fields:
            assert label_of(field.name, str(model._meta.model_name)) != field.name, (model, field.name)
    for model, address in zip(site._registry, LISTS, strict=True):
        page = admin.get(address).content.decode()
        heads = re.findall(r'<th scope="col" class="(?:[^"]* )?column-(\w+)[^"]*">(.*?)</th>', page, re.S)
        with override(language):
            labels = {name: label_of(name, str(model._meta.model_name)) for name, _head in heads}
        for name, head in heads:
            assert labels[name].lower() in head.lower(), (address, name)
    ladder = Ladder.objects.order_by("pk")[0]
    page = admin.get(f"/admin/escalation/ladder/{ladder.pk}/change/").content.decode()
    assert {"id": "Pengingat kepada", "en": "Reminder to"}[language] in page
