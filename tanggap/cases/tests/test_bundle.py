"""The ombudsman's bundle: whole, checkable without us, and silent about the reporter."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from tanggap.cases.bundle import check_bundle, make_bundle
from tanggap.cases.bundle.hiding import Hiding
from tanggap.cases.identity import Contact
from tanggap.cases.models import Case
from tanggap.cases.services.annotate_case import annotate_case
from tanggap.cases.services.answer_inquiry import answer_inquiry
from tanggap.cases.services.ask_agency import ask_agency
from tanggap.cases.services.consent_to_ombudsman import consent_to_ombudsman
from tanggap.cases.services.export_bundle import export_bundle
from tanggap.cases.services.object_to_case import object_to_case
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.cases.services.report_pressure import report_pressure
from tanggap.common.crypto import public_key
from tanggap.common.errors import Forbidden, Invalid
from tanggap.ledger.models import Event
from tests.cast import DAY

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
IDENTITY = Contact(
    name="Zqrahayu Zqlestari", phone="081234567890", email="zqrahayu@contoh.id", address="Gang Zqmawar 7"
)
CANARIES = ("zqrahayu", "zqlestari", "81234567890", "zqmawar", "zqcatatan")


@pytest.fixture
def objected(submit, cast):
    """An anonymous case with everything in it, the reporter named by careless people wherever one can write."""
    from tests.paths import final, verify

    contact = Contact(**{**IDENTITY.fields, "person_id": cast.person("citizen").pk})
    case = submit(
        text="Saya Zqrahayu Zqlestari, lampu di depan Gang Zqmawar 7 padam. Hubungi 0812-3456-7890.",
        contact=contact,
        anonymous=True,
    ).case
    reporter = cast["citizen"].proving(case.pk)
    number = case.tracking_id
    verify(case, cast, "35.27/dpupr", DAY + HOUR)
    from tanggap.cases.services.answer_case import answer_case

    annotate_case(tracking_id=number, text="Zqcatatan dalam.", actor=cast["officer"], now=DAY + 2 * HOUR)
    reply_to_case(tracking_id=number, text="Ini zqrahayu, belum menyala.", actor=reporter, now=DAY + 2 * HOUR)
    answer_case(
        tracking_id=number,
        draft=final("Bu Zqlestari sudah ditemui, dua lampu diganti oleh regu penerangan pada Senin."),
        actor=cast["officer"],
        now=DAY + 3 * HOUR,
    )
    object_to_case(tracking_id=number, text="Masih padam.", actor=reporter, now=DAY + 4 * HOUR)
    inquiry = ask_agency(tracking_id=number, question="Kapan diganti?", actor=cast["ombudsman"], now=DAY + 5 * HOUR)
    answer_inquiry(
        tracking_id=number,
        inquiry_id=inquiry.pk,
        answer="Sudah kami sampaikan kepada Zqrahayu.",
        actor=cast["verifier"],
        now=DAY + 6 * HOUR,
    )
    return Case.objects.select_related("agency__body", "body").get(pk=case.pk)


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True, timeout=200)
    return done.stdout.decode()


def take(case, cast, hours: int = 8):
    return export_bundle(tracking_id=case.tracking_id, actor=cast["ombudsman"], now=DAY + hours * HOUR)


def everything(bundle) -> str:
    files = opened(bundle.content)
    rest = "\n".join(data.decode() for name, data in files.items() if not name.endswith(".pdf"))
    return (rest + words_of(files["laporan.pdf"])).lower()


def test_nothing_in_it_says_who_the_reporter_is(objected, cast) -> None:
    words = everything(take(objected, cast))
    assert not [canary for canary in CANARIES if canary in words]
    assert cast.person("citizen").key not in words


def test_other_people_named_by_officers_are_masked_in_it_too(objected, cast) -> None:
    careless = "Kata Pak Zqsugeng, telepon 0813-9999-8888"
    objected.messages.filter(kind="final").update(legal_basis=careless)
    words = everything(take(objected, cast))
    assert "zqsugeng" not in words
    assert "9999-8888" not in words
    told = Hiding(objected, []).data({"to": "35.27", "reason": careless, "changes": {"state": "closed"}})
    assert told == {"to": "35.27", "reason": "Kata Pak [NAMA], telepon [TELEPON]", "changes": {"state": "closed"}}


def test_with_the_recorded_consent_the_chosen_fields_stand_in_it_and_no_others(objected, cast) -> None:
    reporter = cast["citizen"].proving(objected.pk)
    consent_to_ombudsman(tracking_id=objected.tracking_id, fields=["phone"], actor=reporter, now=DAY + 7 * HOUR)
    files = opened(take(objected, cast).content)
    report = json.loads(files["laporan.json"])
    assert report["reporter"] == {"consent": ["phone"], "phone": "+6281234567890"}
    assert "+6281234567890" in words_of(files["laporan.pdf"])
    assert "zqrahayu" not in files["laporan.json"].decode().lower()
    consent_to_ombudsman(tracking_id=objected.tracking_id, fields=[], actor=reporter, now=DAY + 8 * HOUR)
    assert "81234567890" not in everything(take(objected, cast, 9))


def test_a_consent_from_before_the_pressure_counts_no_more(objected, cast) -> None:
    reporter = cast["citizen"].proving(objected.pk)
    number = objected.tracking_id
    consent_to_ombudsman(tracking_id=number, fields=["name"], actor=reporter, now=DAY + 7 * HOUR)
    report_pressure(tracking_id=number, actor=reporter, now=DAY + 7 * HOUR)
    assert "zqrahayu" not in everything(take(objected, cast))


def test_only_the_reporter_consents_and_only_to_fields_there_are(objected, cast) -> None:
    before = Event.objects.count()
    for name in ("officer", "verifier", "national_admin", "ombudsman", "anonymous"):
        with pytest.raises(Forbidden):
            consent_to_ombudsman(tracking_id=objected.tracking_id, fields=["name"], actor=cast[name], now=DAY)
    with pytest.raises(Invalid):
        consent_to_ombudsman(
            tracking_id=objected.tracking_id, fields=["nik"], actor=cast["citizen"].proving(objected.pk), now=DAY
        )
    assert Event.objects.count() == before


def test_it_holds_the_thread_the_custody_the_clocks_and_every_event(objected, cast) -> None:
    files = opened(take(objected, cast).content)
    assert set(files) == {"laporan.json", "laporan.pdf", "manifest.json", "manifest.sig"}
    report = json.loads(files["laporan.json"])
    assert [entry["kind"] for entry in report["thread"]] == ["reply", "final", "objection"]
    assert report["inquiries"][0]["question"] == "Kapan diganti?"
    assert [link["agency"] for link in report["custody"]] == ["35.27", "35.27/dpupr"]
    assert {clock["name"] for clock in report["clocks"]} >= {"verification", "first_answer", "resolution"}
    stored = Event.objects.filter(stream=objected.stream).exclude(name="case.bundle_exported").order_by("seq")
    assert [event["hash"] for event in report["events"]] == [bytes(event.hash).hex() for event in stored]
    text = words_of(files["laporan.pdf"])
    assert objected.tracking_id in text
    assert "Keberatan pertama" in text
    assert files["laporan.pdf"].startswith(b"%PDF")


def test_anybody_with_the_public_key_can_check_it_and_finds_whatever_was_altered(objected, cast) -> None:
    content = take(objected, cast).content
    key = public_key()
    assert check_bundle(content, key=key) == []
    assert check_bundle(content, key=bytes(32)) == ["signature"]
    files = opened(content)

    def rebuilt(**changed: bytes | None) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, data in {**files, **{name.replace("_", "."): one for name, one in changed.items()}}.items():
                if data is not None:
                    archive.writestr(name, data)
        return stream.getvalue()

    softened = files["laporan.json"].replace(b"Masih padam", b"Sudah nyala")
    assert check_bundle(rebuilt(laporan_json=softened), key=key) == ["altered:laporan.json"]
    assert check_bundle(rebuilt(laporan_pdf=None), key=key) == ["missing:laporan.pdf"]
    assert check_bundle(rebuilt(tambahan_txt=b"x"), key=key) == ["not_listed:tambahan.txt"]
    assert check_bundle(rebuilt(manifest_json=files["manifest.json"].replace(b"1", b"2")), key=key) == ["signature"]
    assert check_bundle(rebuilt(manifest_sig=b"??"), key=key) == ["unreadable"]
    assert check_bundle(b"no archive", key=key) == ["unreadable"]


def test_a_re_signed_bundle_with_a_bent_history_breaks_its_chain(objected, cast) -> None:
    from tanggap.cases.bundle.manifest import manifest_of
    from tanggap.common.crypto import sign

    files = opened(take(objected, cast).content)
    report = json.loads(files["laporan.json"])
    bent = next(event for event in report["events"] if not event["hidden"])
    bent["at"] = "2026-11-01T00:00:00+00:00"
    inner = {"laporan.json": json.dumps(report).encode(), "laporan.pdf": files["laporan.pdf"]}
    manifest = manifest_of(inner, tracking_id="x", made_at=DAY, key=public_key(), head=report["events"][-1]["hash"])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in {**inner, "manifest.json": manifest, "manifest.sig": sign(manifest).hex().encode()}.items():
            archive.writestr(name, data)
    assert check_bundle(stream.getvalue(), key=public_key()) == [f"event:{bent['seq']}"]


def test_the_same_case_and_moment_give_the_same_bytes(objected) -> None:
    assert make_bundle(objected, now=DAY).content == make_bundle(objected, now=DAY).content


def test_only_the_ombudsman_takes_it_and_that_is_recorded(objected, cast) -> None:
    for name in ("verifier", "officer", "inspector", "leader", "evaluator", "national_admin", "citizen", "anonymous"):
        with pytest.raises(Forbidden):
            export_bundle(tracking_id=objected.tracking_id, actor=cast[name], now=DAY + 8 * HOUR)
    assert not Event.objects.filter(name="case.bundle_exported").exists()
    bundle = take(objected, cast)
    event = Event.objects.get(name="case.bundle_exported")
    assert event.data["manifest"] == bundle.manifest_sha256
    assert event.actor == cast.person("ombudsman").key


def test_the_command_prints_the_key_says_ok_and_names_what_is_wrong(objected, cast, tmp_path, capsys) -> None:
    path = tmp_path / "paket.zip"
    path.write_bytes(take(objected, cast).content)
    call_command("check_bundle")
    assert capsys.readouterr().out.strip() == public_key().hex()
    call_command("check_bundle", str(path), key=public_key().hex())
    assert capsys.readouterr().out == "ok\n"
    with pytest.raises(SystemExit) as ended:
        call_command("check_bundle", str(path), key="00" * 32)
    assert ended.value.code == 1
    assert capsys.readouterr().out == "signature\n"
    with pytest.raises(CommandError):
        call_command("check_bundle", str(tmp_path / "tidak-ada.zip"))
