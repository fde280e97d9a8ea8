"""X is asked seldom, from where the last look ended, and left alone when it says so."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tanggap.cases.models import Case
from tanggap.channels.models import Inbound, Position
from tanggap.channels.social import asking_x
from tanggap.channels.tests.social import X_PERSON, Networks, networks
from tanggap.notify.models import ChannelHealth
from tests.cast import Cast
from tests.faults.peers.providers import Fault
from tests.faults.peers.social import X_USER, direct, post, x_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client, cast: Cast) -> Iterator[Networks]:
    with networks(client) as running:
        yield running


def asked(world: Networks, ending: str) -> list[dict[str, str]]:
    return [query for _method, path, query in world.peers.calls if path.endswith(ending)]


def test_the_first_look_starts_when_the_account_was_set_up_and_the_next_where_it_ended(world: Networks) -> None:
    world.peers.mentions.append(post("101", X_PERSON, "#LAPOR lampu taman Contoh padam semua"))
    assert world.poll() == 1
    assert world.poll() == 0
    first, second = asked(world, "/mentions")
    assert ("start_time" in first, second["since_id"]) == (True, "101")
    assert Position.objects.get(channel="x-mentions").value == "101"
    # Whose number the account has is asked once.
    assert len([path for _method, path, _query in world.peers.calls if "/by/username/" in path]) == 1


def test_a_long_line_is_worked_off_over_several_looks_and_nothing_between_is_lost(world: Networks, monkeypatch) -> None:
    monkeypatch.setattr(asking_x, "PAGE", 2)
    monkeypatch.setattr(asking_x, "MOST_PAGES", 2)
    world.peers.mentions += [post(str(100 + n), str(900 + n), f"tanpa tanda {n}") for n in range(10)]
    counts = []
    for _look in range(3):
        counts.append(world.poll())
    world.peers.mentions.append(post("200", X_PERSON, "satu lagi"))
    counts.append(world.poll())
    assert counts == [4, 4, 2, 1]
    assert Inbound.objects.filter(channel="x").count() == 11
    assert Position.objects.get(channel="x-mentions").value == "200"


def test_it_is_left_alone_until_its_limit_begins_anew(world: Networks) -> None:
    reset = str(int(time.time()) + 3000)
    world.poll()
    world.peers.fail("x", x_problem(429, headers={"x-rate-limit-reset": reset}))
    assert world.poll() == 0
    calls = len(world.peers.calls)
    world.at += timedelta(minutes=20)
    world.poll()
    assert len(world.peers.calls) == calls
    health = ChannelHealth.objects.get(channel="x")
    assert health.in_error.startswith("429")
    world.at += timedelta(hours=1)
    world.poll()
    assert len(world.peers.calls) > calls
    health.refresh_from_db()
    assert (health.in_error, health.deaf_since) == ("", None)


@pytest.mark.parametrize(
    "fault", [x_problem(401), x_problem(403), x_problem(503), Fault(drop=True), Fault(status=200, body="<html>")]
)
def test_whatever_x_answers_a_look_ends_well(world: Networks, fault: Fault) -> None:
    world.peers.fail("x", fault)
    assert world.poll() == 0
    assert ChannelHealth.objects.get(channel="x").in_error
    assert not Inbound.objects.exists()


def test_our_own_posts_and_what_is_passed_on_are_not_kept(world: Networks) -> None:
    passed_on = [{"type": "retweeted", "id": "1"}]
    world.peers.mentions += [
        post("101", X_USER, "Terima kasih #LAPOR"),
        post("102", X_PERSON, "RT #LAPOR lampu taman padam", referenced_tweets=passed_on),
    ]
    assert world.poll() == 0
    assert not Inbound.objects.exists()


def test_an_edited_post_is_the_same_report(world: Networks) -> None:
    world.peers.mentions.append(post("101", X_PERSON, "#LAPOR lampu taman Contoh padam semua"))
    world.poll()
    words = "#LAPOR lampu taman Contoh padam semua sejak Senin"
    world.peers.mentions.append(post("109", X_PERSON, words, edit_history_tweet_ids=["101", "109"]))
    world.poll()
    case = Case.objects.get()
    assert case.messages.get().text == "lampu taman Contoh padam semua sejak Senin"


def test_direct_messages_are_read_once_and_often_only_while_somebody_is_expected(world: Networks) -> None:
    world.poll()
    world.poll()
    assert len(asked(world, "/dm_events")) == 1
    world.peers.mentions.append(post("101", X_PERSON, "#LAPOR lampu taman Contoh padam semua"))
    world.poll()
    world.peers.messages.append(direct("1990000000000000500", X_PERSON, "ya"))
    world.peers.messages.append(direct("1990000000000000501", X_USER, "Terima kasih"))
    assert world.poll() == 1
    assert world.poll() == 0
    assert len(asked(world, "/dm_events")) > 2
    assert not Case.objects.get().unconfirmed


def test_whoever_takes_no_direct_messages_stays_unconfirmed_and_is_answered_in_public(world: Networks) -> None:
    world.peers.closed_messages.add(X_PERSON)
    world.peers.mentions.append(post("101", X_PERSON, "#LAPOR lampu taman Contoh padam semua"))
    world.poll()
    assert Case.objects.get().unconfirmed
    assert [one.kind for one in world.peers.taken("x")] == ["reply"]
