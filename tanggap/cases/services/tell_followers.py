"""What happened to a public case, told to those who follow it; and nothing any more once it is not public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tanggap.cases.following import News, letter
from tanggap.cases.models import Case, Follow
from tanggap.common.links import absolute
from tanggap.notify.outgoing import Outgoing
from tanggap.notify.services.cancel_messages import cancel_messages
from tanggap.notify.services.enqueue import enqueue_many

BATCH = 500
HIDDEN = "laporan tidak lagi terbuka untuk umum"


def tell_followers(*, case_id: int, event_id: int, told: bool, now: datetime) -> int:
    """Write a message to each follower of the case, once an event; how many were written.

    Number, state and link, and the title unless the reporter is anonymous: never what was said. `told` false only
    calls back what waits, where the case left the public.
    """
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        return 0
    source = f"follow:case:{case.pk}"
    if not case.published:
        cancel_messages(sources=[source], reason=HIDDEN, now=now)
        return 0
    written, last = 0, 0
    while told:
        rows = Follow.objects.filter(case=case, confirmed_at__isnull=False, pk__gt=last).order_by("pk")[:BATCH]
        follows = list(rows)
        if not follows:
            break
        with transaction.atomic():
            enqueue_many([_news(case, one, event_id, source, now) for one in follows], now=now)
            Follow.objects.filter(pk__in=[one.pk for one in follows]).update(told_at=now)
        written, last = written + len(follows), follows[-1].pk
    return written


def _news(case: Case, follow: Follow, event_id: int, source: str, now: datetime) -> Outgoing:
    with translation.override(follow.language):
        title = "" if case.anonymous else f"\n{case.title}"
        body = _("Ada kabar tentang laporan %(number)s. Keadaannya sekarang: %(state)s.%(title)s\n\nBaca: %(link)s") % {
            "number": case.tracking_id,
            "state": case.get_state_display(),
            "title": title,
            "link": absolute(f"/l/{case.tracking_id}"),
        }
        subject = _("Kabar laporan %(number)s") % {"number": case.tracking_id}
    key = f"follow:{follow.pk}:{event_id}"
    news = News(subject, body, case.tracking_id)
    return letter(follow, news, key=key, now=now, source=source)
