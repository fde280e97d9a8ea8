"""What the public reads is hidden and shown again with a reason that everybody reads, by nobody whom it is about."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tanggap.cases.models import Case
from tanggap.cases.selectors import Audience, thread_for
from tanggap.cases.services.look_at_words import look_at_words
from tanggap.cases.services.moderate_words import moderate_words
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.cases.services.show_unseen_words import show_unseen_words
from tanggap.common.clock import frozen
from tanggap.common.errors import Forbidden, Invalid, NotFound, Refused
from tanggap.files.models import StoredFile, Visibility
from tanggap.files.services.keep_document import keep_document
from tanggap.ledger.models import Event
from tests.cast import DAY, Cast
from tests.journeys.console import sign_in
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
    assert RUDE not in page(client, case), "nobody read it yet"
    look_at_words(tracking_id=case.tracking_id, actor=cast["officer"], now=NOW)
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


def reply(case: Case, cast: Cast) -> None:
    writer = cast["citizen"].proving(case.pk)
    reply_to_case(tracking_id=case.tracking_id, text=RUDE, actor=writer, now=DAY + 5 * HOUR)


@pytest.fixture
def replied(case: Case, cast: Cast) -> Case:
    reply(case, cast)
    return case


def test_a_reply_is_public_once_an_officer_acted_upon_it_and_its_author_reads_it_at_once(
    client: Client, submit: Any, cast: Cast
) -> None:
    replied = bring("in_progress", submit, cast)
    reply(replied, cast)
    assert RUDE not in page(client, replied)
    assert RUDE not in client.get(f"/l/{replied.tracking_id}/umpan.xml").content.decode()
    assert "Tampil setelah dibaca petugas" in page(client, replied)
    assert RUDE in str(thread_for(replied, Audience.REPORTER))
    with frozen(NOW):
        officer = sign_in(cast, "officer")
        assert RUDE in officer.open(replied).content.decode()
        assert RUDE not in page(client, replied), "opening the page is no act"
        said = "Regu penerangan memeriksa Jalan Randu besok pagi pukul delapan."
        assert officer.do(replied, "tanggapan", text=said).status_code == 302
    assert RUDE in page(client, replied)
    assert Event.objects.filter(name="case.words_looked_at", stream=replied.stream).count() == 1


def test_it_can_be_marked_as_read_by_whoever_handles_the_case_and_by_nobody_else(
    client: Client, replied: Case, cast: Cast
) -> None:
    for by in ("outsider", "health_officer", "leader", "anonymous"):
        with pytest.raises(Forbidden):
            look_at_words(tracking_id=replied.tracking_id, actor=cast[by], now=NOW)
    with frozen(NOW):
        assert sign_in(cast, "officer").do(replied, "sudah-dibaca").status_code == 302
    assert RUDE in page(client, replied)
    assert look_at_words(tracking_id=replied.tracking_id, actor=cast["officer"], now=NOW) == 0


def test_silence_hides_no_objection(client: Client, replied: Case) -> None:
    assert show_unseen_words(now=DAY + 3 * 24 * HOUR) == 0
    assert show_unseen_words(now=DAY + 4 * 24 * HOUR) == 1
    assert RUDE in page(client, replied)


def test_a_file_of_hidden_or_unread_words_is_reached_by_no_address(client: Client, replied: Case, cast: Cast) -> None:
    entry = replied.messages.get(kind="reply").pk
    stored = keep_document(content=b"%PDF-1.7", name="foto.pdf", owner=f"message:{entry}", now=NOW)
    StoredFile.objects.update(visibility=Visibility.PUBLIC)
    address = f"/l/{replied.tracking_id}/berkas/{stored.token}"
    assert client.get(address).status_code == 404
    look_at_words(tracking_id=replied.tracking_id, actor=cast["officer"], now=NOW)
    shown = client.get(address)
    assert shown.status_code == 200
    assert b"".join(shown.streaming_content)
    moderate(replied, cast, message_id=entry)
    assert client.get(address).status_code == 404
