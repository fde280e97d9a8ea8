"""What can be done with several cases at once, and how each of them is done; rules live in the services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.cases.correction import Correction
from tanggap.cases.models import Case
from tanggap.cases.services.assign_case import assign_case
from tanggap.cases.services.forward_case import forward_case
from tanggap.cases.services.hold_case import hold_case
from tanggap.cases.services.verify_case import Verification, verify_case
from tanggap.cases.workflow import Action
from tanggap.directory.selectors import agency_by_id

# How long a press can be taken back: nothing has happened before, and afterwards only what the services undo.
UNDO = timedelta(seconds=30)
MOST_AT_ONCE = 50


@dataclass(frozen=True)
class Round:
    """One case's turn in a batch."""

    case: Case
    values: dict[str, Any]
    actor: Actor
    now: datetime


@dataclass(frozen=True)
class BulkDeed:
    """`actions`: it fits a case where any of them is possible. `past`: what the list of the done says."""

    actions: tuple[Action, ...]
    do: Callable[[Round], None]
    title: str | Promise
    past: str | Promise


def _verify(turn: Round) -> None:
    kind = turn.case.classification or turn.values["classification"]
    decided = Verification(agency=agency_by_id(turn.values["agency_id"]), correction=Correction(classification=kind))
    verify_case(tracking_id=turn.case.tracking_id, verification=decided, actor=turn.actor, now=turn.now)


def _forward(turn: Round) -> None:
    agency, reason = agency_by_id(turn.values["agency_id"]), turn.values["reason"]
    forward_case(tracking_id=turn.case.tracking_id, agency=agency, actor=turn.actor, now=turn.now, reason=reason)


def _ask(turn: Round) -> None:
    question = turn.values["question"]
    hold_case(tracking_id=turn.case.tracking_id, question=question, actor=turn.actor, now=turn.now)


def _assign(turn: Round) -> None:
    person = Person.objects.get(pk=turn.values["person_id"])
    assign_case(tracking_id=turn.case.tracking_id, person=person, actor=turn.actor, now=turn.now)


BULK = {
    "verifikasi": BulkDeed(
        (Action.VERIFY,),
        _verify,
        gettext_lazy("Verifikasi dan teruskan beberapa laporan"),
        gettext_lazy("diverifikasi dan diteruskan"),
    ),
    "teruskan": BulkDeed(
        (Action.FORWARD,),
        _forward,
        gettext_lazy("Teruskan beberapa laporan ke unit lain"),
        gettext_lazy("diteruskan"),
    ),
    "tanya": BulkDeed(
        (Action.HOLD, Action.ASK_REPORTER),
        _ask,
        gettext_lazy("Minta kelengkapan beberapa laporan"),
        gettext_lazy("pertanyaan terkirim"),
    ),
    "tugaskan": BulkDeed(
        (Action.ASSIGN,),
        _assign,
        gettext_lazy("Tugaskan beberapa laporan"),
        gettext_lazy("ditugaskan"),
    ),
}
