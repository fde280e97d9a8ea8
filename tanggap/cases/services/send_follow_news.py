"""New public cases, told once a day to those who follow a place, a topic or a body."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tanggap.cases.following import News, letter, target_of, words_of
from tanggap.cases.models import Case, Follow
from tanggap.cases.policies import public_cases
from tanggap.common.links import absolute
from tanggap.notify.outgoing import Outgoing
from tanggap.notify.services.enqueue import enqueue_many

BATCH = 500
SHOWN = 10
LOOKED_BACK = timedelta(days=7)
VERIFIED_WITHIN = timedelta(days=60)
UNCONFIRMED = timedelta(days=3)


def send_follow_news(*, now: datetime) -> int:
    """Write the letters of the day; how many. Running it again the same day sends nothing twice.

    Cases of anonymous reporters are left out (DOMAIN §5). Wishes that nobody confirmed within three days go.
    """
    Follow.objects.filter(confirmed_at=None, asked_at__lt=now - UNCONFIRMED).delete()
    lists = Follow.objects.filter(case=None, confirmed_at__isnull=False)
    since = lists.aggregate(first=Min("told_at"))["first"]
    if since is None:
        return 0
    new = _new_cases(max(since, now - LOOKED_BACK), now)
    written, last = 0, 0
    while True:
        rows = lists.select_related("region", "category", "agency__body").filter(pk__gt=last).order_by("pk")
        follows = list(rows[:BATCH])
        if not follows:
            return written
        letters = [_letter(one, fitting, now) for one in follows if (fitting := _fitting(one, new))]
        with transaction.atomic():
            enqueue_many(letters, now=now)
            Follow.objects.filter(pk__in=[one.pk for one in follows]).update(told_at=now)
        written, last = written + len(letters), follows[-1].pk


def _new_cases(since: datetime, now: datetime) -> list[Case]:
    """What became public since, newest first; found by the index of public cases, which is by the day of receiving."""
    cases = public_cases().filter(
        received_at__gt=since - VERIFIED_WITHIN, verified_at__gt=since, verified_at__lte=now, anonymous=False
    )
    return list(cases.select_related("category").order_by("-received_at", "-id"))


def _fitting(follow: Follow, new: Sequence[Case]) -> list[Case]:
    return [case for case in new if _fits(follow, case)]


def _fits(follow: Follow, case: Case) -> bool:
    if follow.told_at is not None and case.verified_at is not None and case.verified_at <= follow.told_at:
        return False
    if follow.region_id and not f"{case.region_id or ''}.".startswith(f"{follow.region_id}."):
        return False
    if follow.agency_id and follow.agency_id not in (case.agency_id, case.body_id):
        return False
    parent = case.category.parent_id if case.category else None
    return not follow.category_id or follow.category_id in (case.category_id, parent)


def _letter(follow: Follow, cases: Sequence[Case], now: datetime) -> Outgoing:
    with translation.override(follow.language):
        what = words_of(target_of(follow))
        subject = ngettext("%(n)d laporan baru", "%(n)d laporan baru", len(cases)) % {"n": len(cases)}
        lines = [f"- {case.title}\n  {absolute(f'/l/{case.tracking_id}')}" for case in cases[:SHOWN]]
        if len(cases) > SHOWN:
            lines.append(
                _("dan %(n)d laporan lain: %(link)s") % {"n": len(cases) - SHOWN, "link": absolute("/laporan/")}
            )
        body = _("Anda mengikuti %(what)s.") % {"what": what} + "\n\n" + "\n".join(lines)
    key = f"follow:{follow.pk}:{now.date().isoformat()}"
    return letter(follow, News(subject, body), key=key, now=now)
