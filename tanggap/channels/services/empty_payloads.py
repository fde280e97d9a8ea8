"""Raw payloads are emptied when nobody needs them any more; that a message was here stays known for ever."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tanggap.accounts.actor import TIMER
from tanggap.cases.models import RetentionKind
from tanggap.cases.retention import kept_for
from tanggap.channels.models import Inbound, InboundState
from tanggap.ledger.services.shred import shred

BATCH = 5000


@transaction.atomic
def empty_payloads(*, now: datetime) -> int:
    """Empty a batch of payloads past their time; how many. Those that wait for a person keep theirs.

    What it said lives on in its case; what is left in the payload is a number, a name and references to files, which
    nobody needs longer (UU PDP 27/2022, article 16: personal data are destroyed when their retention ends). The time
    is a dated row. The row stays with channel and external id: a message brought again after years is still known.
    """
    kept = kept_for(RetentionKind.PAYLOAD, now=now)
    dealt_with = (InboundState.DONE, InboundState.IGNORED, InboundState.HANDLED)
    old = Inbound.objects.filter(sealed__isnull=False, done_at__lt=now - kept, state__in=dealt_with)
    batch = Inbound.objects.filter(pk__in=list(old.order_by("done_at").values_list("pk", flat=True)[:BATCH]))
    for pk in batch.filter(state=InboundState.HANDLED).exclude(reason="").values_list("pk", flat=True):
        # An officer wrote why it is no report, and may have named whoever wrote it.
        shred(stream=f"inbound:{pk}", actor=TIMER.key, now=now)
    return batch.update(sealed=None, sender_index=None, reason="")
