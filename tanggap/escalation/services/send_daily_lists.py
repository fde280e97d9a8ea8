"""The morning message of every regional secretary: one list a day, at the opening of the office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import translation

from tanggap.accounts.actor import actor_for
from tanggap.accounts.days import local_day
from tanggap.accounts.models import Membership, Person
from tanggap.accounts.roles import Role
from tanggap.accounts.selectors.posts import active_on
from tanggap.common import formats
from tanggap.common.links import absolute
from tanggap.directory.models import Agency
from tanggap.directory.selectors import calendar_of, prepare_calendars
from tanggap.escalation.letters.posts import post_name
from tanggap.escalation.recipients import Holder
from tanggap.escalation.selectors.daily_list import DailyList, daily_list
from tanggap.notify.models import Message
from tanggap.notify.outgoing import Outgoing
from tanggap.notify.services.enqueue import enqueue_many

MOST_UNITS = 10


def send_daily_lists(*, now: datetime) -> int:
    """Write today's list for every secretary whose office is open and who has none yet; how many were written.

    May be called every few minutes and twice at once: the key of a message names the day.
    """
    posts = list(
        Membership.objects.filter(active_on(local_day(now)), role=Role.SEKDA, person__is_active=True)
        .select_related("person", "agency__body")
        .order_by("pk")
    )
    prepare_calendars({post.agency_id for post in posts})
    due = {_key(post.agency, post.person, now): post for post in posts if calendar_of(post.agency_id).is_open(now)}
    told = set(Message.objects.filter(key__in=due).values_list("key", flat=True))
    written = list(_messages({key: post for key, post in due.items() if key not in told}, now))
    enqueue_many(written, now=now)
    return len(written)


def _key(agency: Agency, person: Person, now: datetime) -> str:
    return f"daily_list:{agency.pk}:{calendar_of(agency.pk).local_date(now)}:{person.key}"


def _messages(due: dict[str, Membership], now: datetime) -> Iterator[Outgoing]:
    for key, post in due.items():
        actor = actor_for(post.person, on=local_day(now)).through(Role.SEKDA)
        found = daily_list(actor, post.agency, now=now)
        if not found.is_empty:
            yield _message(key, post, found, now)


def _message(key: str, post: Membership, found: DailyList, now: datetime) -> Outgoing:
    holder = Holder(post.person, post.role, post.agency_id)
    return Outgoing(
        key=key,
        template="daily_list",
        ways=holder.ways(),
        due_at=calendar_of(post.agency_id).opening(found.day),
        not_before=now,
        values={
            "post": post_name(post.role, post.agency),
            "agency": post.agency.full_name,
            "count": str(found.late),
            "list": "\n".join(_lines(found)),
            "link": absolute("/kerja/surat/harian/"),
            "due": formats.long_date(found.day),
        },
        source=key.rsplit(":person", 1)[0],
        payer=f"agency:{post.agency_id}",
        recipient_role=post.role,
        recipient_key=post.person.key,
        recipient_name=post.person.name,
    )


def _lines(found: DailyList) -> Iterator[str]:
    """Names of units and counts: nothing of any case."""
    with translation.override("id"):
        for unit in found.units[:MOST_UNITS]:
            yield f"- {unit.name}: {unit.late} terlambat"
        if len(found.units) > MOST_UNITS:
            yield f"- {len(found.units) - MOST_UNITS} unit lain"
        if found.issued:
            yield f"- Surat teguran terbit sejak kemarin: {found.issued}"
        if found.waiting:
            yield f"- Surat menunggu tanda tangan: {found.waiting}"
        if found.orders:
            yield f"- Perintah belum selesai: {found.orders} (lewat tenggat: {found.overdue_orders})"
