"""An officer's browser, and looking at what a refusal left untouched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import Client

from tanggap.cases.models import Case, Message
from tanggap.ledger.models import Event
from tests.cast import Cast


@dataclass
class Officer:
    """Somebody signed in, with the second factor shown where the post asks for one."""

    name: str
    client: Client = field(default_factory=Client)

    def get(self, path: str, data: Any = None) -> Any:
        return self.client.get(path, data or {})

    def post(self, path: str, data: Any = None, **given: Any) -> Any:
        return self.client.post(path, data or {}, **given)

    def open(self, case: Case, deed: str = "") -> Any:
        return self.get(address(case, deed))

    def do(self, case: Case, deed: str, **fields: Any) -> Any:
        """Press the button as the page of this moment offers it."""
        return self.post(address(case, deed), {**shown(case), **fields})


def address(case: Case, deed: str = "") -> str:
    return f"/kerja/l/{case.tracking_id}/" + (f"{deed}/" if deed else "")


def shown(case: Case) -> dict[str, str]:
    """What a page made now carries in its hidden fields."""
    row = Case.objects.get(pk=case.pk)
    seen = row.messages.exclude(kind="note").count()
    return {"seen": str(seen), "state": row.state, "held_by": str(row.agency_id)}


def sign_in(cast: Cast, name: str) -> Officer:
    officer = Officer(name)
    officer.client.force_login(cast.person(name), backend="allauth.account.auth_backends.AuthenticationBackend")
    session = officer.client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": 0.0, "type": "totp"}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(cast.person(name).pk)
    session.save()
    return officer


def footprint(case: Case) -> tuple[Any, ...]:
    """Everything a refusal must leave as it was."""
    row = Case.objects.values().get(pk=case.pk)
    row = {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}
    messages = list(Message.objects.filter(case=case).order_by("pk").values_list("pk", "text", "draft", "discarded_at"))
    events = Event.objects.filter(stream=case.stream).count()
    legs = list(case.legs.order_by("pk").values_list("agency_id", "held_to"))
    return row, messages, events, legs, case.subjects.count(), case.reveals.count()
