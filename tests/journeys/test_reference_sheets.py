"""Every kind of reference data goes out as a table and comes in again: through its service, all of it or nothing."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tanggap.common.charts.chart import as_csv
from tanggap.common.spreadsheet import write_xlsx
from tanggap.console.models import AnswerTemplate
from tanggap.console.reference.sheets import TABLES, OfficerMark
from tanggap.directory.exchange import Report, import_reference
from tanggap.directory.exchange.importing import as_text
from tanggap.directory.models import Brand, OfficeWeek
from tanggap.escalation.models import Ladder, LetterPolicy
from tanggap.evaluation.models import ScorecardComponent
from tanggap.ledger.models import Event
from tanggap.notify.models import Wording
from tests.journeys.signed_in import NOW, admin, monday

__all__ = ["admin", "monday"]
pytestmark = pytest.mark.django_db
IMPORT = "/kerja/acuan/impor/"
WHY = {"reason": "SK 9/2026"}
KEPT = (AnswerTemplate, Brand, OfficeWeek, Ladder, LetterPolicy, ScorecardComponent, Wording)
STEP = "first_answer,35.27,2027-01-04,{day},false,working_days,{kind},{role},{template},,"
LADDER = "clock,agency_code,valid_from,offset,from_limit,unit,kind,role,template,channel,copies\n" + "\n".join(
    (
        STEP.format(day=2, kind="reminder", role="liaison_officer", template="answer_reminder"),
        STEP.format(day=4, kind="letter_1", role="unit_head", template="letter_1") + "coordinator sekda",
    )
)
# One good file for each kind that the journeys of the directory do not send, and what its trial says.
FILES = {
    "pekan-kerja": ('agency_code,valid_from,days,opens,closes\n35.27,2027-01-04,"5,0,1,2,3,4",7:30,14:00\n', "07:30"),
    "tangga": (LADDER, "langkah 2"),
    "kata-pesan": (
        'template,channel,language,subject,body\nanswer_reminder,email,id,Ingat,"Baris satu\n\nBaris dua {link}"\n',
        "body: ",
    ),
    "contoh-jawaban": (
        'agency_code,title,text\n35.27/dinkes,Vaksin,"Yth.\n\nLaporan {nomor} kami terima."\n',
        "{nomor}",
    ),
    "aturan-surat": ("agency_code,signing,place\n35.27,ya,Sampang\n", "place: – → Sampang"),
    "merek": ('slug,name,colour,agency_code,languages\nsampang-baru,Lapor Sampang,#1F2A6B,35.27,"id,en"\n', "#1f2a6b"),
    "kartu-nilai": ("slug,valid_from,weight\n{component},2027-01-01,7\n", "weight: "),
}


def kept() -> list[Any]:
    return [list(model._default_manager.order_by("pk").values()) for model in KEPT]


def good(kind: str) -> str:
    return FILES[kind][0].replace("{component}", ScorecardComponent.objects.order_by("slug").values_list("slug")[0][0])


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_tried_and_done_once_however_often_it_is_sent(admin, kind) -> None:
    before, said = kept(), {"table": kind, **WHY}
    tried = admin.post(IMPORT, {**said, "file": SimpleUploadedFile("a.csv", good(kind).encode())})
    page = tried.content.decode()
    assert "1 baris mengubah data, 0 baris salah" in page, page[-3000:]
    assert FILES[kind][1] in page
    assert kept() == before
    assert admin.post(IMPORT, {**said, "text": good(kind), "simpan": "1"}).status_code == 302
    after, events = kept(), Event.objects.count()
    assert after != before
    assert "SK 9/2026" in str(Event.objects.latest("pk").data)
    assert (
        "0 baris mengubah data, 0 baris salah, 1 baris"
        in admin.post(IMPORT, {**said, "text": good(kind)}).content.decode()
    )
    admin.post(IMPORT, {**said, "text": good(kind), "simpan": "1"})
    assert (kept(), Event.objects.count()) == (after, events)


def test_every_kind_is_found_and_tells_who_changed_it_from_what_to_what(admin) -> None:
    for kind in FILES:
        assert admin.post(IMPORT, {"table": kind, **WHY, "text": good(kind), "simpan": "1"}).status_code == 302, kind
    again = good("merek").replace("Lapor Sampang", "Lapor Madura")
    admin.post(IMPORT, {"table": "merek", **WHY, "text": again, "simpan": "1"})
    weighed = ScorecardComponent.objects.get(valid_from="2027-01-01")
    searches = {
        "madura": ("Nama: Lapor Sampang → Lapor Madura",),
        "answer_reminder email": ("Isi: – → Baris satu",),
        "35-27": ("Tangga pengingat diubah (Tanggapan pertama)", "hari kerja ke-4: Surat pertama kepada Kepala unit"),
        "vaksin": ("Contoh jawaban disimpan",),
        weighed.slug: ("→ 7",),
        "35.27 sampang": ("Aturan surat diubah",),
    }
    for words, said in searches.items():
        found = admin.get("/kerja/acuan/", {"q": words}).content.decode()
        histories = dict.fromkeys(re.findall(r'href="(/admin/[^"]+/history/)"', found))
        told = [admin.get(address).content.decode() for address in histories]
        assert any("National Admin" in page and all(one.lower() in page.lower() for one in said) for page in told), (
            words
        )
    assert admin.get("/kerja/acuan/", {"q": "zz'%_\0\\"}).status_code == 200


WRONG = {
    "pekan-kerja": (",2027-01-04,7,08:00,16:00", "Tulis hari 0"),
    "tangga": (
        "first_answer,35.27,2026-01-05,1,false,working_days,reminder,liaison_officer,answer_reminder,,",
        "besok",
    ),
    "kata-pesan": ("answer_reminder,email,id,x,{rahasia}", "tidak dikenal"),
    "contoh-jawaban": ("35.27/dinkes,A,{siapa}", "{siapa}"),
    "aturan-surat": ("99.99,ya,X", "tidak ada"),
    "merek": ("pucat,Pucat,#ffffee,,id", "terlalu muda"),
    "kartu-nilai": ("tidak-ada,2027-01-01,5", "belum ada"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_one_wrong_line_is_told_with_its_reason_and_nothing_of_the_file_is_kept(admin, kind) -> None:
    before, events = kept(), Event.objects.count()
    text = f"{good(kind).rstrip()}\n{WRONG[kind][0]}\n"
    answer = admin.post(IMPORT, {"table": kind, **WHY, "text": text, "simpan": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1 baris mengubah data, 1 baris salah" in page, page[-3000:]
    assert WRONG[kind][1] in page
    assert (kept(), Event.objects.count()) == (before, events)


WORDS = st.text(st.sampled_from("ab'=+-@;,\"\n\t é{[|\r"), min_size=1, max_size=25).filter(lambda text: text.strip())


def come_in(cast: Any, kind: str, text: str, *, dry_run: bool) -> Report:
    actor = cast["national_admin"]
    mark = OfficerMark(actor_key=actor.key, reason="uji", now=NOW, actor=actor)
    return import_reference(table=TABLES[kind], text=text, mark=mark, dry_run=dry_run)


def sheet(heads: Any, *rows: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue()


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, min_size=3, max_size=3), weight=st.integers(1, 1000), day=st.integers(0, 60))
def test_what_goes_out_comes_in_unchanged_whatever_is_in_it(cast, words, weight, day) -> None:
    """Quotes, formulas, line breaks, apostrophes: in every kind, as CSV and as XLSX."""
    title, body = " ".join(words[0].replace("{", "").split()) or "x", words[1].replace("{", "(")
    component = ScorecardComponent.objects.order_by("slug").values_list("slug", flat=True)[0]
    step = ["resolution", "35.27", "2027-02-01", str(day), "false", "working_days", "letter_1", "unit_head", "letter_1"]
    rows = {
        "instansi": (["code", "name", "parent", "topics"], ["35.27/uji", f"Dinas {title}", "35.27", f"a;{title};a"]),
        "sebutan": (["agency_code", "alias"], ["35.27/dinkes", f"kantor {title}"]),
        "kategori": (["code", "name", "parent"], ["uji-1", f"Topik {title}", ""]),
        "hari-libur": (["date", "name", "kind", "agency_code"], ["2026-12-30", f"Hari {title}", "regional", "35.27"]),
        "tangga": (["clock", "agency_code", "valid_from", *STEP_HEADS, "source"], [*step, f"SK {title}"]),
        "kata-pesan": (["template", "channel", "language", "body"], ["answer_reminder", "sms", "id", body]),
        "contoh-jawaban": (["agency_code", "title", "text"], ["35.27/dinkes", title, body]),
        "merek": (["slug", "name", "line"], ["uji", f"Lapor {title}", title]),
        "kartu-nilai": (["slug", "valid_from", "weight", "basis"], [component, "2027-03-01", str(weight), title]),
    }
    shipped = {kind: set(table.rows()) for kind, table in TABLES.items()}
    with transaction.atomic():
        for kind, (heads, row) in rows.items():
            report = come_in(cast, kind, sheet(heads, row), dry_run=False)
            assert not report.wrong, (kind, report.wrong)
        for kind, table in TABLES.items():
            out = [row for row in table.rows() if row not in shipped[kind]]
            assert bool(out) == (kind in rows)
            for text in (as_csv(table.columns, out), as_text(write_xlsx(table.columns, out))):
                again = come_in(cast, kind, text, dry_run=True)
                assert (again.done, again.wrong) == ([], []), kind
        transaction.set_rollback(True)


def test_what_came_with_the_product_comes_in_unchanged(cast) -> None:
    for kind in ("kategori", "tangga", "merek", "kartu-nilai", "pekan-kerja", "aturan-surat"):
        table = TABLES[kind]
        again = come_in(cast, kind, as_csv(table.columns, table.rows()), dry_run=True)
        assert (again.done, again.wrong) == ([], []), kind


STEP_HEADS = ("offset", "from_limit", "unit", "kind", "role", "template")
