"""The searched words of public cases, written for those that have none: after an upgrade, an import, a restore."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from tanggap.cases.models import Case, PublicWords
from tanggap.cases.searching import keep_words

BATCH = 1000


def index_words(*, now: datetime, anew: bool = False, progress: Callable[[str], None] = lambda _line: None) -> int:
    """Write the missing rows (`anew`: all), newest case first, a batch to a transaction; how many cases were read.

    Cases received after `now` have theirs from the service that published them. Rows of cases that are no longer public
    go, whatever left them there. May be broken off and begun again.
    """
    PublicWords.objects.exclude(case__published=True).delete()
    read, last = 0, None
    while True:
        wanted = Case.objects.filter(published=True, received_at__lte=now).order_by("-pk")
        wanted = wanted if anew else wanted.filter(public_words=None)
        found = list((wanted if last is None else wanted.filter(pk__lt=last)).values_list("pk", flat=True)[:BATCH])
        if not found:
            return read
        with transaction.atomic():
            keep_words(found)
        read, last = read + len(found), found[-1]
        progress(f"{read} laporan umum siap dicari")
