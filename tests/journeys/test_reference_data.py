"""The national admin changes agencies, names and categories: every change shows what it would do, has a reason, and can
be traced."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tanggap.cases.models import Case
from tanggap.common.spreadsheet import NotASheet, read_xlsx, write_xlsx
from tanggap.config.reactions import cases_follow_their_agency
from tanggap.console.reference.deeds import AGENCY, CATEGORY
from tanggap.directory.models import Agency, AgencyAlias, Category, DayOff
from tanggap.directory.selectors import agency_by_code, find_agency, offered_categories
from tanggap.ledger.models import Event
from tests.journeys.console import sign_in
from tests.journeys.signed_in import admin, monday

__all__ = ["admin", "monday"]
pytestmark = pytest.mark.django_db
WHY = {"reason": "Perda 3/2026"}
IMPORT = "/kerja/acuan/impor/"


def address(code: str, deed: str = "") -> str:
    return f"/kerja/acuan/instansi/{Agency.objects.get(code=code).pk}/" + (f"{deed}/" if deed else "")


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Agency, AgencyAlias, Category, DayOff)]


def done(admin: Any, path: str, **said: Any) -> str:
    """First what it would do, which changes nothing; then done."""
    before, events = everything(), Event.objects.count()
    preview = admin.post(path, {**WHY, **said})
    assert preview.status_code == 200, preview.content.decode()[-3000:]
    assert (everything(), Event.objects.count()) == (before, events)
    saved = admin.post(path, {**WHY, **said, "simpan": "1"})
    assert saved.status_code == 302, saved.content.decode()[-3000:]
    assert everything() != before
    assert Event.objects.count() > events
    return str(preview.content.decode())


def test_nobody_else_knows_of_the_room(cast) -> None:
    for name in ("verifier", "officer", "inspector", "evaluator"):
        officer = sign_in(cast, name)
        for path in ("/kerja/acuan/", address("35.27/dinkes", "tutup"), "/kerja/acuan/kategori/", IMPORT):
            assert officer.get(path).status_code == officer.post(path, WHY).status_code == 404, (name, path)


def test_every_form_opens_and_an_empty_one_changes_nothing(admin) -> None:
    before = everything()
    paths = [address("35.27/dinkes", one.slug) for one in AGENCY]
    paths += [f"/kerja/acuan/kategori/PUPR-01/{one.slug}/" for one in CATEGORY] + ["/kerja/acuan/kategori/baru/"]
    for path in paths:
        assert admin.get(path).status_code == 200, path
        assert admin.post(path, {"simpan": "1"}).status_code == 422, path
    assert everything() == before
    assert admin.get(address("35.27/dinkes", "tidak-ada")).status_code == 404
    assert admin.get("/kerja/acuan/", {"q": "dinas kesehatan sampang"}).content.decode().count("35.27/dinkes") == 1


def test_a_merger_tells_what_moves_and_old_codes_and_names_lead_on(admin, cast, case_in) -> None:
    case = case_in("forwarded", unit="35.27/dinkes")
    told = done(admin, address("35.27/dinkes", "gabung"), into="35.27/dpupr", last_day="2026-12-31")
    assert "1 laporan terbuka masuk ke daftar Dinas Pekerjaan Umum" in told
    assert "2 pos terisi" in told
    assert agency_by_code("35.27/dinkes").code == "35.27/dpupr"
    cases_follow_their_agency(Event.objects.filter(name="agency.merged").latest("pk"))
    assert sign_in(cast, "officer").open(Case.objects.get(pk=case.pk)).status_code == 200
    page = admin.get(address("35.27/dinkes")).content.decode()
    assert "Instansi digabung" in page
    assert "Perda 3/2026" in page
    assert f'{address("35.27/dinkes")}gabung/"' not in page
    assert (
        admin.post(
            address("35.27/dinkes", "gabung"), {**WHY, "into": "35.27", "last_day": "2026-12-31", "simpan": 1}
        ).status_code
        == 422
    )


def test_an_agency_with_active_units_cannot_be_closed_and_one_with_open_cases_is_warned_of(admin, case_in) -> None:
    refused = admin.post(address("35.27", "tutup"), {**WHY, "last_day": "2026-12-31", "simpan": "1"})
    assert refused.status_code == 422
    assert "unit aktif" in refused.content.decode()
    case_in("forwarded", unit="35.27/dinkes")
    told = done(admin, address("35.27/dinkes", "tutup"), last_day="2026-12-31")
    assert "1 laporan masih terbuka di sini" in told


def test_units_are_added_renamed_described_moved_and_named(admin) -> None:
    done(admin, address("35.27", "unit-baru"), name="Dinas Kelautan Baru", code="35.27/dkb", kind="unit", topics="laut")
    done(admin, address("35.27/dkb", "ganti-nama"), name="Dinas Bahari", short_name="Bahari")
    done(admin, address("35.27/dkb", "urusan"), topics="laut; ikan ; laut", two_person_answers="on")
    done(admin, address("35.27/dkb", "sebutan"), alias="Kantor Ikan Sampang")
    done(admin, address("35.27/dkb", "pindah"), parent="35.02")
    row = Agency.objects.get(code="35.27/dkb")
    assert (row.name, row.topics, row.two_person_answers, row.body.code) == (
        "Dinas Bahari",
        "laut; ikan",
        True,
        "35.02",
    )
    assert find_agency("kantor ikan sampang") == row
    alias = row.aliases.get(alias="Kantor Ikan Sampang")
    done(admin, address("35.27/dkb", "hapus-sebutan"), alias_id=str(alias.pk))
    foreign = AgencyAlias.objects.exclude(agency=row).first()
    assert admin.post(address("35.27/dkb", "hapus-sebutan"), {**WHY, "alias_id": foreign.pk}).status_code == 422


def test_a_merged_category_is_offered_no_longer_and_what_comes_under_its_code_goes_on(admin, submit) -> None:
    old = submit(category=Category.objects.get(pk="PUPR-01")).case
    done(admin, "/kerja/acuan/kategori/PUPR-01/gabung/", into="PUPR-02")
    assert "PUPR-01" not in set(offered_categories().values_list("pk", flat=True))
    answer = admin.client.post(
        "/api/v1/cases", {"text": "Jembatan patah di desa kami", "category": "PUPR-01"}, content_type="application/json"
    )
    assert answer.status_code == 201
    assert Case.objects.latest("pk").category_id == "PUPR-02"
    assert Case.objects.get(pk=old.pk).category_id == "PUPR-01"
    assert "PUPR-01" not in [one["code"] for one in admin.get("/api/v1/categories").json().get("items", [])]
    assert admin.post("/kerja/acuan/kategori/PUPR/tutup/", {**WHY, "simpan": "1"}).status_code == 422
    done(admin, "/kerja/acuan/kategori/baru/", name="Layanan laut", code="laut-01", parent="PUPR")
    done(admin, "/kerja/acuan/kategori/LAUT-01/ganti-nama/", name="Layanan bahari")
    done(admin, "/kerja/acuan/kategori/LAUT-01/tutup/")


def upload(content: bytes | str, name: str = "a.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def test_a_file_is_tried_first_and_bad_lines_are_told_with_number_and_reason(admin) -> None:
    text = (
        "code;name;short_name;kind;parent;topics\n"
        "35.27/dinkes;Dinas Kesehatan Raya;Dinkes;unit;35.27;\n"
        "35.27/baru;Dinas Baru;;unit;35.27;baru\n"
        "35.27/baru/x;Salah Kode;;unit;35.27;\n"
        ";Tanpa Kode;;;;\n"
        "35.27/anak;Anak;;unit;35.27/baru;\n"
        "35.27/z;Z;;planet;35.27;\n"
    )
    before = everything()
    tried = admin.post(IMPORT, {"table": "instansi", **WHY, "file": upload(text)})
    page = tried.content.decode()
    assert tried.status_code == 200
    assert everything() == before
    assert "3 baris mengubah data, 3 baris salah" in page
    for words in (
        '<th scope="row">4</th>',
        '<th scope="row">5</th>',
        "Kolom code kosong",
        "Jenis instansi itu tidak dikenal",
    ):
        assert words in page, words
    refused = admin.post(IMPORT, {"table": "instansi", **WHY, "text": text, "simpan": "1"})
    assert refused.status_code == 422
    assert "seluruhnya atau tidak sama sekali" in refused.content.decode()
    assert everything() == before
    bad = ("35.27/baru/x", ";Tanpa Kode", "35.27/z")
    good = "\n".join(line for line in text.splitlines() if not line.startswith(bad))
    assert admin.post(IMPORT, {"table": "instansi", **WHY, "text": good, "simpan": "1"}).status_code == 302
    assert Agency.objects.get(code="35.27/dinkes").name == "Dinas Kesehatan Raya"
    assert Agency.objects.get(code="35.27/anak").parent.code == "35.27/baru"
    kept = Agency.objects.get(code="35.27/dinkes")
    admin.post(IMPORT, {"table": "instansi", **WHY, "text": "code,name\n35.27/dinkes,Dinkes Baru\n", "simpan": "1"})
    assert Agency.objects.get(pk=kept.pk).short_name == kept.short_name == "Dinkes"
    admin.post(IMPORT, {"table": "instansi", **WHY, "text": good, "simpan": "1"})
    again = admin.post(IMPORT, {"table": "instansi", **WHY, "text": good}).content.decode()
    assert "0 baris mengubah data, 0 baris salah, 3 baris sudah sesuai" in again


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"PK\x03\x04kaputt",
        b"nama,kolom\nx,y\n",
        b"code,name,name\n",
        b"a" * 400_000,
        b"code,name\0\n",
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(admin, content) -> None:
    before = everything()
    answer = admin.post(IMPORT, {"table": "instansi", **WHY, "file": upload(content), "simpan": "1"})
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode() or "error" in answer.content.decode()
    assert everything() == before


def test_what_was_exported_is_imported_again_without_a_change(admin) -> None:
    before = everything()
    content = admin.get("/kerja/acuan/ekspor/instansi.xlsx").content
    page = admin.post(IMPORT, {"table": "instansi", **WHY, "file": upload(content, "a.xlsx")}).content.decode()
    assert "0 baris mengubah data, 0 baris salah" in page
    assert everything() == before
    assert admin.get("/kerja/acuan/ekspor/instansi.pdf").status_code == 404


def test_days_off_come_in_by_file_and_days_that_passed_do_not(admin) -> None:
    text = (
        "date,name,kind,agency_code\n2026-12-15,Hari Jadi,regional,35.27\n"
        "2026-01-01,Lampau,national,\n2026-13-40,X,national,\n"
    )
    page = admin.post(IMPORT, {"table": "hari-libur", **WHY, "text": text, "simpan": "1"}).content.decode()
    assert "1 baris mengubah data, 2 baris salah" in page
    good = "\n".join(text.splitlines()[:2])
    assert admin.post(IMPORT, {"table": "hari-libur", **WHY, "text": good, "simpan": "1"}).status_code == 302
    assert DayOff.objects.filter(date="2026-12-15", agency__code="35.27").exists()


def test_a_sheet_gives_back_what_went_in_and_bombs_are_refused() -> None:
    rows = [["a", "b"], ["=1+1", "<&>\n"], ["", "é 🙂"]]
    assert read_xlsx(write_xlsx(rows[0], rows[1:])) == rows
    sheet = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    for part in (sheet, b"<worksheet", b" " * 21_000_000):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", part)
        with pytest.raises(NotASheet):
            read_xlsx(out.getvalue())
