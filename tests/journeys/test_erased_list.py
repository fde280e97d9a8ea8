"""Who was forgotten stays forgotten after a restore from an older backup: the list outside the database (ADR 0054)."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tanggap.accounts.actor import TIMER
from tanggap.accounts.models import Person
from tanggap.cases.audit import audit
from tanggap.cases.erased_list import append_to, read_list
from tanggap.cases.identity import Contact, open_identity
from tanggap.cases.models import Case, Erasure, Reporter
from tanggap.cases.services.erase_account import erase_account
from tanggap.cases.services.erase_identity import ASKED, erase_identity
from tanggap.cases.services.repeat_erasures import repeat_erasures
from tanggap.common.clock import frozen
from tanggap.files.models import StoredFile
from tanggap.files.services.accept_upload import accept_upload
from tanggap.ledger.models import Event
from tests.cast import DAY, Cast
from tests.journeys.portal_walk import picture

pytestmark = pytest.mark.django_db
SITI = Contact(name="Siti Rahmawati", email="siti@contoh.id")
LATER = DAY + timedelta(days=9)


class Restored(Exception):
    """Ends a transaction, so that the database is what it was before."""


def restored_after(deed: Callable[[], object]) -> None:
    """Do something and come back to the moment before, as a backup does."""
    with suppress(Restored), transaction.atomic():
        deed()
        raise Restored


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "erasures.jsonl"


@pytest.fixture
def case(submit: Any) -> Case:
    accept_upload(stream=picture(), name="Siti.jpg", owner="draft:" + "a" * 32, now=DAY)
    case: Case = submit(text="Lampu padam. Salam, Siti Rahmawati.", contact=SITI, draft_token="a" * 32).case
    Erasure.objects.create(case=case, with_files=True, asked_at=DAY, due_at=DAY + timedelta(days=7))
    return case


def forget(case: Case, path: Path) -> None:
    erase_identity(tracking_id=case.tracking_id, why=ASKED, with_files=True, actor=TIMER, now=LATER)
    Erasure.objects.update(done_at=LATER)
    assert append_to(path) == 1


def test_what_was_erased_after_the_backup_is_erased_again_once(case: Case, submit: Any, path: Path) -> None:
    other = submit(contact=SITI).case
    restored_after(lambda: forget(case, path))
    assert open_identity(case).name == "Siti Rahmawati", "the backup brought it back"
    assert dict(repeat_erasures(erased=read_list(path), now=LATER)) == {"repeated": 1}
    assert Reporter.objects.get(case=case).erased_at == LATER
    assert StoredFile.objects.get().deleted_at is not None, "the files too, as was wished"
    assert Erasure.objects.get().done_at == LATER, "the wish in the backup is met"
    assert open_identity(other).name == "Siti Rahmawati"
    events = Event.objects.count()
    assert dict(repeat_erasures(erased=read_list(path), now=LATER)) == {"already": 1}
    assert Event.objects.count() == events
    assert append_to(path) == 0
    assert not list(audit())


def test_an_account_is_erased_again_but_never_one_that_got_its_number_since(cast: Cast, path: Path) -> None:
    citizen = cast.person("citizen")

    def erased() -> None:
        erase_account(person_id=citizen.pk, actor=TIMER, now=LATER)
        append_to(path)

    restored_after(erased)
    Person.objects.filter(pk=citizen.pk).update(joined_at=citizen.joined_at + timedelta(seconds=1))
    assert dict(repeat_erasures(erased=read_list(path), now=LATER)) == {"unknown": 1}
    Person.objects.filter(pk=citizen.pk).update(joined_at=citizen.joined_at)
    assert dict(repeat_erasures(erased=read_list(path), now=LATER)) == {"repeated": 1}
    citizen.refresh_from_db()
    assert (citizen.name, citizen.email) == ("", None)


def test_the_list_only_grows_names_nobody_and_bears_a_torn_line(case: Case, submit: Any, path: Path) -> None:
    forget(case, path)
    first = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(first) == {"at": LATER.astimezone(UTC).isoformat(), "case": case.tracking_id, "files": True}
    path.write_text(first + '{"case": "7KQ4-')
    other = submit(contact=SITI).case
    erase_identity(tracking_id=other.tracking_id, why=ASKED, actor=TIMER, now=LATER + timedelta(days=1))
    assert append_to(path) == 1
    assert path.read_text().startswith(first)
    assert [one.case for one in read_list(path)] == [case.tracking_id, other.tracking_id]
    assert append_to(path) == 0


@pytest.mark.parametrize(
    "line",
    ["", "null", "[]", "7", '{"at": "x", "case": "a"}', '{"at": "2026-11-28"}', '{"case": "a", "evil": 1}',
     '{"at": "2026-11-28", "case": "a", "account": 5}', "\x00"],
)  # fmt: skip
def test_a_line_that_is_none_is_passed_over(line: str, path: Path) -> None:
    path.write_text(line + "\n")
    assert list(read_list(path)) == []


def test_the_command_appends_and_repeats(case: Case, path: Path) -> None:
    def said(*arguments: str) -> str:
        out = StringIO()
        call_command("erasures", *arguments, stdout=out)
        return out.getvalue()

    assert said("--to", str(path)) == "appended\t0\n"
    with pytest.raises(CommandError):
        said("--replay", str(path))
    with frozen(LATER):
        restored_after(lambda: forget(case, path))
        assert said("--replay", str(path)) == "repeated\t1\n"
        assert said("--replay", str(path)) == "already\t1\n"
