"""Letters: one for each recipient, step and day, numbered without gaps, saying no more than it may."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tanggap.accounts.models import Membership, Person
from tanggap.cases.models import Case
from tanggap.cases.services.answer_case import answer_case
from tanggap.common.errors import Invalid, NotFound, Refused
from tanggap.directory.models import Brand
from tanggap.directory.selectors import agency_by_code
from tanggap.escalation.letters import issuing
from tanggap.escalation.letters.access import cases_in, letters_visible_to, may_read_paper, may_sign
from tanggap.escalation.models import Letter, LetterCounter, LetterPolicy, TakenStep
from tanggap.escalation.services.enter_letter_number import enter_letter_number
from tanggap.escalation.services.issue_letters import issue_open_letters
from tanggap.escalation.services.sign_letter import sign_letter
from tanggap.escalation.services.sweep import sweep
from tanggap.escalation.services.sweep_at import sweep_at
from tanggap.escalation.services.watch_case import watch_cases
from tanggap.files.storage import path_of
from tanggap.ledger.models import Event
from tanggap.notify.models import Message
from tests.cast import DAY, WIB, Cast
from tests.packages import program
from tests.paths import final

pytestmark = pytest.mark.django_db
CaseIn = Callable[..., Case]

WEDNESDAY = datetime(2026, 11, 11, 8, 0, tzinfo=WIB)
"""Two working days after DAY: letter 1 of the preset is due at the opening."""
THURSDAY = WEDNESDAY + timedelta(days=1)
SECRETARY = "sekda@contoh.id"


@pytest.fixture
def sekda(cast: Cast) -> str:
    """The secretary of the regency joins the cast."""
    person = Person.objects.create(email=SECRETARY, name="Sari Wulandari", password="!")
    Membership.objects.create(
        person=person, agency=agency_by_code("35.27"), role="sekda", starts_on=DAY.date() - timedelta(days=9)
    )
    cast.people["sekda"] = person
    return "sekda"


@pytest.fixture
def signing(db: None) -> None:
    """The regency signs its letters."""
    LetterPolicy.objects.create(agency=agency_by_code("35.27"), signing=True, signatory_role="sekda")


def late(case_in: CaseIn, *, count: int = 1, unit: str = "35.27/dinkes", **given: Any) -> list[Case]:
    return [case_in("forwarded", agency="35.27", unit=unit, **given) for _number in range(count)]


def send(at: datetime = WEDNESDAY) -> list[Letter]:
    sweep_at(at=at)
    return list(Letter.objects.order_by("serial", "pk"))


def paper(letter: Letter) -> str:
    """The words of the PDF, its columns one after the other."""
    command = program("pdftotext", "poppler-utils")
    path = str(path_of(letter.sha256))
    done = subprocess.run([command, path, "-"], capture_output=True, timeout=200, check=True)
    return re.sub(r"\s+", " ", done.stdout.decode())


def answer(case: Case, cast: Cast, now: datetime, who: str = "health_officer") -> None:
    answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast[who], now=now)


def test_one_letter_lists_all_late_cases_of_a_recipient_step_and_day(case_in: CaseIn, cast: Cast) -> None:
    cases = late(case_in, count=3)
    (letter,) = send()
    assert letter.state == Letter.State.ISSUED
    assert (letter.recipient_role, letter.recipient_agency.code) == ("unit_head", "35.27/dinkes")
    assert (letter.agency.code, letter.number) == ("35.27", "001/SP4N/35.27/XI/2026")
    words = paper(letter)
    assert "PEMERINTAH KABUPATEN SAMPANG SEKRETARIAT DAERAH" in words
    assert "Yth. Kepala Dinas Kesehatan Kabupaten Sampang di Sampang" in words
    assert "a.n. BUPATI SAMPANG Sekretaris Daerah" in words
    assert "terdapat 3 (tiga) laporan masyarakat" in words
    assert all(case.tracking_id in words and case.title in words for case in cases)
    assert letter.verification_code in words


def test_the_paper_is_kept_as_it_was_issued_and_its_hash_proves_it(case_in: CaseIn, cast: Cast) -> None:
    late(case_in)
    (letter,) = send()
    assert sha256(path_of(letter.sha256).read_bytes()).hexdigest() == letter.sha256
    issue_open_letters(now=THURSDAY)
    assert Letter.objects.get().issued_at == letter.issued_at


def test_units_get_letters_of_their_own_and_numbers_follow_each_other(case_in: CaseIn, cast: Cast) -> None:
    late(case_in)
    late(case_in, unit="35.27/dpupr")
    send()
    letters = send(THURSDAY)
    assert [(letter.serial, letter.kind) for letter in letters] == [
        (1, "letter_1"),
        (2, "letter_1"),
        (3, "letter_2"),
        (4, "letter_2"),
    ]
    # Nobody heads the second unit: the next role up gets it.
    assert {letter.recipient_role for letter in letters} == {"unit_head", "coordinator"}
    assert {letter.agency.code for letter in letters} == {"35.27"}
    assert "teguran kedua" in paper(letters[2])


def test_a_later_case_of_the_same_day_is_the_next_part_and_changes_nothing_issued(case_in: CaseIn, cast: Cast) -> None:
    late(case_in)
    (first,) = send()
    late(case_in)
    first_again, second = send(WEDNESDAY + timedelta(hours=2))
    assert (first_again.sha256, second.part, second.serial) == (first.sha256, 2, 2)


def test_a_crash_while_issuing_loses_no_number(case_in: CaseIn, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    late(case_in)
    late(case_in, unit="35.27/dpupr")
    real, made = issuing.letter_pdf, []

    def torn(*args: Any, **kwargs: Any) -> bytes:
        made.append(1)
        if len(made) == 1:
            raise MemoryError
        return real(*args, **kwargs)

    monkeypatch.setattr(issuing, "letter_pdf", torn)
    send()
    assert sorted(Letter.objects.values_list("state", "serial")) == [("issued", 1), ("open", None)]
    assert issue_open_letters(now=WEDNESDAY) == 1
    assert sorted(Letter.objects.values_list("serial", flat=True)) == [1, 2]
    assert LetterCounter.objects.get(agency__code="35.27").last == 2


def test_a_guarded_case_stands_in_a_letter_with_number_clock_and_link_alone(case_in: CaseIn, cast: Cast) -> None:
    (plain,) = late(case_in)
    (secret,) = late(case_in, secret=True)
    Case.objects.filter(pk=secret.pk).update(title="Pungutan di loket dua")
    (letter,) = send()
    words = paper(letter)
    assert plain.title in words
    assert secret.tracking_id in words
    assert f"/kerja/l/{secret.tracking_id}/" in words.replace(" ", "")
    assert "Pungutan" not in words
    assert "Pungutan" not in json.dumps(letter.content)


def test_the_post_and_the_copies_are_told_once_with_the_paper_attached(case_in: CaseIn, cast: Cast) -> None:
    late(case_in, count=2)
    (letter,) = send()
    message = Message.objects.get(source=f"letter:{letter.pk}")
    assert (message.template, message.recipient_role, message.is_copy) == ("letter_1", "unit_head", False)
    assert message.values["number"] == letter.number
    assert message.values["count"] == "2"
    assert len(message.files) == 1


def test_letters_are_printed_a_row_a_case_with_a_paper_that_can_be_opened(case_in: CaseIn, cast: Cast) -> None:
    cases = late(case_in, count=2)
    (letter,) = send()
    out = StringIO()
    call_command("letters", "--format", "json", stdout=out)
    rows = json.loads(out.getvalue())
    assert {row["tracking_id"] for row in rows} == {case.tracking_id for case in cases}
    for row in rows:
        assert (row["number"], row["step"], row["agency"]) == (letter.number, "first_answer.3.letter_1", "35.27")
        assert (row["recipient_role"], row["recipient_agency"], row["copies"]) == ("unit_head", "35.27/dinkes", [])
        assert row["issued_at"].startswith("2026-11-11T08:00:00+07:00")
        assert Path(row["pdf"]).read_bytes().startswith(b"%PDF-")


def test_the_case_and_the_letter_both_remember(case_in: CaseIn, cast: Cast) -> None:
    (case,) = late(case_in)
    (letter,) = send()
    told = Event.objects.get(stream=case.stream, name="case.letter_issued")
    assert told.data["number"] == letter.number
    issued = Event.objects.get(stream=f"letter:{letter.pk}", name="letter.issued")
    assert issued.data["sha256"] == letter.sha256


def test_where_an_agency_signs_the_number_comes_with_the_signature(
    case_in: CaseIn, cast: Cast, sekda: str, signing: None
) -> None:
    late(case_in, count=2)
    (letter,) = send()
    assert (letter.state, letter.number, letter.serial) == (Letter.State.WAITING, "", None)
    assert not Message.objects.filter(source=f"letter:{letter.pk}").exists()
    for stranger in ("unit_head", "outsider", "verifier", "officer"):
        with pytest.raises(NotFound):
            sign_letter(letter_id=letter.pk, actor=cast[stranger], now=THURSDAY)
    signed = sign_letter(letter_id=letter.pk, actor=cast[sekda], now=THURSDAY)
    assert (signed.serial, signed.signed_by_key) == (1, cast.person(sekda).key)
    assert "Sari Wulandari" in paper(signed)
    assert Message.objects.filter(source=f"letter:{letter.pk}").count() == 1
    assert Event.objects.filter(stream=f"letter:{letter.pk}", name="letter.signed").exists()
    with pytest.raises(Refused):
        sign_letter(letter_id=letter.pk, actor=cast[sekda], now=THURSDAY)


def test_what_was_answered_before_the_signature_is_left_out(
    case_in: CaseIn, cast: Cast, sekda: str, signing: None
) -> None:
    answered, open_one = late(case_in, count=2)
    (letter,) = send()
    answer(answered, cast, WEDNESDAY + timedelta(hours=1))
    words = paper(sign_letter(letter_id=letter.pk, actor=cast[sekda], now=WEDNESDAY + timedelta(hours=2)))
    assert open_one.tracking_id in words
    assert answered.tracking_id not in words
    assert TakenStep.objects.get(case=answered, letter=letter).state == TakenStep.State.CANCELLED


def test_a_letter_with_nothing_left_is_called_off_and_takes_no_number(
    case_in: CaseIn, cast: Cast, sekda: str, signing: None
) -> None:
    (case,) = late(case_in)
    (letter,) = send()
    answer(case, cast, WEDNESDAY + timedelta(hours=1))
    assert sign_letter(letter_id=letter.pk, actor=cast[sekda], now=THURSDAY).state == Letter.State.CANCELLED
    assert not LetterCounter.objects.exists()


def test_a_number_and_a_signed_pdf_of_the_official_system_can_be_entered(
    case_in: CaseIn, cast: Cast, sekda: str, signing: None
) -> None:
    late(case_in)
    (letter,) = send()
    with pytest.raises(Invalid):
        enter_letter_number(letter_id=letter.pk, number="  ", actor=cast["verifier"], now=THURSDAY)
    scanned = BytesIO(path_of(issued_elsewhere(case_in, cast)).read_bytes())
    entered = enter_letter_number(
        letter_id=letter.pk, number="500.12/77/434.200/2026", actor=cast["verifier"], now=THURSDAY, paper=scanned
    )
    assert (entered.state, entered.serial) == (Letter.State.ISSUED, 1)
    assert entered.external_number == "500.12/77/434.200/2026"
    assert entered.sha256 == sha256(scanned.getvalue()).hexdigest()


def issued_elsewhere(case_in: CaseIn, cast: Cast) -> str:
    """Some PDF that was signed somewhere: the hash of a letter of another government."""
    from tanggap.common.pdf import render_pdf
    from tanggap.escalation.letters.drawing import REGISTER
    from tanggap.files.services.keep_document import keep_document

    content = {"agency": "x", "period": "x", "heads": ["a"], "rows": [["b"]], "widths": ["1fr"], "made": "x"}
    made = render_pdf(REGISTER, content, title="Surat", language="id")
    return keep_document(content=made, name="x.pdf", owner="letter:0", now=DAY).sha256


def test_what_was_issued_stays_when_a_number_is_entered_afterwards(case_in: CaseIn, cast: Cast) -> None:
    late(case_in)
    (letter,) = send()
    with pytest.raises(NotFound):
        enter_letter_number(letter_id=letter.pk, number="1/2/3", actor=cast["unit_head"], now=THURSDAY)
    entered = enter_letter_number(letter_id=letter.pk, number="1/2/3", actor=cast["verifier"], now=THURSDAY)
    assert (entered.sha256, entered.number, entered.external_number) == (letter.sha256, letter.number, "1/2/3")


def test_an_accused_office_neither_writes_nor_gets_the_letter(case_in: CaseIn, cast: Cast) -> None:
    (case,) = late(case_in)
    case.subjects.create(agency=agency_by_code("35.27"))
    Case.objects.filter(pk=case.pk).update(secret=True, guarded=True)
    letters = send()
    assert letters
    for letter in letters:
        assert (letter.agency.code, letter.recipient_agency.code) == ("ID", "ID")
        told = Message.objects.filter(source=f"letter:{letter.pk}").values_list("recipient_key", flat=True)
        assert set(told) == {cast.person("national_admin").key}
    visible = {
        name: letters_visible_to(cast[name]).count() for name in ("verifier", "unit_head", "inspector", "leader")
    }
    assert set(visible.values()) == {0}


def test_somebody_a_case_is_about_finds_no_trace_of_it_in_a_letter_with_others(case_in: CaseIn, cast: Cast) -> None:
    plain, hidden = late(case_in, count=2)
    hidden.subjects.create(person=cast.person("verifier"))
    Case.objects.filter(pk=hidden.pk).update(secret=True, guarded=True)
    for letter in send():
        seen = letters_visible_to(cast["verifier"]).filter(pk=letter.pk).first()
        if seen is None:
            assert not cases_in(letter, cast["verifier"]).exists()
            continue
        assert list(cases_in(seen, cast["verifier"])) == [plain]
        inside = letter.steps.filter(case=hidden).exists()
        assert may_read_paper(cast["verifier"], seen) is not inside
        assert (seen.cases, may_sign(cast["verifier"], seen)) == (1, False)


def test_a_logo_that_cannot_be_drawn_costs_the_logo_only(case_in: CaseIn, cast: Cast) -> None:
    Brand.objects.create(slug="uji", name="Uji", logo_svg="<svg", agency=agency_by_code("35.27"))
    late(case_in)
    (letter,) = send()
    assert letter.state == Letter.State.ISSUED
    assert "Uji" in paper(letter)


def test_a_worker_that_comes_back_in_the_evening_issues_at_the_opening_and_not_what_was_answered(
    case_in: CaseIn, cast: Cast
) -> None:
    answered, unanswered = late(case_in, count=2)
    watch_cases([answered.pk, unanswered.pk], now=DAY)
    evening = WEDNESDAY.replace(hour=20)
    assert sweep(now=evening).letters == 0
    assert Letter.objects.get().state == Letter.State.OPEN
    answer(answered, cast, evening + timedelta(minutes=30))
    watch_cases([answered.pk], now=evening + timedelta(minutes=30))
    assert sweep(now=THURSDAY.replace(hour=7, minute=59)).letters == 0
    opening = THURSDAY.replace(hour=8, minute=0)
    assert issue_open_letters(now=opening, office_hours=True) == 1
    letter = Letter.objects.get()
    assert letter.issued_at == opening
    assert unanswered.tracking_id in paper(letter)
    assert answered.tracking_id not in paper(letter)
