"""The doors of a brand: how they do, how they are set up, how they look, which languages they speak."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tanggap.cases.models import Case
from tanggap.channels.models import Keyword
from tanggap.common.clock import frozen
from tanggap.directory.models import Brand, Locale
from tanggap.directory.selectors import agency_by_code
from tanggap.notify.models import ChannelConfig, ChannelHealth
from tanggap.notify.transports.registry import settings_of
from tests.cast import DAY
from tests.journeys.console import sign_in

pytestmark = pytest.mark.django_db
NEW = {"slug": "halo-uji", "name": "Halo Uji", "colour": "#2d3a8c", "agency": "35.27", "languages": ["id", "en"]}
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{}<path d="M0 0h16v16H0z" fill="#f00"/></svg>'


@pytest.fixture(autouse=True)
def _monday():
    with frozen(DAY + timedelta(hours=4)):
        yield


@pytest.fixture
def at_desk(cast):
    return lambda name: sign_in(cast, name)


def made(at_desk, **given) -> Brand:
    answer = at_desk("national_admin").post("/kerja/saluran/merek/baru/", {**NEW, **given})
    assert answer.status_code == 302, re.findall(r'class="error"[^>]*>.*?</p>', answer.content.decode())
    return Brand.objects.get(slug="halo-uji")


def test_who_may_enter_which_room(at_desk) -> None:
    rooms = ("", "merek/", "merek/baru/", "bahasa/", "atur/nasional/whatsapp/")
    for name in ("officer", "inspector", "leader", "ombudsman", "unit_head"):
        assert {at_desk(name).get(f"/kerja/saluran/{room}").status_code for room in rooms} == {404}
    assert [at_desk("verifier").get(f"/kerja/saluran/{room}").status_code for room in rooms] == [
        200,
        200,
        404,
        404,
        404,
    ]
    assert {at_desk("national_admin").get(f"/kerja/saluran/{room}").status_code for room in rooms} == {200}


def test_a_channel_is_set_up_and_nothing_secret_is_ever_shown(at_desk) -> None:
    admin = at_desk("national_admin")
    address = "/kerja/saluran/atur/nasional/telegram/"
    assert admin.post(address, {"token": ""}).status_code == 422
    assert not ChannelConfig.objects.exists()
    assert admin.post(address, {"token": "42:rahasia-bot", "secret": "kunci-hook"}).status_code == 302
    assert settings_of(ChannelConfig.objects.get())["token"] == "42:rahasia-bot"
    for page in (admin.get(address), admin.get("/kerja/saluran/")):
        assert "rahasia-bot" not in page.content.decode()
        assert "kunci-hook" not in page.content.decode()
    assert admin.get("/kerja/saluran/atur/nasional/tidak-ada/").status_code == 404


def test_a_failing_channel_says_so_and_only_the_nation_reads_the_provider_s_words(at_desk) -> None:
    brand = made(at_desk)
    ChannelConfig.objects.create(brand=brand.slug, channel="whatsapp", sealed=b"x", updated_at=DAY)
    ChannelHealth.objects.create(
        brand=brand.slug, channel="whatsapp", failing_since=DAY, failures=3, last_error="401: token ditolak"
    )
    assert "401: token ditolak" in at_desk("national_admin").get("/kerja/saluran/").content.decode()
    local = at_desk("verifier").get("/kerja/saluran/").content.decode()
    assert "terganggu" in local
    assert "token ditolak" not in local
    assert "Halo Uji" not in at_desk("outsider").get("/kerja/saluran/").content.decode()


def test_a_brand_is_rows_and_its_own_coordinator_changes_how_it_looks_but_not_whose_it_is(at_desk) -> None:
    brand = made(at_desk, keywords="HALO, Halo Kota", host="halo.contoh.go.id")
    assert brand.agency == agency_by_code("35.27")
    assert sorted(Keyword.objects.values_list("normalized", flat=True)) == ["halo", "halo kota"]
    address = f"/kerja/saluran/merek/{brand.slug}/"
    given = {"name": "Halo Warga", "colour": "", "agency": "35.02", "host": "lain.contoh.go.id", "languages": ["id"]}
    assert at_desk("verifier").post(address, given).status_code == 302
    brand.refresh_from_db()
    assert (brand.name, brand.languages, brand.colour) == ("Halo Warga", ["id"], "")
    assert (brand.agency.code, brand.host) == ("35.27", "halo.contoh.go.id")
    assert not Keyword.objects.exists()
    assert at_desk("outsider").get(address).status_code == 404


def test_a_logo_keeps_its_shapes_and_nothing_that_runs_or_calls_home(at_desk) -> None:
    bad = '<script>alert(1)</script><image href="https://contoh.id/x"/><style>*{}</style><a href="x"/>'
    brand = made(at_desk, logo_svg=DRAWING.format(bad).replace("<path", '<path onload="x()" style="fill:red"'))
    assert "<path" in brand.logo_svg
    for word in ("script", "href", "style", "onload", "#f00", "image"):
        assert word not in brand.logo_svg


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"slug": "Halo Uji"}, "slug"),
        ({"colour": "#ffe000"}, "terlalu muda"),
        ({"colour": "merah"}, "#2d3a8c"),
        ({"host": "https://halo.id/x"}, "tuan rumah"),
        ({"agency": "tidak ada"}, "tidak dikenal"),
        ({"languages": ["jv"]}, "jv"),
        ({"keywords": "CEK"}, "perintah"),
        ({"keywords": "HALO", "agency": ""}, "Isi instansi"),
        ({"logo_svg": '<!DOCTYPE a [<!ENTITY b "c">]><svg/>'}, "bukan gambar"),
        ({"logo_svg": "<html/>"}, "bukan gambar"),
    ],
)
def test_a_brand_that_cannot_be_is_refused_in_words_and_nothing_is_made(at_desk, given, words) -> None:
    answer = at_desk("national_admin").post("/kerja/saluran/merek/baru/", {**NEW, **given})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Brand.objects.filter(slug__startswith="halo").exists()
    assert not Keyword.objects.exists()


def test_a_keyword_belongs_to_one_brand(at_desk) -> None:
    made(at_desk, keywords="HALO")
    other = {**NEW, "slug": "halo-lain", "name": "Lain", "agency": "35.02", "keywords": "halo"}
    answer = at_desk("national_admin").post("/kerja/saluran/merek/baru/", other)
    assert answer.status_code == 422
    assert not Brand.objects.filter(slug="halo-lain").exists()


def test_a_draft_of_a_language_is_silent_until_somebody_who_speaks_it_has_read_it(at_desk) -> None:
    admin, address = at_desk("national_admin"), "/kerja/saluran/bahasa/jv/"
    assert not Locale.objects.get(code="jv").enabled
    admin.post(address, {"nyalakan": "1", "pemeriksa": " "})
    assert not Locale.objects.get(code="jv").enabled
    admin.post(address, {"nyalakan": "1", "pemeriksa": "Balai Bahasa Provinsi"})
    assert Locale.objects.get(code="jv").enabled
    brand = made(at_desk, languages=["id", "jv"])
    assert brand.languages == ["id", "jv"]
    admin.post(address, {})
    brand.refresh_from_db()
    assert brand.languages == ["id"]
    assert admin.post("/kerja/saluran/bahasa/xx/", {}).status_code == 404


def test_what_comes_by_the_address_of_a_brand_starts_at_its_agency(at_desk, client, settings) -> None:
    made(at_desk, host="halo.contoh.go.id")
    settings.ALLOWED_HOSTS = ["halo.contoh.go.id", "lain.contoh.go.id"]
    for host, agency, slug in (("halo.contoh.go.id", "35.27", "halo-uji"), ("lain.contoh.go.id", "ID", "nasional")):
        answer = client.post(
            "/api/v1/cases", {"text": f"Lampu padam di {host}"}, content_type="application/json", headers={"host": host}
        )
        assert answer.status_code == 201
        case = Case.objects.get(tracking_id=answer.json()["tracking_id"])
        assert (case.agency.code, case.brand.slug) == (agency, slug)
    assert "Halo Uji" in client.get("/", headers={"host": "halo.contoh.go.id"}).content.decode()
