"""Three texts of one report: as written, for the agency, for everybody; and nobody reads one too many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tanggap.cases.identity import Contact
from tanggap.cases.models import Case
from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.services.raise_confidentiality import raise_confidentiality
from tanggap.common.clock import frozen
from tanggap.config.reactions import react
from tanggap.evaluation.services.publish_open_data import publish_open_data
from tanggap.ledger.models import Event
from tanggap.notify.models import Message
from tanggap.notify.rendering import sealed_words
from tests.cast import DAY, Cast
from tests.journeys.console import sign_in
from tests.paths import DONE, HOUR, final, verify

pytestmark = pytest.mark.django_db
NIK, PHONE, NAME, HIDDEN = "3527010107800003", "0812-3456-7890", "Sutarmin", "Melati"
TEXT = f"Lampu padam di dekat warung {HIDDEN}. NIK saya {NIK}, hubungi {PHONE}, atau tanya pak {NAME} di sana."
PARTS = {NIK, PHONE, NAME, HIDDEN}
MAIL = "pelapor@contoh.id"
LATER = DAY + 5 * HOUR
READERS = ("verifier", "officer", "leader", "inspector", "national_admin", "evaluator", "ombudsman")
STRANGERS = ("outsider", "health_officer", "citizen")


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path


@pytest.fixture
def report(submit: Callable[..., Any], cast: Cast) -> Callable[..., Any]:
    def made(**given: Any) -> Any:
        receipt = submit(text=TEXT, hide=(HIDDEN,), contact=Contact("", "", MAIL), **given)
        verify(receipt.case, cast, "35.27/dpupr", DAY + HOUR)
        answer_case(tracking_id=receipt.case.tracking_id, draft=final(), actor=cast["officer"], now=DAY + 4 * HOUR)
        return receipt

    return made


def told(page: str) -> set[str]:
    """Which parts stand in what was read; numbers without the spaces and strokes people write."""
    bare = page.replace("-", "").replace(" ", "")
    return {part for part in PARTS if part in page or part.replace("-", "") in bare}


def found(cast: Cast, name: str, case: Case, words: str) -> bool:
    """Whether somebody's search in the console leads to the case."""
    return case.tracking_id in sign_in(cast, name).get("/kerja/", {"queue": "open", "q": words}).content.decode()


def surfaces(number: str) -> list[str]:
    return [f"/l/{number}", "/laporan/", "/laporan/?q=lampu", "/laporan/umpan.xml", f"/l/{number}/umpan.xml",
            f"/api/v1/cases/{number}", f"/l/{number}/tanda-terima.pdf"]  # fmt: skip


@pytest.mark.parametrize("given", [{}, {"anonymous": True}, {"secret": True}], ids=["open", "anonymous", "secret"])
def test_only_the_reporter_reads_the_original_of_a_protected_report(
    report: Callable[..., Any], cast: Cast, given: dict[str, bool]
) -> None:
    """An agency reads what was written where the reporter is no secret; of an anonymous one the masked text alone."""
    receipt = report(**given)
    case, stranger = receipt.case, Client()
    of_agency = set() if given.get("anonymous") else PARTS
    with frozen(LATER):
        for name in READERS:
            page = sign_in(cast, name).open(case)
            assert page.status_code == 200, name
            assert told(page.content.decode()) == of_agency, name
        for name in STRANGERS:
            assert sign_in(cast, name).open(case).status_code == 404, name
        for path in surfaces(case.tracking_id):
            answer = stranger.get(path)
            shown = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            assert told(shown.decode(errors="replace")) == set(), path
        assert stranger.post(f"/l/{case.tracking_id}/kode", {"code": "AAAA-BBBB-CCCC"}).status_code == 422
        assert told(stranger.get(f"/l/{case.tracking_id}").content.decode()) == set()
        stranger.post(f"/l/{case.tracking_id}/kode", {"code": receipt.secret_code})
        assert told(stranger.get(f"/l/{case.tracking_id}").content.decode()) == PARTS, "the reporter with the code"


def test_of_a_supervisory_report_even_the_inspector_reads_the_masked_text(
    submit: Callable[..., Any], cast: Cast
) -> None:
    """Sealed though its reporter is not anonymous; the office it is about does not even know that it exists."""
    receipt = submit(text=TEXT, hide=(HIDDEN,), about=["35.27/dinkes"], classification="supervisory_complaint")
    case, number = receipt.case, receipt.case.tracking_id
    verify(case, cast, "35.27/inspektorat", DAY + HOUR, by="inspector", classification="supervisory_complaint")
    with frozen(LATER):
        for name in set(READERS) - {"officer"}:
            page = sign_in(cast, name).open(case).content.decode()
            assert "Lampu padam di dekat warung" in page, name
            assert told(page) == set(), name
        for name in (*STRANGERS, "officer", "unit_head"):
            assert sign_in(cast, name).open(case).status_code == 404, name
        for path in (f"/l/{number}", "/laporan/?q=lampu", "/laporan/umpan.xml", f"/api/v1/cases/{number}"):
            shown = Client().get(path).content.decode()
            assert "Lampu padam" not in shown, path
            assert told(shown) == set(), path
        reporter = Client()
        reporter.post(f"/l/{number}/kode", {"code": receipt.secret_code})
        assert told(reporter.get(f"/l/{number}").content.decode()) == PARTS


def test_a_search_finds_no_words_its_reader_may_not_read(report: Callable[..., Any], cast: Cast) -> None:
    plain, anonymous = report().case, report(anonymous=True).case
    with frozen(LATER):
        assert found(cast, "officer", plain, "lampu")
        for part in (NAME, HIDDEN):
            assert not found(cast, "officer", anonymous, part)
            assert not found(cast, "health_officer", plain, part)
            listed = Client().get("/laporan/", {"q": part}).content.decode()
            assert plain.tracking_id not in listed
            assert anonymous.tracking_id not in listed
        assert plain.tracking_id in Client().get("/laporan/", {"q": "lampu"}).content.decode()


def test_what_goes_out_about_it_carries_no_words_of_the_report(report: Callable[..., Any]) -> None:
    for given in ({}, {"anonymous": True}, {"secret": True}):
        case = report(**given).case
        with frozen(LATER):
            react(event_id=Event.objects.get(stream=case.stream, name="case.answered").pk)
        (mail,) = Message.objects.filter(stream=case.stream, template="final_answer", recipient_role="reporter")
        written = str(mail.values) + sealed_words(mail)
        assert told(written) == set()
        assert (DONE in written) is not bool(given), "of a guarded case not even the answer"


def test_open_data_tells_no_word_of_it(report: Callable[..., Any]) -> None:
    for given in ({}, {"anonymous": True}, {"secret": True}):
        report(**given)
    version = publish_open_data(now=DAY + timedelta(days=35))
    names = list(version.files.values_list("name", flat=True))
    assert names
    for name in names:
        answer = Client().get(f"/data/v{version.number}/{name}")
        content = b"".join(answer.streaming_content).decode(errors="replace")  # type: ignore[attr-defined]
        assert told(content) == set(), name


def test_a_report_that_becomes_anonymous_is_taken_out_of_the_agencys_hands(
    report: Callable[..., Any], cast: Cast
) -> None:
    case = report().case
    with frozen(LATER):
        raise_confidentiality(
            tracking_id=case.tracking_id, anonymous=True, actor=cast["citizen"].proving(case.pk), now=LATER
        )
        assert told(sign_in(cast, "officer").open(case).content.decode()) == set()
        assert not found(cast, "officer", case, HIDDEN)
