"""Whether the final answer reached the reporter: delivered to them, read on the page, or answered by them."""

from __future__ import annotations

from tanggap.cases.models import Case, MessageKind, Reporter
from tanggap.ledger.models import Event
from tanggap.notify.selectors import was_reached

FROM_REPORTER = (MessageKind.REPLY, MessageKind.OBJECTION)


def answer_reached(case: Case) -> bool:
    """What parts closing as `silent` from closing as `unreached` (DOMAIN §2)."""
    since = case.answered_at
    if since is None:
        return False
    if Reporter.objects.filter(case_id=case.pk, seen_at__gte=since).exists():
        return True
    if case.messages.filter(kind__in=FROM_REPORTER, at__gte=since).exists():
        return True
    answered = Event.objects.filter(stream=case.stream, name="case.answered").order_by("-seq").first()
    return answered is not None and was_reached(f"event:{answered.pk}")
