"""What people type stands beside the events, so that it can be shredded; what is hashed proves it (ADR 0054)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tanggap.accounts.actor import TIMER
from tanggap.cases.audit import audit
from tanggap.cases.identity import Contact
from tanggap.cases.models import Case
from tanggap.cases.selectors.thread import Audience, thread_for
from tanggap.cases.services.erase_identity import ASKED, erase_identity
from tanggap.cases.services.reopen_case import reopen_case
from tanggap.cases.services.return_case import return_case
from tanggap.cases.services.reveal_identity import reveal_identity
from tanggap.cases.telling import words
from tanggap.ledger.models import Event
from tanggap.ledger.selectors import chain_is_intact, events_of
from tanggap.ledger.services.record import record
from tests.cast import DAY, Cast
from tests.paths import HOUR, bring

pytestmark = pytest.mark.django_db
SITI = Contact(name="Siti Rahmawati", email="siti@contoh.id")
TITLE = "Lampu padam di depan rumah Rahmawati"


@pytest.fixture
def case(submit: Any, cast: Cast) -> Case:
    """Titled, opened and given back, each with words about the reporter."""
    one: Case = bring("forwarded", submit, cast, contact=SITI, title=TITLE)
    number, officer = one.tracking_id, cast["officer"]
    reveal_identity(tracking_id=number, reason="Menelepon Bu Rahmawati.", actor=officer, now=DAY + 2 * HOUR)
    return_case(tracking_id=number, reason="Bu Rahmawati warga kota lain.", actor=officer, now=DAY + 3 * HOUR)
    return Case.objects.get(pk=one.pk)


def test_typed_words_stand_beside_the_event_and_are_read_from_there(case: Case) -> None:
    events = list(events_of(case.stream))
    assert "Rahmawati" not in str([event.data for event in events])
    assert "Rahmawati" in str([event.personal for event in events])
    (revealed,) = [row for row in thread_for(case, Audience.REPORTER) if row.event == "case.identity_revealed"]
    assert revealed.facts["reason"] == "Menelepon Bu Rahmawati."
    returned = next(event for event in events if event.name == "case.returned")
    assert words.reason(case, returned) == "Bu Rahmawati warga kota lain."
    assert returned.data["to"] == case.agency.code, "codes are hashed as they are"
    assert not list(audit())


def test_forgetting_shreds_them_and_the_chain_still_verifies(case: Case) -> None:
    now = DAY + timedelta(days=8)
    erase_identity(tracking_id=case.tracking_id, why=ASKED, actor=TIMER, now=now)
    events = list(events_of(case.stream))
    assert "Rahmawati" not in str([(event.data, event.personal) for event in events])
    assert chain_is_intact(events)
    assert not list(audit())
    returned = next(event for event in events if event.name == "case.returned")
    assert words.reason(case, returned) == ""
    (revealed,) = [row for row in thread_for(case, Audience.REPORTER) if row.event == "case.identity_revealed"]
    assert revealed.facts["reason"] == ""


def test_a_public_reason_for_reopening_is_shredded_too(submit: Any, cast: Cast) -> None:
    case = bring("closed", submit, cast, contact=SITI)
    number, now = case.tracking_id, DAY + timedelta(days=3)
    reopen_case(tracking_id=number, reason="Keluhan Bu Rahmawati benar.", actor=cast["national_admin"], now=now)
    erase_identity(tracking_id=number, why=ASKED, actor=TIMER, now=now + HOUR)
    assert "Rahmawati" not in str(list(Event.objects.values_list("data", "personal")))
    assert not list(audit())


def test_a_title_that_was_altered_shows(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(title="Judul lain")
    assert [found.what for found in audit()] == ["berbeda dari kejadiannya: title"]
    told = Event.objects.filter(stream=case.stream, data__changes__has_key="title").latest("seq")
    Case.objects.filter(pk=case.pk).update(title=told.data["changes"]["title"])
    assert [found.what for found in audit()] == ["berbeda dari kejadiannya: title"], "the digest is no title"


def test_older_events_are_read_and_proved_as_they_are(case: Case) -> None:
    """Written before words stood beside: the ledger cannot be rewritten."""
    old = {"stream": case.stream, "actor": "timer", "at": DAY + 4 * HOUR}
    record("case.corrected", data={"changes": {"title": "Judul lama"}}, **old)
    returned = record("case.returned", data={"from": "35.27/dpupr", "to": "35.27", "reason": "Alasan lama."}, **old)
    Case.objects.filter(pk=case.pk).update(title="Judul lama")
    assert not list(audit())
    assert words.reason(case, returned) == "Alasan lama."
    assert "Alasan lama." in [row.facts.get("reason") for row in thread_for(case, Audience.STAFF)]
    Case.objects.filter(pk=case.pk).update(title="Judul lain")
    assert len(list(audit())) == 1
