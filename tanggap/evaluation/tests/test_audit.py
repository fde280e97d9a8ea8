"""Whoever alters a row, a text or an event behind the product's back is found out, and the case is named."""

import pytest
from django.core.management import call_command
from django.db import connection

from tanggap.cases.models import Case, Message, Narrative
from tanggap.cases.services.merge_cases import merge_cases
from tanggap.cases.services.object_to_case import object_to_case
from tanggap.cases.services.raise_confidentiality import raise_confidentiality
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.cases.services.split_case import split_case
from tanggap.cases.tests.past_files import CLOSED, run, write_file
from tanggap.cases.workflow import State
from tanggap.directory.selectors import agency_by_code
from tests.cast import DAY
from tests.paths import HOUR

pytestmark = pytest.mark.django_db


@pytest.fixture
def audited(capsys):
    """The command's exit and its lines."""

    def made() -> tuple[int, list[str]]:
        code = 0
        capsys.readouterr()
        try:
            call_command("audit")
        except SystemExit as stop:
            code = int(stop.code)
        return code, capsys.readouterr().out.splitlines()

    return made


@pytest.fixture
def old_case(tmp_path, capsys):
    """An imported closed case among others."""
    others = [{**CLOSED, "tracking_id": str(n), "text": f"Lampu padam {n}."} for n in range(4)]
    run(write_file(tmp_path / "lama.csv", [*others[:2], CLOSED, *others[2:]]), capsys)
    return Case.objects.get(aliases__value="#2007157")


def behind_its_back(sql: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_event DISABLE TRIGGER USER")
        cursor.execute(sql, parameters)
        cursor.execute("ALTER TABLE ledger_event ENABLE TRIGGER USER")


def test_nothing_differs_after_an_import(old_case, audited):
    assert audited() == (0, ["Tidak ada yang berbeda."])


def test_nothing_differs_after_every_kind_of_move(case_in, cast, audited):
    cases = {state: case_in(state) for state in State}
    reporter = {state: cast["anonymous"].proving(case.pk) for state, case in cases.items()}
    later = DAY + 5 * HOUR

    def number(state):
        return cases[state].tracking_id

    reply_to_case(tracking_id=number("on_hold"), text="Nomor 12.", actor=reporter["on_hold"], now=later)
    object_to_case(tracking_id=number("answered"), text="Masih padam.", actor=reporter["answered"], now=later)
    raise_confidentiality(tracking_id=number("answered"), actor=reporter["answered"], now=later, anonymous=True)
    merge_cases(tracking_id=number("forwarded"), into=number("in_progress"), actor=cast["verifier"], now=later)
    split_case(
        tracking_id=number("in_progress"), agencies=[agency_by_code("35.27/dinkes")], actor=cast["verifier"], now=later
    )
    assert audited() == (0, ["Tidak ada yang berbeda."])


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("UPDATE cases_case SET state = 'in_progress' WHERE id = %s", "state"),
        ("UPDATE cases_case SET closed_at = closed_at - interval '1 day' WHERE id = %s", "closed_at"),
        ("UPDATE cases_case SET answer_due_at = answer_due_at + interval '1 us' WHERE id = %s", "answer_due_at"),
        ("UPDATE cases_case SET agency_id = body_id WHERE id = %s", "agency_id"),
        ("UPDATE cases_case SET title = 'Lain' WHERE id = %s", "title"),
        ("UPDATE cases_case SET rating = NULL WHERE id = %s", "rating"),
        ("UPDATE cases_case SET secret = true WHERE id = %s", "secret"),
        ("UPDATE cases_narrative SET public_text = 'Lain' WHERE case_id = %s", "narrative"),
        ("UPDATE cases_narrative SET agency_text = 'Lain' WHERE case_id = %s", "narrative"),
        ("DELETE FROM cases_narrative WHERE case_id = %s", "narrative"),
        ("DELETE FROM ledger_event WHERE stream = 'case:' || %s AND name = 'case.rated'", "rating"),
        ("DELETE FROM ledger_event WHERE stream = 'case:' || %s", "tidak ada kejadian"),
        ("UPDATE ledger_event SET at = at - interval '1 h' WHERE seq = 3 AND stream = 'case:' || %s", "diubah"),
        ("DELETE FROM ledger_event WHERE seq = 3 AND stream = 'case:' || %s", "hilang"),
    ],
)
def test_what_was_altered_behind_its_back_is_named_with_number_and_alias(old_case, audited, sql, named):
    behind_its_back(sql, old_case.pk)
    code, lines = audited()
    assert code == 1
    assert lines
    assert all(line.startswith(f"{old_case.tracking_id}\t#2007157\t") for line in lines)
    assert named in " ".join(lines)


def test_a_case_taken_away_leaves_its_events(old_case, audited):
    number = old_case.tracking_id
    old_case.delete()
    code, (line,) = audited()
    assert (code, line.split("\t")[0]) == (1, number)


@pytest.mark.parametrize("change", ["alter", "delete", "slip_in"])
def test_a_thread_that_was_altered_names_its_case(case_in, audited, change):
    case, _other = case_in("answered"), case_in("answered")
    message = Message.objects.get(case=case, kind="final")
    if change == "alter":
        Message.objects.filter(pk=message.pk).update(text="Sudah dikerjakan kemarin oleh regu lain di sana.")
    elif change == "delete":
        message.delete()
    else:
        Message.objects.create(case=case, kind="final", at=DAY, author_key="person:1", text="Sudah.")
    code, (line,) = audited()
    assert (code, line.split("\t")[0]) == (1, case.tracking_id)
    assert "message:" in line


def test_what_differs_is_named_and_never_shown(old_case, audited):
    Narrative.objects.filter(case=old_case).update(agency_text="Rahasia Siti")
    Case.objects.filter(pk=old_case.pk).update(title="Rahasia Budi")
    assert "Rahasia" not in " ".join(audited()[1])


def test_the_audit_reads_in_batches_and_misses_nothing_at_their_edges(old_case, audited, monkeypatch):
    monkeypatch.setattr("tanggap.cases.audit.BATCH", 2)
    assert audited()[0] == 0
    Case.objects.filter(pk__gt=old_case.pk).update(state="forwarded")
    assert len(audited()[1]) == 2
