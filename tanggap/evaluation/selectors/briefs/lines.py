"""The cases behind a line of a brief. A line is named in addresses; an unknown one has none."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from tanggap.cases.models import Case
from tanggap.cases.workflow import State
from tanggap.evaluation.briefs.asking import ALL_LATE, ALL_RECEIVED, CLOSED, RETURNED
from tanggap.evaluation.briefs.windows import Window
from tanggap.evaluation.selectors.briefs.counting import NONE, WAITING
from tanggap.evaluation.selectors.briefs.scope import Scope

LONGEST = 60


def cases_of_line(scope: Scope, window: Window, line: str, *, now: datetime) -> QuerySet[Case]:
    """What `topik:<category>`, `tempat:<region>/<category>`, `unit:<id>`, `masuk`, `terlambat`, `selesai` or
    `kembali` of a brief counts."""
    kind, _colon, rest = line.replace("\x00", "")[:LONGEST].partition(":")
    wanted = _wanted(scope, window, kind, rest, now)
    return Case.objects.none() if wanted is None else scope.cases().filter(wanted)


def _wanted(scope: Scope, window: Window, kind: str, rest: str, now: datetime) -> Q | None:
    received = scope.during(window)
    if kind == "topik":
        return received & _topic(rest)
    if kind == "tempat":
        region, _slash, category = rest.partition("/")
        return received & topic_from(category, region)
    if kind == "unit":
        late = Q(due_at__lt=now) & WAITING
        if not (rest.isascii() and rest.isdigit() and len(rest) < 19):
            return None
        return late & (Q(body_id=int(rest)) if scope.nation else Q(agency_id=int(rest)))
    plain = {
        ALL_RECEIVED: received,
        ALL_LATE: Q(due_at__lt=now) & WAITING,
        CLOSED: Q(state=State.CLOSED, received_at__gte=scope.since(window)) & scope.during(window, "closed_at"),
        RETURNED: received & Q(returns__gt=0),
    }
    return plain.get(kind)


def topic_from(category: str, region: str) -> Q:
    """Of one topic and from one place or below it."""
    return _topic(category) & (Q(region_id=region) | Q(region__code__startswith=f"{region}."))


def _topic(category: str) -> Q:
    return Q(category__isnull=True) if category == NONE else Q(category_id=category)
