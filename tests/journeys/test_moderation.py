"""What the public reads is hidden and shown again with a reason that everybody reads, by nobody whom it is about."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tanggap.cases.models import Case
from tanggap.cases.services.moderate_words import moderate_words
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.common.clock import frozen
from tanggap.common.errors import Forbidden, Invalid, NotFound, Refused
from tanggap.ledger.models import Event
from tests.cast import DAY, Cast
from tests.journeys.portal_walk import read
from tests.paths import DONE, HOUR, bring

pytestmark = pytest.mark.django_db
NOW = DAY + 8 * HOUR
RUDE = "Pejabat itu bodoh sekali menurut saya."


@pytest.fixture
def case(submit: Any, cast: Cast) -> Case:
    return bring("answered", submit, cast)


def moderate(case: Case, cast: Cast, *, by: str = "verifier", hide: bool = True, **given: Any) -> None:
    actor = cast[by].proving(case.pk) if by == "citizen" else cast[by]
    given = {"reason": "Memuat fitnah terhadap seseorang.", **given}
    moderate_words(tracking_id=case.tracking_id, hide=hide, actor=actor, now=NOW, **given)


def page(client: Client, case: Case) -> str:
    with frozen(NOW):
        return read(client.get(f"/l/{case.tracking_id}")).text


def test_a_hidden_case_leaves_every_public_page_and_comes_back(client: Client, case: Case, cast: Cast) -> None:
    moderate(case, cast)
    assert "Jalan Randu" not in page(client, case)
    assert case.tracking_id not in client.get("/laporan/", {"q": "lampu"}).content.decode()
    assert client.get(f"/l/{case.tracking_id}/umpan.xml").status_code == 404
    moderate(case, cast, hide=False, reason="Setelah diperiksa ulang ternyata benar.")
    said = page(client, case)
    assert "Jalan Randu" in said
    assert "Memuat fitnah terhadap seseorang." in said
    assert case.tracking_id in client.get("/laporan/", {"q": "lampu"}).content.decode()


def test_the_history_tells_who_published_and_hid_it(case: Case, cast: Cast) -> None:
    moderate(case, cast)
    moderate(case, cast, hide=False)
    told = [
        (event.name, event.data["published"], bool(event.actor))
        for event in Event.objects.filter(stream=case.stream).order_by("pk")
        if "published" in event.data
    ]
    assert told == [("case.verified", True, True), ("case.words_hidden", False, True), ("case.words_shown", True, True)]


def test_one_entry_is_hidden_from_page_feed_and_search_and_officers_read_on(
    client: Client, case: Case, cast: Cast
) -> None:
    entry = case.messages.get(kind="final").pk
    moderate(case, cast, message_id=entry)
    assert DONE not in page(client, case)
    assert "Disembunyikan dari umum" in page(client, case)
    assert DONE not in client.get(f"/l/{case.tracking_id}/umpan.xml").content.decode()
    assert case.tracking_id not in client.get("/laporan/", {"q": "regu penerangan"}).content.decode()
    with pytest.raises(Refused):
        moderate(case, cast, message_id=entry)
    moderate(case, cast, message_id=entry, hide=False)
    assert DONE in page(client, case)


def test_reporters_hide_their_own_replies_at_once_and_nobody_shows_them_again(
    client: Client, case: Case, cast: Cast
) -> None:
    writer = cast["citizen"].proving(case.pk)
    reply_to_case(tracking_id=case.tracking_id, text=RUDE, actor=writer, now=DAY + 5 * HOUR)
    assert RUDE in page(client, case)
    entry = case.messages.get(kind="reply").pk
    moderate(case, cast, by="citizen", message_id=entry, reason="")
    assert RUDE not in page(client, case)
    with pytest.raises(Refused):
        moderate(case, cast, message_id=entry, hide=False)
    assert RUDE not in page(client, case)


def test_nobody_hides_what_is_not_theirs_to_hide(case: Case, cast: Cast) -> None:
    answer = case.messages.get(kind="final").pk
    for by in ("officer", "outsider", "evaluator", "anonymous"):
        with pytest.raises(Forbidden):
            moderate(case, cast, by=by)
    for refused, given in (
        (NotFound, {"by": "citizen", "message_id": answer}),
        (NotFound, {"message_id": 999_999}),
        (Invalid, {"by": "citizen"}),
        (Invalid, {"reason": " \x00"}),
    ):
        with pytest.raises(refused):
            moderate(case, cast, **given)
    assert not Event.objects.filter(name="case.words_hidden").exists()


def test_the_reporters_page_offers_it_and_survives_bad_input(client: Client, submit: Any, cast: Cast) -> None:
    receipt = submit()
    with frozen(NOW):
        client.post(f"/l/{receipt.case.tracking_id}/kode", {"code": receipt.secret_code})
        for entry in ("", "x", "0", "9" * 40, "999999"):
            assert client.post(f"/l/{receipt.case.tracking_id}/sembunyikan", {"entry": entry}).status_code in (
                404,
                409,
                422,
            )
