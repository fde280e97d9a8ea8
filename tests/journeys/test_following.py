"""Following public cases: confirmed by the address, ended at one press, silent about what is hidden."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from tanggap.cases.models import Case, Follow, IntakeLimit
from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.services.raise_confidentiality import raise_confidentiality
from tanggap.cases.services.send_follow_news import send_follow_news
from tanggap.common.clock import frozen
from tanggap.config.reactions import react
from tanggap.directory import cache
from tanggap.directory.models import Region
from tanggap.ledger.models import Event
from tanggap.notify.addressing import address_of
from tanggap.notify.models import Message, MessageState, PushSubscription
from tanggap.notify.rendering import rendered, sealed_words
from tanggap.notify.transports.push_crypto import point, written
from tanggap.notify.transports.webpush import payload_of
from tests.cast import DAY, Cast
from tests.journeys.portal_walk import read
from tests.paths import DONE, HOUR, bring, final

pytestmark = pytest.mark.django_db
NOW = DAY + 5 * HOUR
MINE = "warga@contoh.id"


def mails() -> list[Message]:
    return list(Message.objects.filter(recipient_role="follower").order_by("pk"))


def links(message: Message) -> list[str]:
    return re.findall(r"https?://[^/\s]+(/ikuti/\S+)", sealed_words(message))


@pytest.fixture
def shown(submit: Any, cast: Cast) -> Case:
    return bring("in_progress", submit, cast, region=Region.objects.get(pk="35.27"))


@pytest.fixture
def ask(client: Client) -> Callable[..., Any]:
    def asked(email: str = MINE, at: Any = NOW, **what: str) -> Any:
        with frozen(at):
            return client.post("/ikuti/", {"email": email, **what})

    return asked


def confirmed(client: Client, ask: Callable[..., Any], **what: str) -> Follow:
    ask(**what)
    link = links(mails()[-1])[0]
    with frozen(NOW):
        assert client.get(link).status_code == 200
        assert Follow.objects.get().confirmed_at is None, "a mail program that looks at the link confirms nothing"
        assert client.post(link).status_code == 200
    return Follow.objects.get()


def happen(name: str) -> None:
    react(Event.objects.filter(name=name).latest("pk").pk)


def test_a_case_is_followed_after_its_link_was_pressed_and_told_without_words(
    client: Client, ask: Callable[..., Any], shown: Case, cast: Cast
) -> None:
    follow = confirmed(client, ask, nomor=shown.tracking_id)
    assert MINE not in str(list(Follow.objects.values_list())) + str(list(Message.objects.values_list()))
    with frozen(NOW + HOUR):
        answer_case(tracking_id=shown.tracking_id, draft=final(), actor=cast["officer"], now=NOW + HOUR)
        happen("case.answered")
        happen("case.answered")
    _ask, news = mails()
    said = sealed_words(news)
    assert address_of(news) == MINE
    assert shown.tracking_id in said
    assert DONE not in said
    (stop,) = links(news)
    assert client.get(stop).status_code == 200
    assert Follow.objects.filter(pk=follow.pk).exists()
    with frozen(NOW + 2 * HOUR):
        assert Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert client.post(stop).status_code == 200
    assert not Follow.objects.exists()
    news.refresh_from_db()
    assert news.state == MessageState.CANCELLED


def test_what_waits_for_followers_is_called_back_when_the_case_is_hidden(
    client: Client, ask: Callable[..., Any], shown: Case, cast: Cast
) -> None:
    confirmed(client, ask, nomor=shown.tracking_id)
    with frozen(NOW + HOUR):
        answer_case(tracking_id=shown.tracking_id, draft=final(), actor=cast["officer"], now=NOW + HOUR)
        happen("case.answered")
        raise_confidentiality(tracking_id=shown.tracking_id, actor=cast["national_admin"], now=NOW, secret=True)
        happen("case.confidentiality_raised")
        happen("case.answered")
    assert [mail.state for mail in mails()[1:]] == [MessageState.CANCELLED]


def test_a_place_is_followed_once_a_day_without_hidden_and_anonymous_cases(
    client: Client, ask: Callable[..., Any], submit: Any, cast: Cast
) -> None:
    confirmed(client, ask, wilayah="35")
    place = Region.objects.get(pk="35.27")
    new = bring("in_progress", submit, cast, region=place)
    hidden = [
        bring("in_progress", submit, cast, region=place, **given) for given in ({"secret": True}, {"anonymous": True})
    ]
    Case.objects.filter(pk__in=[new.pk, *(one.pk for one in hidden)]).update(verified_at=NOW + HOUR)
    assert send_follow_news(now=NOW + 2 * HOUR) == 1
    assert send_follow_news(now=NOW + 3 * HOUR) == 0
    said = sealed_words(mails()[-1])
    assert new.tracking_id in said
    assert not any(one.tracking_id in said for one in hidden)


@pytest.mark.parametrize("what", [{"topik": "x"}, {"instansi": "99.99"}, {"wilayah": "\x00"}, {}])
def test_everything_everywhere_cannot_be_followed(ask: Callable[..., Any], what: dict[str, str]) -> None:
    assert "Pilih dahulu" in read(ask(**what)).text
    assert not Follow.objects.exists()


@pytest.mark.parametrize(
    "email", ["", "bukan", "a@b", "a@contoh.id\nBcc: x@contoh.id", "x" * 300 + "@contoh.id", "\x00@a.id"]
)
def test_what_is_no_address_is_refused_beside_its_field(ask: Callable[..., Any], email: str) -> None:
    response = ask(email, wilayah="35")
    assert response.status_code == 422
    assert not Follow.objects.exists()


def test_nobodys_mailbox_is_filled_and_every_address_gets_the_same_page(ask: Callable[..., Any]) -> None:
    pages = {ask(wilayah=code).content for code in ("35", "35", "35.27", "35.02", "35", "35.27")}
    assert len(pages) == 1
    assert len(mails()) == 3
    ask(wilayah="21")
    assert len(mails()) == 3
    IntakeLimit.objects.update_or_create(channel="follow", defaults={"amount": 1, "seconds": 3600})
    cache.clear()
    assert ask("lain@contoh.id", wilayah="35").status_code == 429


@pytest.mark.parametrize("given", [{"secret": True}, {"classification": "supervisory_complaint"}, {}])
def test_a_case_that_is_not_public_cannot_be_followed(
    ask: Callable[..., Any], submit: Any, cast: Cast, given: dict[str, Any]
) -> None:
    case = bring("unverified", submit, cast, **given)
    assert ask(nomor=case.tracking_id).status_code == 404
    assert not Follow.objects.exists()


@pytest.mark.parametrize("token", ["x", "1-", "1-00", "999999999999999999999-ab", "-", "١-ab"])
def test_links_that_are_none_say_so(client: Client, token: str) -> None:
    assert client.get(f"/ikuti/{token}/").status_code == 404
    assert client.post(f"/ikuti/{token}/").status_code == 404
    assert client.post(f"/ikuti/{token}/berhenti/").status_code == 200


def test_wishes_that_nobody_confirmed_are_forgotten(ask: Callable[..., Any]) -> None:
    ask(wilayah="35")
    send_follow_news(now=NOW + timedelta(days=4))
    assert not Follow.objects.exists()


def browser(name: str = "a", secret: bytes = b"1" * 16) -> str:
    key = written(point(ec.generate_private_key(ec.SECP256R1()).public_key()))
    keys = {"p256dh": key, "auth": written(secret)}
    return json.dumps({"endpoint": f"https://push.contoh.id/{name}", "keys": keys})


def test_a_pushed_message_opens_a_page_that_leads_to_the_news_and_stops_them(
    client: Client, shown: Case, cast: Cast
) -> None:
    with frozen(NOW):
        assert client.post("/ikuti/", {"nomor": shown.tracking_id, "subscription": browser()}).status_code == 200
        answer_case(tracking_id=shown.tracking_id, draft=final(), actor=cast["officer"], now=NOW)
        happen("case.answered")
        (news,) = mails()
        assert "/ikuti/" not in str(news.values), "whoever reads the outbox could end it"
        opened = urlsplit(json.loads(payload_of(rendered(news, (), {})))["link"]).path
        page = client.get(opened).content.decode()
        assert f'href="/l/{shown.tracking_id}"' in page
        (stop,) = re.findall(r'action="(/ikuti/[^"]+/berhenti/)"', page)
        assert client.post(stop).status_code == 200
        assert client.get(opened).status_code == 404
    assert not Follow.objects.exists()
    assert not PushSubscription.objects.exists()


def test_a_browser_lists_what_it_follows_and_only_with_its_secret(client: Client, shown: Case) -> None:
    mine, theirs = browser("a"), browser("b")
    with frozen(NOW):
        for what, given in (
            ({"nomor": shown.tracking_id}, mine),
            ({"wilayah": "35"}, mine),
            ({"wilayah": "21"}, theirs),
        ):
            client.post("/ikuti/", {**what, "subscription": given})
        page = client.post("/ikuti/peramban/", {"subscription": mine}).content.decode()
        assert shown.tracking_id in page
        assert len(re.findall("/berhenti/", page)) == 2
        for other in (
            browser("a", b"2" * 16),
            "",
            "x",
            "[]",
            '{"endpoint": 1}',
            '{"endpoint": "https://push.contoh.id/a"}',
        ):
            said = client.post("/ikuti/peramban/", {"subscription": other})
            assert (said.status_code, "/berhenti/" in said.content.decode()) == (200, False)
        assert client.get("/ikuti/peramban/").status_code == 405
