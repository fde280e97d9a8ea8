"""Flags as those who judge read them: with the cases behind them, and only those they may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to
from tanggap.evaluation.models import Flag, RankedPeriod
from tanggap.evaluation.policies import may_publish_rankings

MOST_SHOWN = 100


@dataclass(frozen=True)
class SeenFlag:
    """A flag, with how many of the cases behind it the reader may open: what they may not see is not counted."""

    flag: Flag
    cases: int

    @property
    def of(self) -> int:
        """Out of how many, less those behind it that the reader may not see."""
        return self.flag.of - len(self.flag.case_ids) + self.cases

    @property
    def more(self) -> int:
        """How many are not kept one by one."""
        return self.flag.count - len(self.flag.case_ids)


def flags_of(period: RankedPeriod, actor: Actor) -> list[SeenFlag]:
    """The flags of a period, those with most cases first; none for anybody who does not judge."""
    if not may_publish_rankings(actor):
        return []
    flags = list(Flag.objects.filter(period=period).select_related("agency")[:MOST_SHOWN])
    visible = set(_visible(actor, {pk for flag in flags for pk in flag.case_ids}).values_list("pk", flat=True))
    seen = (SeenFlag(flag, sum(pk in visible for pk in flag.case_ids)) for flag in flags)
    return [one for one in seen if one.cases]


def flag_of(flag_id: int, actor: Actor) -> Flag | None:
    """One flag; None where the actor does not judge or may see none of its cases."""
    flag = Flag.objects.select_related("agency", "period").filter(pk=flag_id).first()
    if flag is None or not may_publish_rankings(actor):
        return None
    return flag if cases_behind(flag, actor).exists() else None


def cases_behind(flag: Flag, actor: Actor) -> QuerySet[Case]:
    """The cases of a flag that the actor may see."""
    return _visible(actor, flag.case_ids)


def _visible(actor: Actor, case_ids: Collection[int]) -> QuerySet[Case]:
    return cases_visible_to(actor).filter(pk__in=list(case_ids))
