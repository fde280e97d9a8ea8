"""A word under a post becomes a report, its author confirms it in private, and the answer comes back there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tanggap.cases.models import Case
from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.telling.deliveries import deliveries_of
from tanggap.channels.models import Chat, Inbound
from tanggap.channels.tests.social import IG_PERSON, SITI, X_PERSON, Networks, networks
from tanggap.directory.selectors import calendar_of
from tests.cast import Cast
from tests.faults.peers.social import direct, post
from tests.paths import final, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client, cast: Cast) -> Iterator[Networks]:
    with networks(client) as running:
        yield running


def answered(world: Networks, cast: Cast, case: Case) -> tuple[str, ...]:
    """Verified, answered, told; how the answer went out, as it stands in the thread."""
    verify(case, cast, "35.27/dpupr", world.at)
    answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast["officer"], now=world.at)
    world.take(case.channel)
    lines = deliveries_of(Case.objects.get(pk=case.pk), calendar_of(case.agency_id).zone)
    return tuple(line for entry in lines.values() for line in entry)


def only_case() -> Case:
    return Case.objects.select_related("agency__body").get()


def test_a_comment_on_facebook_comes_full_circle(world: Networks, cast: Cast) -> None:
    world.comes("facebook", "comment")
    case = only_case()
    assert case.narrative.agency_text == "Lampu jalan di depan balai desa padam sejak tiga malam, warga takut lewat."
    assert (case.channel, case.unconfirmed, case.agency.code) == ("facebook", True, "35.27")
    reply, question = world.peers.taken("facebook")
    assert (reply.kind, reply.address) == ("reply", "200_301")
    assert case.tracking_id in reply.text
    assert not any(word in reply.text for word in ("Siti", "ampu", "http"))
    assert (question.kind, question.address) == ("private", "200_301")
    assert case.tracking_id in question.text

    world.writes("facebook", SITI, "Ya, benar")
    case.refresh_from_db()
    assert not case.unconfirmed
    assert Chat.objects.get().case_id == case.pk
    assert case.tracking_id in world.peers.taken("facebook")[-1].text

    lines = answered(world, cast, case)
    told = world.peers.taken("facebook", "message")[-1]
    assert (told.address, case.tracking_id in told.text) == (SITI, True)
    assert lines[0].startswith("Facebook, terkirim")
    own = world.peers.settings("meta")["page_id"]
    event = {"sender": {"id": SITI}, "recipient": {"id": own}, "delivery": {"mids": [told.provider_id]}}
    world.messaging("facebook", own, event)
    (line,) = deliveries_of(case, calendar_of(case.agency_id).zone).popitem()[1]
    assert line.startswith("Facebook, sampai")
    watermark = int(world.at.timestamp() * 1000) + 60_000
    world.messaging("facebook", own, {**event, "delivery": None, "read": {"watermark": watermark}})
    (line,) = deliveries_of(case, calendar_of(case.agency_id).zone).popitem()[1]
    assert line.startswith("Facebook, dibaca")


def test_a_comment_on_instagram_comes_full_circle(world: Networks, cast: Cast) -> None:
    world.comes("instagram", "comment")
    case = only_case()
    assert case.narrative.agency_text == "Trotoar di Jalan Contoh rusak, kursi roda tidak bisa lewat"
    reply, question = world.peers.taken("instagram")
    assert (reply.kind, reply.address, question.kind) == ("reply", "17900000000000301", "private")
    world.writes("instagram", IG_PERSON, "YA")
    case.refresh_from_db()
    assert not case.unconfirmed
    answered(world, cast, case)
    told = world.peers.taken("instagram", "message")[-1]
    assert told.address == IG_PERSON
    own = world.peers.settings("meta")["instagram_id"]
    event = {"sender": {"id": IG_PERSON}, "recipient": {"id": own}, "read": {"mid": told.provider_id}}
    world.messaging("instagram", own, event)
    (line,) = deliveries_of(case, calendar_of(case.agency_id).zone).popitem()[1]
    assert line.startswith("Instagram, dibaca")


def test_a_post_on_x_comes_full_circle(world: Networks, cast: Cast) -> None:
    words = "#LAPOR halte Contoh gelap setiap malam dan sering ada copet @lapor_contoh"
    world.peers.mentions.append(post("1990000000000000101", X_PERSON, words))
    assert world.poll() == 1
    case = only_case()
    assert (case.channel, case.narrative.agency_text) == ("x", "halte Contoh gelap setiap malam dan sering ada copet")
    reply, question = world.peers.taken("x")
    assert (reply.kind, reply.address) == ("reply", "1990000000000000101")
    assert case.tracking_id in reply.text
    assert "http" not in reply.text
    assert (question.kind, question.address) == ("message", X_PERSON)
    world.peers.messages.append(direct("1990000000000000500", X_PERSON, "ya"))
    assert world.poll() == 1
    case.refresh_from_db()
    assert not case.unconfirmed
    lines = answered(world, cast, case)
    told = world.peers.taken("x", "message")[-1]
    assert (told.address, case.tracking_id in told.text) == (X_PERSON, True)
    assert lines[0].startswith("X, sampai")


def test_who_never_answers_is_told_under_the_post_and_only_number_and_state(world: Networks, cast: Cast) -> None:
    world.comes("facebook", "comment")
    case = only_case()
    lines = answered(world, cast, case)
    told = world.peers.taken("facebook", "reply")[-1]
    assert told.text == f"Jawaban atas laporan {case.tracking_id}"
    assert lines[0].startswith("Facebook, terkirim")
    # Verified, but not said for everybody: number and what the person would miss most, no more.
    assert len(world.peers.taken("facebook")) == 3


def test_after_the_window_the_answer_stands_under_the_post(world: Networks, cast: Cast) -> None:
    world.comes("facebook", "comment")
    world.writes("facebook", SITI, "ya")
    world.peers.closed_windows.add(SITI)
    answered(world, cast, only_case())
    assert world.peers.taken("facebook")[-1].text.startswith("Jawaban atas laporan")


def test_it_was_not_me(world: Networks) -> None:
    world.comes("facebook", "comment")
    world.writes("facebook", SITI, "Bukan saya!")
    case = only_case()
    assert (case.state, case.archive_reason) == ("archived", "withdrawn")
    # Nothing of it is waiting any more: a yes is no answer to it.
    assert "dibatalkan" in world.peers.taken("facebook", "message")[0].text


def test_a_report_kept_secret_in_private_is_spoken_of_nowhere(world: Networks, cast: Cast) -> None:
    world.comes("facebook", "comment")
    world.writes("facebook", SITI, "rahasia")
    case = only_case()
    assert (case.secret, case.anonymous, case.unconfirmed) == (True, True, False)
    world.peers.closed_windows.add(SITI)
    said = len(world.peers.taken("facebook", "reply"))
    lines = answered(world, cast, case)
    assert len(world.peers.taken("facebook", "reply")) == said
    assert lines[0].endswith("tidak sampai")


def test_nobody_else_confirms_or_takes_back(world: Networks) -> None:
    world.comes("facebook", "comment")
    case = only_case()
    before = Inbound.objects.count()
    world.writes("facebook", "5000000000000009", f"BATAL {case.tracking_id}", mid="m_other")
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.unconfirmed) == ("unverified", True)
    assert Inbound.objects.count() == before + 1


def test_who_adds_to_the_report_in_private_has_confirmed_it(world: Networks) -> None:
    world.comes("facebook", "comment")
    case = only_case()
    world.writes("facebook", SITI, f"{case.tracking_id} Letaknya di depan SD Negeri 3, dekat gapura")
    case.refresh_from_db()
    assert "gapura" in case.messages.get().text
    assert not case.unconfirmed


def test_yes_to_a_report_told_in_private_is_not_taken_for_the_one_in_public(world: Networks) -> None:
    world.comes("facebook", "comment")
    case = only_case()
    world.writes("facebook", SITI, "baru: Sampah di pasar Contoh tidak diangkut sudah dua minggu, baunya menyengat")
    world.writes("facebook", SITI, "batal")
    case.refresh_from_db()
    assert (case.state, case.unconfirmed) == ("unverified", True)
