"""What the worker does with the events of a case, and what lies in the outbox then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tanggap.cases.identity import Contact
from tanggap.cases.models import Case
from tanggap.cases.telling.tell import tell_reporter
from tanggap.common.clock import frozen
from tanggap.ledger.models import Event
from tanggap.notify.models import Message
from tanggap.notify.selectors import messages_of
from tests.cast import DAY

ADDRESS = "sri.lestari@contoh.id"
PHONE = "+6281234567890"
MAIL = Contact(name="Sri Lestari", email=ADDRESS)
BOTH = Contact(name="Sri Lestari", email=ADDRESS, phone=PHONE)
CANARY = "kenaribiru"


def react(*, now: datetime | None = None) -> None:
    """Every event so far, each in its own moment; running it again must change nothing."""
    for event in Event.objects.order_by("id"):
        with frozen(now or event.at + timedelta(seconds=1)):
            tell_reporter(event)


def told(case: Case) -> list[str]:
    """The templates of what the reporter of a case was told, in order."""
    react()
    return [message.template for message in messages_of(case.stream)]


def last_of(case: Case) -> Message:
    """The youngest message about a case."""
    react()
    found = messages_of(case.stream).last()
    assert found is not None
    return found


def everything_in(message: Message) -> str:
    """All that could be read from a row without its key."""
    row: dict[str, Any] = {name: value for name, value in vars(message).items() if not name.endswith("_sealed")}
    return repr(row)


__all__ = ["ADDRESS", "BOTH", "CANARY", "DAY", "MAIL", "PHONE", "everything_in", "last_of", "react", "told"]
