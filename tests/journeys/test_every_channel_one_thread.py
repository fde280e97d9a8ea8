"""The same complaint by every way in: the same kind of case, and the officer's answer comes back by the way it came."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from tanggap.cases.models import Case
from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.telling.deliveries import deliveries_of
from tanggap.cases.tests.telling import react
from tanggap.channels.email.letter import packed, sender_of
from tanggap.channels.services.keep_inbound import Parcel, keep_inbound
from tanggap.channels.services.take_inbound import take_inbound
from tanggap.channels.tests.captured import SECRETS, bring
from tanggap.channels.tests.letter_making import written
from tanggap.channels.tests.social import FOLDER as PAYLOADS
from tanggap.channels.tests.social import SITI
from tanggap.common.clock import frozen
from tanggap.directory.models import Brand
from tanggap.directory.selectors import agency_by_code, calendar_of
from tanggap.notify.services.configure_channel import configure_channel
from tanggap.notify.services.deliver import deliver
from tanggap.notify.tests.test_transport_email import Sink
from tests.cast import DAY, Cast
from tests.faults.peers.providers import Providers
from tests.faults.peers.social import Social
from tests.house import free_port
from tests.journeys.console import sign_in
from tests.journeys.portal_walk import Walker
from tests.paths import DONE, final, verify

pytestmark = pytest.mark.django_db
WORDS = "Lampu jalan di depan balai desa padam sejak tiga malam, warga takut lewat."
NUMBER, CHAT, ADDRESS = "6281200000001", 5012345001, "siti@surel.contoh.id"
SKIPS = ("tidak tahu", "kemarin", "lewati", "1", "ya")
MINUTE = timedelta(minutes=1)


@dataclass
class Door:
    """Everything outside: providers, a mail server, a browser. `at` is the moment of what follows."""

    client: Client
    peers: Providers
    sink: Sink
    social: Social
    cast: Cast
    at: datetime = DAY
    count: int = 0

    def work(self, channel: str) -> None:
        """What came in is heard, what follows is told, what is told leaves."""
        self.at += MINUTE
        with frozen(self.at):
            while take_inbound(channel=channel, now=self.at):
                pass
            react(now=self.at)
            deliver(channel=channel, now=self.at)

    def reached(self, channel: str) -> list[str]:
        """Everything a citizen was told there, oldest first."""
        if channel == "email":
            return [str(mail.get_body(("plain",)).get_content()) for mail in self.sink.mails]  # type: ignore[union-attr]
        peers = self.social if channel == "facebook" else self.peers
        return [taken.text for taken in peers.taken(channel)]


@pytest.fixture
def door(client: Client, cast: Cast) -> Iterator[Door]:
    sink = Sink()
    server = Controller(sink, hostname="127.0.0.1", port=free_port())
    server.start()
    agency = agency_by_code("35.27")
    Brand.objects.update_or_create(slug="nasional", defaults={"name": "LAPOR!", "is_default": True, "agency": agency})
    with frozen(DAY), Providers() as peers, Social() as social:
        social.private_people["200_301"] = SITI
        given = {
            "whatsapp": peers.settings("whatsapp"),
            "telegram": {**peers.settings("telegram"), "secret": SECRETS["telegram"]},
            "sms": peers.settings("sms"),
            "meta": social.settings("meta"),
            "email": {"smtp": f"smtp://127.0.0.1:{server.port}", "address": "lapor@lapor.contoh.id"},
        }
        for kind, values in given.items():
            configure_channel(kind=kind, brand="nasional", settings=values, now=DAY)
        yield Door(client, peers, sink, social, cast)
    server.stop()


def by_web(door: Door) -> str:
    walk = Walker(door.client)
    walk.to_preview(WORDS, instansi={"agency": "35.27"}, anda={"name": "Siti", "email": ADDRESS})
    walk.press("send")
    return "email"


def by_email(door: Door) -> str:
    content = written(WORDS, Subject="Lampu padam", From=f"Siti <{ADDRESS}>")
    parcel = Parcel("surat-1", packed(content, len(content)), sender_of(content))
    keep_inbound(channel="email", brand="nasional", parcels=[parcel], now=door.at)
    door.work("email")
    return "email"


def by_sms(door: Door) -> str:
    said = {"secret": door.peers.secret, "from": NUMBER, "to": "1708", "text": f"SAMPANG {WORDS}", "charset": "UTF-8"}
    assert door.client.get(f"/hooks/sms/nasional?{urlencode({**said, 'id': 'k1'})}").status_code == 200
    door.work("sms")
    return "sms"


def by_whatsapp(door: Door) -> str:
    def say(text: str) -> None:
        door.count += 1
        message = {"from": NUMBER, "id": f"wamid.{door.count}", "type": "text", "text": {"body": text}}
        value = {"metadata": {"phone_number_id": "1055"}, "contacts": [{"wa_id": NUMBER}], "messages": [message]}
        entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
        body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
        assert bring("whatsapp", body) == 200
        door.work("whatsapp")

    converse(say)
    return "whatsapp"


def by_telegram(door: Door) -> str:
    def say(text: str) -> None:
        door.count += 1
        person = {"id": CHAT, "is_bot": False, "first_name": "Siti"}
        message = {
            "message_id": door.count,
            "from": person,
            "chat": {"id": CHAT, "type": "private"},
            "date": 1795402800,
        }
        body = json.dumps({"update_id": door.count, "message": {**message, "text": text}}).encode()
        assert bring("telegram", body) == 200
        door.work("telegram")

    converse(say)
    return "telegram"


def by_facebook(door: Door) -> str:
    def post(body: bytes) -> None:
        headers = door.social.meta_signature(body, "")
        answer = door.client.post("/hooks/meta/nasional", body, content_type="application/json", headers=headers)
        assert answer.status_code == 200
        door.work("facebook")

    post((PAYLOADS / "facebook" / "comment.json").read_bytes())
    own = door.social.settings("meta")["page_id"]
    said = {"mid": "m_1", "text": "YA"}
    event = {"sender": {"id": SITI}, "recipient": {"id": own}, "timestamp": 1795402790123, "message": said}
    post(json.dumps({"object": "page", "entry": [{"id": own, "messaging": [event]}]}).encode())
    return "facebook"


def by_counter(door: Door) -> str:
    entry = {"text": WORDS, "channel": "counter", "draft_key": uuid4().hex, "phone": f"+{NUMBER}"}
    assert sign_in(door.cast, "officer").post("/kerja/loket/", entry).status_code == 201
    return "sms"


def converse(say: Callable[[str], None]) -> None:
    """Whatever is asked, until the report is handed in."""
    for text in (WORDS, *SKIPS):
        if Case.objects.exists():
            return
        say(text)


WAYS: dict[str, Callable[[Door], str]] = {
    "web": by_web,
    "email": by_email,
    "sms": by_sms,
    "whatsapp": by_whatsapp,
    "telegram": by_telegram,
    "facebook": by_facebook,
    "counter": by_counter,
}
# What has room for a sentence leads to the rest.
SHORT = {"sms", "facebook"}


@pytest.mark.parametrize("channel", WAYS)
def test_the_answer_comes_back_the_way_the_words_came(channel: str, door: Door, cast: Cast) -> None:
    way = WAYS[channel](door)
    case = Case.objects.select_related("agency__body").get()
    assert case.channel == channel
    assert case.narrative.agency_text.startswith(WORDS)
    assert (case.state, case.agency.code, case.anonymous, case.secret) == ("unverified", "35.27", False, False)
    assert case.tracking_id in "\n".join([*door.reached(way), *receipts(door, way)])

    verify(case, cast, "35.27/dpupr", door.at)
    answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast["officer"], now=door.at)
    before = len(door.reached(way))
    door.work(way)
    *_others, answer = door.reached(way)[before:]
    assert case.tracking_id in answer
    assert (f"/l/{case.tracking_id}" if way in SHORT else DONE) in answer
    lines = deliveries_of(Case.objects.get(pk=case.pk), calendar_of(case.agency_id).zone)
    told = [line for entry in lines.values() for line in entry]
    assert len(told) == 1
    assert any(word in told[0] for word in ("terkirim", "sampai"))
    for other in {"whatsapp", "telegram", "sms", "email", "facebook"} - {way}:
        deliver(channel=other, now=door.at)
        assert not door.reached(other)


def receipts(door: Door, way: str) -> list[str]:
    """What leaves once the reaction to the submission has run."""
    door.work(way)
    return door.reached(way)
