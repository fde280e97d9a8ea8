"""A browser the reporter asked: told of everything, beside other ways, never more than number, clock and link."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tanggap.cases.services.answer_case import answer_case
from tanggap.cases.services.choose_contact import choose_contact
from tanggap.cases.services.choose_push import choose_push
from tanggap.cases.tests.telling import CANARY, DAY, MAIL, react, told
from tanggap.common.errors import Forbidden, Invalid
from tanggap.notify.models import PushSubscription
from tanggap.notify.rendering import rendered
from tanggap.notify.selectors import messages_of
from tanggap.notify.transports.push_crypto import point, written
from tanggap.notify.transports.webpush import payload_of
from tests.paths import HOUR, final

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=1)
WORDS = f"Petugas {CANARY} di Jalan {CANARY} meminta uang kepada warga setiap Senin pagi."


def subscription(name: str = "a") -> dict[str, Any]:
    key = written(point(ec.generate_private_key(ec.SECP256R1()).public_key()))
    return {"endpoint": f"https://push.contoh.id/{name}", "keys": {"p256dh": key, "auth": written(b"1" * 16)}}


def test_a_browser_is_told_beside_the_mail_and_no_more_once_it_is_let_go(case_in, cast) -> None:
    case = case_in("in_progress", contact=MAIL)
    reporter = cast["citizen"].proving(case.pk)
    react()
    choose_push(tracking_id=case.tracking_id, subscription=subscription(), actor=reporter, now=LATER)
    answer_case(tracking_id=case.tracking_id, draft=final(), actor=cast["officer"], now=LATER + HOUR)
    react()
    answers = messages_of(case.stream).filter(template="final_answer")
    assert sorted(row.channel for row in answers) == ["email", "webpush"]
    choose_contact(tracking_id=case.tracking_id, wanted=False, discreet=False, actor=reporter, now=LATER + 2 * HOUR)
    assert {row.state for row in answers.all()} == {"cancelled"}
    choose_contact(tracking_id=case.tracking_id, wanted=True, discreet=False, actor=reporter, now=LATER + 2 * HOUR)
    choose_push(tracking_id=case.tracking_id, subscription=None, actor=reporter, now=LATER + 2 * HOUR)
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("given", [{}, {"secret": True}, {"anonymous": True}])
def test_whoever_left_no_address_is_told_by_the_browser_alone_and_only_number_clock_and_link(
    case_in, cast, given
) -> None:
    case = case_in("in_progress", contact=None, text=WORDS, title=f"Pungutan {CANARY}", place=CANARY, **given)
    reporter = cast["citizen"].proving(case.pk)
    choose_push(tracking_id=case.tracking_id, subscription=subscription(), actor=reporter, now=LATER)
    draft = final(f"Uang warga dikembalikan oleh {CANARY} pada Senin pagi di kantor.", office=CANARY)
    answer_case(tracking_id=case.tracking_id, draft=draft, actor=cast["officer"], now=LATER + HOUR)
    assert told(case)[-1] == "final_answer"
    for message in messages_of(case.stream):
        payload = payload_of(rendered(message, (), {})).decode()
        assert CANARY not in payload
        said = json.loads(payload)
        assert (said["tracking_id"], said["title"]) == (case.tracking_id, "Tanggap")
        assert set(said) == {"title", "tag", "tracking_id", "clock", "link"}


def test_nobody_but_the_reporter_has_a_browser_follow_a_case(case_in, cast) -> None:
    case = case_in("in_progress", secret=True)
    for name in ("officer", "outsider", "citizen"):
        with pytest.raises(Forbidden):
            choose_push(tracking_id=case.tracking_id, subscription=subscription(), actor=cast[name], now=LATER)
    reporter = cast["citizen"].proving(case.pk)
    with pytest.raises(Invalid):
        choose_push(tracking_id=case.tracking_id, subscription={"endpoint": "x"}, actor=reporter, now=LATER)
    assert not PushSubscription.objects.exists()
