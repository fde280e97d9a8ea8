"""Whom a public case tells about asks to be hidden: moderators decide with a reason, and nothing of the wish stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tanggap.cases.models import Case, HidingRequest, IntakeLimit
from tanggap.cases.services.ask_hiding import MOST_WAITING
from tanggap.common.clock import frozen
from tanggap.directory import cache
from tanggap.ledger.models import Event
from tanggap.notify.addressing import address_of
from tanggap.notify.models import Message
from tanggap.notify.rendering import sealed_words
from tests.cast import DAY, Cast
from tests.journeys.console import sign_in
from tests.journeys.portal_walk import read
from tests.paths import DONE, HOUR, bring

pytestmark = pytest.mark.django_db
NOW = DAY + 8 * HOUR
WORDS, REASON, MINE = "Nama paman saya Sutrisno", "Dia bukan yang dimaksud laporan ini", "keponakan@contoh.id"
PUBLIC_REASON = "Memuat nama orang yang bukan pejabat."


@pytest.fixture
def case(submit: Any, cast: Cast) -> Case:
    return bring("answered", submit, cast)


@pytest.fixture
def ask(client: Client, case: Case) -> Callable[..., Any]:
    def asked(at: Case = case, **other: str) -> Any:
        given = {"about": "family", "words": WORDS, "reason": REASON, "email": MINE, **other}
        with frozen(NOW):
            return client.post(f"/l/{at.tracking_id}/data-saya", given)

    return asked


@pytest.fixture
def decide(cast: Cast, case: Case) -> Callable[..., Any]:
    def decided(by: str = "verifier", **other: str) -> Any:
        row = HidingRequest.objects.first()
        given = {"request": row.pk if row else 1, "decision": "accept", "entry": "laporan", "reason": PUBLIC_REASON}
        with frozen(NOW + HOUR):
            officer = sign_in(cast, by)
            return officer.post(f"/kerja/l/{case.tracking_id}/permintaan/", given | other)

    return decided


def everything_kept() -> str:
    rows = [list(model.objects.values_list()) for model in (HidingRequest, Event, Message)]
    return str(rows)


def steps(case: Case) -> list[str]:
    names = Event.objects.filter(stream=case.stream, name__contains="hid").order_by("pk").values_list("name", flat=True)
    return list(names)


def test_a_wish_is_kept_unread_shown_to_moderators_and_never_to_the_unit_or_the_public(
    client: Client, case: Case, ask: Callable[..., Any], cast: Cast
) -> None:
    with frozen(NOW):
        assert f"/l/{case.tracking_id}/data-saya" in client.get(f"/l/{case.tracking_id}").content.decode()
    assert ask().status_code == 302
    assert not any(word in everything_kept() for word in (WORDS, REASON, MINE, "Sutrisno"))
    with frozen(NOW):
        public = read(client.get(f"/l/{case.tracking_id}")).text
        assert "Sutrisno" not in public
        assert "meminta" not in public
        officer, moderator = sign_in(cast, "officer"), sign_in(cast, "verifier")
        assert "/permintaan/" not in officer.get(f"/kerja/l/{case.tracking_id}/").content.decode()
        assert officer.get(f"/kerja/l/{case.tracking_id}/permintaan/").status_code == 404
        assert officer.get("/kerja/permintaan/").status_code == 404
        assert case.tracking_id in moderator.get("/kerja/permintaan/").content.decode()
        assert case.tracking_id not in sign_in(cast, "outsider").get("/kerja/permintaan/").content.decode()
        assert "1 permintaan menunggu" in moderator.get("/kerja/peringatan/").content.decode()
        shown = moderator.get(f"/kerja/l/{case.tracking_id}/permintaan/").content.decode()
    assert WORDS in shown
    assert MINE not in shown, "whoever decides needs no address"


def test_accepting_hides_with_the_public_reason_and_answers_the_asker(
    client: Client, case: Case, ask: Callable[..., Any], decide: Callable[..., Any]
) -> None:
    ask()
    entry = case.messages.get(kind="final").pk
    assert decide(entry=str(entry)).status_code == 302
    with frozen(NOW + HOUR):
        said = read(client.get(f"/l/{case.tracking_id}")).text
    assert DONE not in said
    letter = Message.objects.get(key__startswith="hiding:")
    assert address_of(letter) == MINE
    assert PUBLIC_REASON in sealed_words(letter)
    assert steps(case) == ["case.hiding_asked", "case.words_hidden", "case.hiding_accepted"]
    row = HidingRequest.objects.get()
    assert (row.accepted, row.sealed) == (True, None)
    assert not any(word in everything_kept() for word in (WORDS, REASON, MINE))


def test_declining_says_why_and_changes_nothing_public(
    client: Client, case: Case, ask: Callable[..., Any], decide: Callable[..., Any]
) -> None:
    ask(email="")
    assert decide(decision="decline", reason="").status_code == 422
    assert decide(decision="decline", reason="Yang disebut pejabat dalam tugasnya.").status_code == 302
    with frozen(NOW + HOUR):
        said = read(client.get(f"/l/{case.tracking_id}")).text
    assert DONE in said
    assert "Yang disebut pejabat" not in said
    assert not Message.objects.filter(key__startswith="hiding:").exists()
    assert steps(case) == ["case.hiding_asked", "case.hiding_declined"]
    assert HidingRequest.objects.get().sealed is None
    assert decide(decision="decline").status_code in (404, 422), "a decision is made once"


@pytest.mark.parametrize("by", ["officer", "outsider", "evaluator"])
def test_only_moderators_of_the_case_decide(ask: Callable[..., Any], decide: Callable[..., Any], by: str) -> None:
    ask()
    assert decide(by=by).status_code in (403, 404)
    assert HidingRequest.objects.get().decided_at is None


@pytest.mark.parametrize("given", [{"secret": True}, {"classification": "supervisory_complaint"}, {}])
def test_what_is_not_public_has_no_such_page(
    client: Client, ask: Callable[..., Any], submit: Any, cast: Cast, given: dict[str, Any]
) -> None:
    hidden = bring("unverified", submit, cast, **given)
    with frozen(NOW):
        assert client.get(f"/l/{hidden.tracking_id}/data-saya").status_code == 404
    assert ask(at=hidden).status_code == 404
    assert not HidingRequest.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"words": " \x00"}, {"reason": ""}, {"about": "x"}, {"email": "bukan"}, {"email": "a@b.id\nBcc: x@b.id"},
     {"words": "x" * 2001}],
)  # fmt: skip
def test_bad_input_is_said_beside_its_field(ask: Callable[..., Any], wrong: dict[str, str]) -> None:
    assert ask(**wrong).status_code == 422
    assert not HidingRequest.objects.exists()


def test_a_flood_is_stopped_by_source_and_by_case(ask: Callable[..., Any]) -> None:
    IntakeLimit.objects.filter(channel="hiding").update(amount=MOST_WAITING + 1)
    cache.clear()
    answers = [ask().status_code for _ in range(MOST_WAITING + 2)]
    assert answers == [302] * MOST_WAITING + [429, 429]
    assert HidingRequest.objects.count() == MOST_WAITING
