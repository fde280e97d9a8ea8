"""When the month's money for messages runs out, whoever answers for it hears of it once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tanggap.directory.selectors import agency_by_code
from tanggap.escalation.services.warn_of_cap import warn_of_cap
from tanggap.ledger.models import Event
from tanggap.notify.cost import REACHED, WARNED, tell_once
from tanggap.notify.models import Cap, Message
from tanggap.notify.rendering import rendered
from tests.cast import DAY, Cast

pytestmark = pytest.mark.django_db


def told(payer: str, *, name: str = WARNED, times: int = 2) -> list[Message]:
    cap = Cap.objects.create(payer=payer, amount=1_000_000, valid_from=date(2026, 1, 1))
    for _time in range(times):
        tell_once(name, cap, month=date(2026, 11, 1), spent=Decimal(812_500), now=DAY)
    for event in Event.objects.filter(stream=f"cap:{cap.pk}"):
        warn_of_cap(event_id=event.pk, now=DAY)
        warn_of_cap(event_id=event.pk, now=DAY)
    return list(Message.objects.filter(template="cap_warning"))


def test_the_coordinator_of_the_paying_agency_gets_one_mail_that_names_the_figures(cast: Cast) -> None:
    (mail,) = told(f"agency:{agency_by_code('35.27').pk}")
    assert mail.recipient_key == cast.person("verifier").key
    text = rendered(mail, [], {}).text
    assert "81 %" in text
    assert "Rp812.500" in text
    assert "Rp1.000.000" in text
    assert "November 2026" in text


def test_for_the_whole_instance_it_is_the_national_admin(cast: Cast) -> None:
    (mail,) = told("", name=REACHED)
    assert mail.recipient_key == cast.person("national_admin").key
