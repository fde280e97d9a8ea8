"""The brief of a window as one reader sees it: the copy that was sent, else made now."""

from __future__ import annotations

from datetime import datetime

from tanggap.evaluation.briefs.content import Brief, brief_of
from tanggap.evaluation.briefs.windows import Window
from tanggap.evaluation.models import BriefWish, SentBrief
from tanggap.evaluation.selectors.briefs.composing import brief_for
from tanggap.evaluation.selectors.briefs.scope import Scope


def brief_seen(scope: Scope, window: Window, *, now: datetime) -> tuple[Brief, bool]:
    """The brief, and whether it is the copy of a letter. An own letter alone: others' windows are made afresh."""
    row = SentBrief.objects.filter(
        person_id=scope.actor.person_id or 0,
        agency=scope.agency,
        length=window.length.value,
        first=window.first,
        sent=True,
    ).first()
    if row is None:
        return brief_for(scope, window, now=now), False
    return brief_of(row.content), True


def wish_of(person_id: int) -> BriefWish:
    """Which briefs somebody wants; both where nothing was said."""
    return BriefWish.objects.filter(person_id=person_id).first() or BriefWish(person_id=person_id)
