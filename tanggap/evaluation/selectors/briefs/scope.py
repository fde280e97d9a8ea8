"""Whose brief it is, and over which cases.

Guarded cases (secret or supervisory) are in no brief at all, whoever reads it. Were only those about the reader left
out, the figures of a leader whom one is about would differ by it from a colleague's, from the letter forwarded to a
secretary, or from last week's; so that a brief is the same whether there is such a case or not, none is counted
(docs/how-to/briefs.md).
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.cases.models import Case
from tanggap.cases.policies import cases_visible_to
from tanggap.cases.workflow import ArchiveReason
from tanggap.directory.cache import revision_cached
from tanggap.directory.models import Agency
from tanggap.directory.selectors import agency_by_id, subtree_ids
from tanggap.evaluation.briefs.windows import Window

# Whose brief it is first, where somebody has several posts.
READERS = (
    Role.LEADER, Role.REGIONAL_HEAD, Role.SEKDA, Role.COORDINATOR, Role.INSPECTOR, Role.UNIT_HEAD, Role.NATIONAL_ADMIN,
    Role.OMBUDSMAN, Role.EVALUATOR,
)  # fmt: skip


@dataclass(frozen=True)
class Scope:
    """One agency as one actor may read it."""

    actor: Actor
    agency: Agency

    @property
    def nation(self) -> bool:
        """Whether it is everything: read from monthly tallies, never by counting cases."""
        return self.agency.body_id is None

    @cached_property
    def zone(self) -> ZoneInfo:
        """Where its days begin."""
        return ZoneInfo(self.agency.zone)

    def cases(self) -> QuerySet[Case]:
        """The cases a brief may speak of. Merged ones count with the one that was kept."""
        open_to_all = Q(guarded=False) & ~Q(oversight=True, verified_at__isnull=True)
        cases = cases_visible_to(self.actor).filter(open_to_all).exclude(archive_reason=ArchiveReason.DUPLICATE)
        if self.nation:
            return cases
        if self.agency.body_id == self.agency.pk:
            return cases.filter(body_id=self.agency.pk)
        below = subtree_ids(self.agency.path)
        return cases.filter(agency_id=self.agency.pk) if len(below) == 1 else cases.filter(agency_id__in=below)

    def during(self, window: Window, column: str = "received_at") -> Q:
        """What happened in a window, by a column of times."""
        return Q(
            **{f"{column}__gte": self.midnight(window.first), f"{column}__lt": self.midnight(window.shifted(1).first)}
        )

    def midnight(self, day: date) -> datetime:
        """The beginning of a day here."""
        return datetime.combine(day, time.min, self.zone)

    def since(self, window: Window) -> datetime:
        """The earliest moment any statement about a window reads."""
        return self.midnight(window.shifted(-window.before).first)

    def today(self, now: datetime) -> date:
        """The day it is here."""
        return now.astimezone(self.zone).date()

    def read_until(self, window: Window) -> datetime:
        """The end of a window."""
        return self.midnight(window.last + timedelta(days=1))


def scopes_of(actor: Actor) -> list[Scope]:
    """The agencies an actor has briefs of, by the foremost post first; each once."""
    order = {role.value: number for number, role in enumerate(READERS)}
    grants = sorted((grant for grant in actor.grants if grant.role in order), key=lambda grant: order[grant.role])
    ids = list(dict.fromkeys(grant.agency_id for grant in grants))
    return [Scope(actor, copy(_agency(agency_id))) for agency_id in ids]


@revision_cached
def _agency(agency_id: int) -> Agency:
    return agency_by_id(agency_id)


def scope_of(actor: Actor, code: str = "") -> Scope | None:
    """The scope of an agency's code, else the foremost; None for somebody without any."""
    scopes = scopes_of(actor)
    return next((scope for scope in scopes if scope.agency.code == code), scopes[0] if scopes else None)


def query_of(scope: Scope, window: Window) -> str:
    """The part of an address that names a brief."""
    names = {"periode": window.length.value, "tanggal": window.first.isoformat(), "instansi": scope.agency.code}
    return urlencode(names)
