"""Taking messages to send, in a short transaction, so that two deliverers never take the same one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from tanggap.notify.models import Message, MessageState

BATCH = 20
# Who crashed holding a claim blocks it so long; nobody starts a message with less than MARGIN of it left.
LEASE = timedelta(seconds=120)
MARGIN = timedelta(seconds=50)
BUNDLE_MOST = 200
# What is bundled and becomes due so soon is taken along (`enqueue.GATHERING` put it there).
ALONG = timedelta(seconds=30)

# What was due earlier, or was tried already, goes first within one case and recipient; an urgent message waits for
# no other. Entries of a bundle are handled with the row that leads it. OFFSET 0 keeps it a question about one row at a
# time: as a join it would be asked of the whole line for every batch.
_BLOCKED = """
    EXISTS (
        SELECT 1 FROM notify_message e
        WHERE m.stream <> '' AND e.state = 'pending' AND e.recipient_key = m.recipient_key AND e.stream = m.stream
          AND e.channel = m.channel AND e.id < m.id AND (e.urgent OR NOT m.urgent)
          AND (e.attempts > 0 OR e.inside_id IS NOT NULL OR e.not_before <= m.not_before)
          AND e.inside_id IS DISTINCT FROM m.id
          {unless}
        OFFSET 0
    )
"""
_LEADS = f"""
    SELECT m.id FROM notify_message m
    WHERE m.state = 'pending' AND m.channel = %(channel)s AND m.urgent = {{urgent}}
      AND m.not_before <= %(now)s AND m.inside_id IS NULL
      AND (m.claimed_until IS NULL OR m.claimed_until <= %(now)s)
      AND NOT (m.brand = ANY(%(closed)s)) AND NOT (%(others_closed)s AND NOT (m.brand = ANY(%(own)s)))
      AND NOT {_BLOCKED.format(unless="")}
    ORDER BY m.not_before, m.id
    LIMIT %(limit)s
    FOR UPDATE OF m SKIP LOCKED
"""  # noqa: S608 - our own words
# A bundle is made once, of rows never tried: what a provider may have seen under a key does not change.
_CANDIDATE = """
    {m}.state = 'pending' AND {m}.channel = %(channel)s AND {m}.bundled AND {m}.inside_id IS NULL AND {m}.attempts = 0
    AND {m}.not_before <= %(along)s AND {m}.claimed_until IS NULL
"""
_BUNDLED = f"""
    SELECT m.id FROM notify_message m
    WHERE m.recipient_key = ANY(%(recipients)s) AND m.recipient_key <> ''
      AND {_CANDIDATE.format(m="m")}
      AND NOT {_BLOCKED.format(unless="AND NOT (" + _CANDIDATE.format(m="e") + ")")}
    ORDER BY m.id
    LIMIT %(limit)s
    FOR UPDATE OF m SKIP LOCKED
"""  # noqa: S608 - our own words

Together = tuple[str, str, str, bool]


@dataclass(frozen=True, slots=True)
class Closed:
    """Brands whose provider is not to be asked now. `others` are all that have no provider of their own."""

    brands: Sequence[str] = ()
    own: Sequence[str] = ()
    others: bool = False


@dataclass(slots=True)
class Claimed:
    """A message to hand over, and what travels in it."""

    message: Message
    contents: list[Message] = field(default_factory=list)

    @property
    def rows(self) -> list[Message]:
        return [self.message, *self.contents]

    @property
    def ids(self) -> list[int]:
        return [row.pk for row in self.rows]


@transaction.atomic
def claim(*, channel: str, now: datetime, closed: Closed, limit: int = BATCH) -> list[Claimed]:
    """The next messages of a channel that may go, first come first, each with its bundle.

    Claims of one channel come one after the other: two at once could each take half of a bundle.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"notify.claim.{channel}"])
    given = {
        "channel": channel, "now": now, "limit": limit, "closed": list(closed.brands),
        "own": list(closed.own), "others_closed": closed.others,
    }  # fmt: skip
    # Two questions, each answered by an index in its order: one would have to sort the whole line every time.
    leads = _rows(_LEADS.format(urgent="true"), given)
    if len(leads) < limit:
        leads += _rows(_LEADS.format(urgent="false"), {**given, "limit": limit - len(leads)})
    if not leads:
        return []
    claims = _led(leads, _newly_bundled(leads, channel, now))
    ids = [one.message.pk for one in claims]
    until = now + LEASE
    Message.objects.filter(pk__in=ids).update(claimed_until=until, attempts=F("attempts") + 1)
    for one in claims:
        one.message.claimed_until = until
        one.message.attempts += 1
    return claims


def release(claims: Iterable[Claimed]) -> None:
    """Give back what was not tried. The attempt it was claimed for never happened."""
    ids = [one.message.pk for one in claims]
    if ids:
        Message.objects.filter(pk__in=ids).update(claimed_until=None, attempts=F("attempts") - 1)


def _rows(query: str, params: dict[str, Any]) -> list[Message]:
    """The rows the query names, in its order; they are locked until commit."""
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        ids = [row[0] for row in cursor.fetchall()]
    found = Message.objects.in_bulk(ids)
    return [found[key] for key in ids]


def _together(row: Message) -> Together:
    return row.recipient_key, row.brand, row.language, row.urgent


def _newly_bundled(leads: list[Message], channel: str, now: datetime) -> dict[Together, list[Message]]:
    """Rows of new bundles, by what holds them together; those of a bundle made before are not among them."""
    fresh = [row for row in leads if row.bundled and row.recipient_key and row.attempts == 0]
    if not fresh:
        return {}
    given = {
        "channel": channel, "along": now + ALONG, "limit": BUNDLE_MOST * len(fresh),
        "recipients": sorted({row.recipient_key for row in fresh}),
    }  # fmt: skip
    groups: dict[Together, list[Message]] = {}
    for row in _rows(_BUNDLED, given):
        group = groups.setdefault(_together(row), [])
        if len(group) < BUNDLE_MOST:
            group.append(row)
    return groups


def _led(leads: list[Message], groups: dict[Together, list[Message]]) -> list[Claimed]:
    """Each lead once, with the contents it has or now gets; the set is committed before anything leaves."""
    claims: dict[int, Claimed] = {}
    changed: list[Message] = []
    taken: set[int] = set()
    for lead in leads:
        if lead.pk in taken:
            continue
        group = groups.pop(_together(lead), []) if lead.bundled and lead.attempts == 0 else []
        contents = [row for row in group if row.pk != lead.pk]
        for row in contents:
            row.inside_id = lead.pk
        changed += contents
        taken |= {lead.pk, *(row.pk for row in contents)}
        claims[lead.pk] = Claimed(lead)
    if changed:
        Message.objects.bulk_update(changed, ["inside"])
    _fill(claims)
    return list(claims.values())


def _fill(claims: dict[int, Claimed]) -> None:
    """What travels in each, of this attempt or an earlier one, without what was called back since."""
    inside = Message.objects.filter(inside__in=list(claims), state=MessageState.PENDING).order_by("id")
    for row in inside:
        claims[row.inside_id or 0].contents.append(row)
