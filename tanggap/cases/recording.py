"""Locking a case, and saving it together with the event that says what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.deadlines import next_due
from tanggap.cases.models import Case
from tanggap.cases.policies import is_published
from tanggap.cases.proofs import noted
from tanggap.cases.searching import follow_case
from tanggap.cases.words_aside import CHANGES, set_aside
from tanggap.cases.workflow import Classification
from tanggap.common.errors import NotFound
from tanggap.common.ids import normalize_tracking_id
from tanggap.common.statements import insert_rows
from tanggap.ledger.services.record import record

LONGEST_NUMBER = 64


def find_case(number: str, *, lock: bool = False) -> Case:
    """The case with this tracking id or alias. Raises NotFound; says nothing about who may see it."""
    cases = Case.objects.select_related("agency", "body")
    if lock:
        cases = cases.select_for_update(of=("self",))
    tracking_id = normalize_tracking_id(number)
    case = cases.filter(tracking_id=tracking_id).first() if tracking_id else None
    # One old number in 32 passes the check of ours by chance: what is no tracking id may still be an alias.
    case = case or cases.filter(aliases__value__in=spellings(number)).first()
    if case is None:
        raise NotFound(_("Tidak ada laporan dengan nomor itu. Periksa lagi nomor pelacakan Anda."), code="no_case")
    return case


def spellings(number: str) -> list[str]:
    """The ways an old number is written: with or without its #, which no address can carry."""
    number = number.replace("\0", "").strip()
    if not number.strip("#") or len(number) > LONGEST_NUMBER:
        return []
    return [number, number[1:] if number.startswith("#") else f"#{number}"]


def lock_case(number: str) -> Case:
    """The case, its row locked until commit, so that a double click finds what the first one did."""
    return find_case(number, lock=True)


def derive(case: Case) -> None:
    """The columns that follow from others; kept so that lists need one index and no rule."""
    case.guarded = case.secret or case.classification == Classification.SUPERVISORY_COMPLAINT
    case.published = is_published(case)
    case.due_at = next_due(case)


DERIVED = ("guarded", "published", "due_at", "statutory_due_at", "endorsements", "dormant", "title_given")


def save_case(
    case: Case,
    event: str,
    *,
    actor: Actor,
    at: datetime,
    data: dict[str, Any] | None = None,
    wake: bool = True,
    parts: Sequence[Model] = (),
) -> None:
    """Save what a service changed and record it as `event` in the same transaction.

    The event carries every audited column that changed, so that replaying the events gives the row; what somebody
    typed stands beside it (`words_aside`). `parts` are
    rows keyed by a new case, written in the same statement.
    """
    was_public = case.published
    derive(case)
    is_new = case._state.adding
    if is_new:
        insert_rows(case, parts)
    changes = case.changes()
    if not is_new:
        case.dormant = case.dormant and not wake
        case.save(update_fields=[*changes, *DERIVED])
    texts = noted(case)
    if case.published != was_public:
        # Who published it or took it off the public pages, and with what: part of the history of each case.
        data = {**(data or {}), "published": case.published}
    moved = texts or event in {"case.words_hidden", "case.words_shown"}
    follow_case(case.pk, was_public=was_public, is_public=case.published, changed=changes, texts=bool(moved))
    hashed, words = set_aside(event, {**(data or {}), **texts, CHANGES: changes})
    record(event, stream=case.stream, actor=actor.key, at=at, data=hashed, personal=words, first=is_new)
    case._loaded = case._audited_values()


def record_only(
    case: Case,
    event: str,
    *,
    actor: Actor,
    at: datetime,
    data: dict[str, Any] | None = None,
) -> None:
    """Record something that changes no column of the case. What somebody typed stands beside the event."""
    texts = noted(case)
    follow_case(case.pk, was_public=case.published, is_public=case.published, changed=(), texts=bool(texts))
    hashed, words = set_aside(event, {**(data or {}), **texts})
    record(event, stream=case.stream, actor=actor.key, at=at, data=hashed, personal=words)
