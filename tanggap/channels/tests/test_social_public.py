"""What under a post is a report and what is not; and what is said where everybody reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tanggap.cases.models import Case, Message
from tanggap.channels.models import Inbound, InboundState
from tanggap.channels.tests.social import BUDI, FOLDER, HOOK, SITI, Networks, networks, payload
from tanggap.notify.models import ChannelConfig, DeliveryReport
from tests.cast import Cast
from tests.faults.peers.social import ACCOUNT, PAGE, Social, graph_error

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client, cast: Cast) -> Iterator[Networks]:
    with networks(client) as running:
        yield running


def comment(number: str, text: str, *, author: str = SITI, verb: str = "add", **more: Any) -> bytes:
    told = json.loads((FOLDER / "facebook" / "comment.json").read_bytes())
    value = told["entry"][0]["changes"][0]["value"]
    value |= {
        "comment_id": number,
        "message": text,
        "verb": verb,
        "from": {"id": author, "name": "Orang Contoh"},
        **more,
    }
    return json.dumps(told).encode()


# -- the door ----------------------------------------------------------------------------------------------------------


def test_meta_s_greeting_is_answered_to_whoever_knows_the_word(world: Networks) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "verify-me", "hub.challenge": "115820"}
    good = world.client.get(HOOK, query)
    assert (good.status_code, good.content) == (200, b"115820")
    assert world.client.get(HOOK, query | {"hub.verify_token": "x"}).status_code == 403
    assert world.client.get("/hooks/meta/lain", query).status_code == 404
    assert world.client.put(HOOK).status_code == 405


def test_what_is_not_signed_by_meta_is_not_kept(world: Networks) -> None:
    body = payload("facebook", "comment")
    assert world.bring(body, secret="another") == 403
    assert world.client.post(HOOK, body, content_type="application/json").status_code == 403
    changed, headers = body.replace(b"Lampu", b"Lempu"), world.peers.meta_signature(body)
    assert world.client.post(HOOK, changed, content_type="application/json", headers=headers).status_code == 403
    assert world.bring(b" " * (3 * 1024 * 1024 + 1)) == 413
    assert world.bring(b"{") == 400
    assert not Inbound.objects.exists()


def test_every_entry_change_and_message_of_a_batch_is_kept_sealed(world: Networks) -> None:
    assert world.bring(payload("facebook", "batch")) == 200
    rows = Inbound.objects.all()
    assert [row.channel for row in rows] == ["facebook"] * 4
    assert not any(b"RT 3" in bytes(row.sealed or b"") or "200_31" in row.external_id for row in rows)
    for _again in range(2):
        assert world.bring(payload("facebook", "batch")) == 200
    assert Inbound.objects.count() == 4
    world.take("facebook")
    assert Case.objects.filter(unconfirmed=True).count() == 2


def test_what_belongs_to_another_page_is_not_ours_to_keep(world: Networks) -> None:
    assert world.bring(payload("facebook", "other_page")) == 200
    assert not Inbound.objects.exists()


@pytest.mark.parametrize(
    ("channel", "name"),
    [
        ("facebook", "echo"),
        ("facebook", "reaction"),
        ("facebook", "share"),
        ("facebook", "comment_of_the_page"),
        ("instagram", "comment_of_ours"),
        ("instagram", "echo"),
    ],
)
def test_our_own_words_and_what_is_no_word_are_not_kept(world: Networks, channel: str, name: str) -> None:
    assert world.bring(payload(channel, name)) == 200
    assert not Inbound.objects.exists()


@pytest.mark.parametrize("name", ["malformed_changes", "malformed_messaging", "malformed_list"])
def test_what_nobody_can_read_harms_nothing(world: Networks, name: str) -> None:
    assert world.bring(payload("facebook", name)) == 200
    assert world.bring(payload("instagram", "malformed")) == 200
    world.take()
    assert not Case.objects.exists()
    assert set(Inbound.objects.values_list("state", flat=True)) <= {"stuck", "ignored", "done"}
    assert not DeliveryReport.objects.exists()


# -- report or not -----------------------------------------------------------------------------------------------------


def test_words_without_the_mark_are_no_report_and_get_no_answer(world: Networks) -> None:
    world.comes("facebook", "comment_without_mark")
    row = Inbound.objects.get()
    assert (row.state, row.reason) == (InboundState.DONE, "tidak memakai #LAPOR")
    assert not Case.objects.exists()
    assert not world.peers.taken()


def test_the_same_comment_by_feed_and_by_mention_is_one(world: Networks) -> None:
    world.comes("facebook", "mention")
    world.comes("facebook", "comment")
    assert Inbound.objects.count() == 1
    assert Case.objects.count() == 1
    # Where we were only named Meta lets nobody be written to in private.
    assert [one.kind for one in world.peers.taken("facebook")] == ["reply"]


def test_a_visitor_s_post_on_the_page_is_answered_under_it(world: Networks) -> None:
    world.comes("facebook", "post_on_page")
    case = Case.objects.get()
    assert case.narrative.agency_text == "Jembatan bambu di dusun Contoh patah, anak sekolah memutar."
    reply, question = world.peers.taken("facebook")
    assert (reply.address, dict(question.raw["recipient"])) == ("1708000001_210", {"post_id": "1708000001_210"})


def test_who_writes_on_our_page_without_the_mark_is_told_how_once_a_day(world: Networks) -> None:
    world.comes("facebook", "post_on_page_without_mark")
    (told,) = world.peers.taken("facebook")
    assert told.kind == "private"
    body = payload("facebook", "post_on_page_without_mark").replace(b"_211", b"_213")
    world.bring(body)
    world.take("facebook")
    assert len(world.peers.taken("facebook")) == 1
    assert not Case.objects.exists()


@pytest.mark.parametrize("text", ["#LAPOR", "#LAPOR 😡😡", "#lapor @lapor.contoh #viral", "#LAPOR\u200b\u202e"])
def test_the_mark_alone_is_no_report(world: Networks, text: str) -> None:
    world.bring(comment("200_500", text))
    world.take("facebook")
    assert not Case.objects.exists()
    assert [one.kind for one in world.peers.taken("facebook")] == ["private"]


def test_secrecy_asked_for_in_public_makes_no_report_and_no_number(world: Networks) -> None:
    world.comes("facebook", "comment_hidden_wish")
    assert not Case.objects.exists()
    (told,) = world.peers.taken("facebook")
    assert told.kind == "private"
    assert not any(word in told.text for word in ("desa", "bantuan"))


def test_who_cannot_be_written_to_is_asked_to_write_and_nothing_is_repeated(world: Networks) -> None:
    world.peers.private_once.add("200_302")
    world.comes("facebook", "comment_hidden_wish")
    (told,) = world.peers.taken("facebook")
    assert (told.kind, told.text) == ("reply", "Silakan tulis kepada kami lewat pesan pribadi, bukan di sini.")


def test_where_a_life_is_in_danger_the_report_exists_but_no_number_is_told(world: Networks) -> None:
    world.comes("facebook", "comment_urgent_hidden_wish")
    case = Case.objects.get()
    assert (case.urgent, case.secret, case.anonymous, case.unconfirmed) == (True, True, True, True)
    (told,) = world.peers.taken("facebook")
    assert "112" in told.text
    assert case.tracking_id not in told.text


def test_danger_in_public_shows_the_numbers_to_call(world: Networks) -> None:
    world.bring(comment("200_600", "#LAPOR kebakaran rumah di gang Contoh, api membesar, tolong"))
    world.take("facebook")
    assert "112" in world.peers.taken("facebook", "reply")[0].text


def test_the_same_words_under_many_posts_are_one_report_answered_once(world: Networks) -> None:
    for number in range(4):
        world.bring(comment(f"{number}_1", "#LAPOR  jalan berlubang di depan pasar CONTOH!"))
        world.take("facebook")
    assert Case.objects.count() == 1
    assert len(world.peers.taken("facebook", "reply")) == 1


def test_one_account_hands_in_five_a_day_and_others_are_not_held_up(world: Networks) -> None:
    places = ["pasar", "masjid", "sekolah", "kantor desa", "puskesmas", "terminal", "stadion"]
    for number, place in enumerate(places):
        world.bring(comment(f"{number}_2", f"#LAPOR jalan berlubang di depan {place} Contoh"))
    world.bring(comment("9_2", "#LAPOR jalan berlubang di depan bengkel Contoh", author=BUDI))
    world.take("facebook")
    assert Case.objects.count() == 6
    assert Inbound.objects.filter(reason__startswith="terlalu banyak").count() == 2
    world.at += timedelta(days=1, hours=1)
    world.bring(comment("10_2", "#LAPOR jalan berlubang di depan kolam Contoh"))
    world.take("facebook")
    assert Case.objects.count() == 7


# -- afterwards --------------------------------------------------------------------------------------------------------


def test_a_comment_written_anew_adds_its_words_once(world: Networks) -> None:
    world.comes("facebook", "comment")
    for _again in range(2):
        world.comes("facebook", "comment_edited")
    case = Case.objects.get()
    assert [message.text for message in Message.objects.filter(case=case)] == [
        "Lampu jalan di depan balai desa padam sejak tiga malam. Sekarang juga di jalan masjid."
    ]
    assert case.narrative.agency_text.endswith("warga takut lewat.")


def test_a_comment_of_another_author_changes_nothing_of_this_report(world: Networks) -> None:
    world.comes("facebook", "comment")
    world.bring(comment("200_301", "#LAPOR ini bohong semua, jangan percaya", author=BUDI, verb="edited"))
    world.take("facebook")
    assert not Message.objects.exists()


def test_a_comment_that_is_gone_ends_nothing_and_is_shown_nowhere(world: Networks) -> None:
    world.comes("facebook", "comment")
    world.comes("facebook", "comment_removed")
    case = Case.objects.get()
    assert (case.state, case.secret, case.anonymous) == ("unverified", True, False)


def test_a_comment_gone_before_it_was_answered_gets_no_answer(world: Networks) -> None:
    world.peers.fail("meta", graph_error(2), times=4)
    world.comes("facebook", "comment")
    world.comes("facebook", "comment_removed")
    world.at += timedelta(hours=2)
    world.take("facebook")
    assert not world.peers.taken()


def test_what_instagram_only_points_to_is_asked_for(world: Networks) -> None:
    found = {
        "id": "17911111111111301",
        "text": "#LAPOR pohon tumbang menutup jalan Contoh",
        "from": {"id": "1780000000007"},
    }
    world.peers.comments["17911111111111301"] = found
    world.comes("instagram", "mention")
    case = Case.objects.get()
    assert case.narrative.agency_text == "pohon tumbang menutup jalan Contoh"
    (reply,) = world.peers.taken("instagram")
    assert (reply.kind, reply.address) == ("mention", "17911111111111301")
    assert world.peers.calls[-1][1] == f"/v24.0/{ACCOUNT}/mentions"


def test_what_is_gone_when_we_ask_is_no_report(world: Networks) -> None:
    world.comes("instagram", "mention")
    assert Inbound.objects.get().state == InboundState.IGNORED


def test_when_meta_does_not_answer_the_word_waits(world: Networks) -> None:
    world.peers.fail("meta", graph_error(2, status=503))
    world.comes("instagram", "mention")
    assert Inbound.objects.get().state == InboundState.NEW


def test_one_app_serves_page_and_account_and_neither_hides_x(world: Networks) -> None:
    channels = ChannelConfig.objects.order_by("channel").values_list("channel", flat=True)
    assert list(channels) == ["facebook", "instagram", "x"]
    assert isinstance(world.peers, Social)
    assert PAGE != ACCOUNT
