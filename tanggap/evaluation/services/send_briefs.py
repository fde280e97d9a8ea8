"""The letters of leaders: each week and month once, in office hours, about the window that has just ended."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

import structlog
from django.db import transaction

from tanggap.accounts.actor import actor_for
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Membership
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors.posts import active_posts
from tanggap.directory.selectors import calendar_of, prepare_calendars
from tanggap.evaluation.brief_letter import letter_to
from tanggap.evaluation.briefs.content import Brief
from tanggap.evaluation.briefs.windows import Length, Window, latest_over
from tanggap.evaluation.models import BriefWish, SentBrief
from tanggap.evaluation.selectors.briefs.composing import brief_for
from tanggap.evaluation.selectors.briefs.scope import Scope
from tanggap.notify.services.enqueue import enqueue

log = structlog.get_logger(__name__)
RECEIVES = (Role.LEADER, Role.REGIONAL_HEAD, Role.SEKDA)
MOST = 200
"""What one run composes; the next goes on."""
Due = tuple[Membership, Window]


def send_briefs(*, now: datetime, people: Collection[int] | None = None) -> int:
    """Compose, keep and send what is due; how many were composed. May run twice: a row names person and window.

    `people` narrows it to some of the leaders.

    Only the window that ended last is told, so that an outage makes up for nothing; and only to whoever held the post
    while it lasted, so that a first start floods nobody. One that fails keeps none of the others from being sent.
    """
    composed: dict[tuple[int, Window], Brief] = {}
    written = 0
    for post, window in _due(now, people)[:MOST]:
        try:
            with transaction.atomic():
                written += _written(post, window, composed, now)
        except Exception:
            log.exception("brief.failed", membership=post.pk, length=window.length.value)
    return written


def _due(now: datetime, people: Collection[int] | None) -> list[Due]:
    on = local_day(now)
    rows = active_posts(on).filter(role__in=RECEIVES)
    posts = list((rows if people is None else rows.filter(person__in=people)).order_by("agency_id", "pk"))
    prepare_calendars({post.agency_id for post in posts})
    wishes = BriefWish.objects.in_bulk([post.person_id for post in posts])
    due = {
        _key(post, window): (post, window)
        for post in reversed(posts)
        for window in _windows(post, wishes.get(post.person_id), now)
    }
    kept = SentBrief.objects.filter(first__gte=min((window.first for _post, window in due.values()), default=on))
    for key in kept.values_list("person_id", "agency_id", "length", "first"):
        due.pop(key, None)
    return list(due.values())[::-1]


def _key(post: Membership, window: Window) -> tuple[object, ...]:
    return post.person_id, post.agency_id, window.length.value, window.first


def _windows(post: Membership, wish: BriefWish | None, now: datetime) -> Iterator[Window]:
    calendar = calendar_of(post.agency_id)
    if not calendar.is_open(now):
        return
    wanted = {Length.WEEK: wish is None or wish.weekly, Length.MONTH: wish is None or wish.monthly}
    if post.agency.body_id is None:
        wanted[Length.WEEK] = False
    for length in (length for length, is_wanted in wanted.items() if is_wanted):
        window = latest_over(calendar.local_date(now), length)
        if max(post.starts_on, calendar.local_date(post.person.joined_at)) <= window.last:
            yield window


def _written(post: Membership, window: Window, composed: dict[tuple[int, Window], Brief], now: datetime) -> int:
    """Keep one brief, and put its letter into the outbox where there is anything to tell.

    Leaders of one agency read the same brief: it counts nothing that any of them may not see.
    """
    scope = Scope(actor_for(post.person, on=local_day(now)).through(post.role), post.agency)
    brief = composed.get((post.agency_id, window)) or brief_for(scope, window, now=now)
    composed[post.agency_id, window] = brief
    _row, made = SentBrief.objects.get_or_create(
        person=post.person,
        agency=post.agency,
        length=window.length.value,
        first=window.first,
        defaults={"composed_at": brief.at, "content": brief.as_json(), "sent": not brief.is_empty},
    )
    if made and not brief.is_empty:
        enqueue(letter_to(post, scope, brief, now=now), now=now)
    return int(made)
