"""One round: a batch of claimed messages, handed over one by one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog

from tanggap.notify.addressing import index_of, is_reporter, opted_out, seal_ways, ways_of
from tanggap.notify.cost import FREE, Budget
from tanggap.notify.delivery import writing
from tanggap.notify.delivery.claiming import MARGIN, Claimed, claim, release
from tanggap.notify.delivery.health import Health
from tanggap.notify.delivery.ways import next_way
from tanggap.notify.models import Message
from tanggap.notify.outgoing import Hours, Way, any_hour
from tanggap.notify.quiet import after_quiet
from tanggap.notify.rendering import Own, own_wordings, rendered
from tanggap.notify.templates import TEMPLATES
from tanggap.notify.transports.base import Accepted, Permanent, ProviderDown, Rendered, Temporary, Transport
from tanggap.notify.transports.registry import Providers

log = structlog.get_logger(__name__)
NOT_CONFIGURED = "saluran ini belum diatur"
CAP_REACHED = "pagu biaya bulan ini habis"
OPTED_OUT = "penerima tidak ingin dikirimi pesan"
UNREADABLE = "pesan ini tidak dapat disusun"


class Unusable:
    """Stands for a provider whose settings make no transport: nothing leaves until somebody mends them."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def send(self, message: Rendered) -> Accepted:
        raise ProviderDown(f"pengaturan saluran ini tidak dapat dipakai ({self._reason})")

    def close(self) -> None:
        pass


class Round:
    """What one call of `deliver` needs to know of a channel, and the connections it opened."""

    def __init__(self, channel: str, now: datetime, hours: Hours = any_hour) -> None:
        self.channel = channel
        self.hours = hours
        self.providers = Providers.of(channel)
        self.health = Health(self.providers)
        self.budget = Budget(now)
        self.sent: list[str] = []
        self.woken: set[str] = set()
        self._transports: dict[str, Transport | None] = {}
        self._others = {channel: self.providers}
        self.moment, self._began = now, time.monotonic()

    @property
    def now(self) -> datetime:
        """The moment given by the caller, and what has passed since: claims must not outlive their time."""
        return self.moment + timedelta(seconds=time.monotonic() - self._began)

    def close(self) -> None:
        for transport in self._transports.values():
            if transport is not None:
                transport.close()

    def run(self) -> int:
        """Claim and hand over one batch; how many were claimed."""
        claims = claim(
            channel=self.channel, now=self.now, closed=self.health.closed(self.now), limit=self.health.batch(self.now)
        )
        if claims:
            ready = list(self._awake(self._wanted(claims)))
            self._hand_over(ready, own_wordings(row for one in ready for row in one.rows))
        return len(claims)

    # -- before ----------------------------------------------------------------------------------------------------

    def _wanted(self, claims: list[Claimed]) -> list[Claimed]:
        """Those whose recipient has not asked to be left alone since they were written."""
        ways = {one.message.pk: self._way(one.message) for one in claims if is_reporter(one.message.recipient_key)}
        refused = opted_out(ways.values())
        if not refused:
            return claims
        wanted = []
        for one in claims:
            way = ways.get(one.message.pk)
            if way is None or index_of(way) not in refused:
                wanted.append(one)
            elif next_way(one.message) is None:
                writing.write_skipped(one, OPTED_OUT)
            else:
                self._closed(one, OPTED_OUT)
        return wanted

    @staticmethod
    def _way(message: Message) -> Way:
        ways, at = ways_of(message)
        return ways[at]

    def _awake(self, claims: list[Claimed]) -> Iterator[Claimed]:
        """Those whose recipient is not asleep and at the desk; the others wait for the morning."""
        now = self.now
        later = dict(self.hours([one.message for one in claims], now))
        for one in claims:
            if one.message.pk in later:
                continue
            if is_reporter(one.message.recipient_key) and not _at_any_hour(one.message):
                morning = after_quiet(now, one.message.values.get("zone", ""))
                if morning > now:
                    later[one.message.pk] = morning
                    continue
            yield one
        if later:
            writing.held_until([one for one in claims if one.message.pk in later], later)

    # -- handing over ----------------------------------------------------------------------------------------------

    def _hand_over(self, claims: list[Claimed], own: Own) -> None:
        down: set[str] = set()
        untried: list[Claimed] = []
        for one in claims:
            provider = self.providers.provider_of(one.message.brand)
            if provider in down or self._is_late(one):
                untried.append(one)
            elif self._may_spend(one) and not self._send(one, provider, own):
                down.add(provider)
        release(untried)

    def _is_late(self, one: Claimed) -> bool:
        """Whether so little is left of the claim that another might take the message while we send it."""
        until = one.message.claimed_until
        return until is None or until - self.now < MARGIN

    def _send(self, one: Claimed, provider: str, own: Own) -> bool:
        """Hand one over and write down what came of it. False when the provider is down."""
        transport = self._transport(one.message.brand, provider)
        if transport is None:
            self._closed(one, NOT_CONFIGURED)
            return True
        try:
            ready = rendered(one.message, one.contents, own)
        except Exception as error:
            # A damaged row must not stop those behind it.
            log.exception("outbox.unreadable", message=one.message.pk)
            self._closed(one, f"{UNREADABLE} ({type(error).__name__})")
            return True
        return self._came_of(one, provider, _outcome(transport, ready))

    def _came_of(self, one: Claimed, provider: str, outcome: Accepted | Temporary | Permanent) -> bool:
        now = self.now
        if isinstance(outcome, Accepted):
            price = self.budget.price(self.channel)
            cost = writing.write_accepted(one, outcome, price=price, now=now)
            self.sent.append(outcome.provider_id)
            self.health.answered(provider, now)
            if cost:
                self.budget.add(one.message.brand, one.message.payer, cost, now=now)
            return True
        log.info("outbox.not_sent", message=one.message.pk, channel=self.channel, error=str(outcome))
        if isinstance(outcome, ProviderDown):
            self.health.failed(provider, error=str(outcome), asked=outcome.retry_after, now=self.moment)
            if one.message.urgent and next_way(one.message) is not None:
                # What cannot wait does not wait for a provider either.
                self._closed(one, str(outcome))
            else:
                writing.write_untried(one, str(outcome))
            return False
        if isinstance(outcome, Temporary):
            self._wake(writing.write_later(one, outcome, now=self.moment))
        else:
            self._closed(one, str(outcome))
        return True

    def _closed(self, one: Claimed, error: str) -> None:
        self._wake(writing.write_closed(one, error, now=self.moment))

    def _wake(self, channel: str) -> None:
        if channel:
            self.woken.add(channel)

    def _transport(self, brand: str, provider: str) -> Transport | None:
        if provider not in self._transports:
            try:
                self._transports[provider] = self.providers.transport_for(brand)
            except Exception as error:
                log.exception("outbox.transport_unusable", channel=self.channel)
                self._transports[provider] = Unusable(type(error).__name__)
        return self._transports[provider]

    # -- money -----------------------------------------------------------------------------------------------------

    def _may_spend(self, one: Claimed) -> bool:
        """Whether the message may go by this channel now.

        With the month's money spent, what costs nothing still goes, by a free way of the recipient where there is
        one; what is essential goes by the cheapest; the rest is skipped.
        """
        message = one.message
        if not self.budget.price(self.channel) or not self.budget.is_spent(message.brand, message.payer):
            return True
        ways, at = ways_of(message)
        cheapest = sorted(ways[at:], key=lambda way: self.budget.price(way.channel))
        cheapest = [way for way in cheapest if self._is_open(way.channel, message.brand)] or [ways[at]]
        if self.budget.price(cheapest[0].channel) != FREE and not any(row.essential for row in one.rows):
            writing.write_skipped(one, CAP_REACHED)
            return False
        if cheapest[0].channel == self.channel:
            return True
        writing.write_moved(one, seal_ways(message.key, cheapest), now=self.moment)
        self._wake(cheapest[0].channel)
        return False

    def _is_open(self, channel: str, brand: str) -> bool:
        """Whether the brand can send by this channel at all."""
        if channel not in self._others:
            self._others[channel] = Providers.of(channel)
        return self._others[channel].can_send(brand)


def _at_any_hour(message: Message) -> bool:
    return message.urgent or TEMPLATES[message.template].at_once


def _outcome(transport: Transport, ready: Rendered) -> Accepted | Temporary | Permanent:
    """What the provider said. An error nobody foresaw counts as one that may pass; its text could hold an address."""
    try:
        return transport.send(ready)
    except (Temporary, Permanent) as failure:
        return failure
    except Exception as error:
        log.warning("outbox.transport_broke", error=type(error).__name__, key=ready.key)
        return Temporary(f"galat: {type(error).__name__}")
