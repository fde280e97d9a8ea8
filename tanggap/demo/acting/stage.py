"""Who and what the acts need: agencies, regions and topics as rows, people by their seats, numbers for new rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tanggap.accounts.actor import PUBLIC, TIMER, Actor, channel_actor
from tanggap.cases.workflow import Channel
from tanggap.demo.planning.cases import Hand, Nobody, PlannedCase, Seat
from tanggap.directory.models import Agency, Brand, Category, Region

BY_MACHINE = frozenset(
    c.value
    for c in (
        Channel.SMS, Channel.WHATSAPP, Channel.TELEGRAM, Channel.EMAIL,
        Channel.X, Channel.FACEBOOK, Channel.INSTAGRAM, Channel.API, Channel.OPEN311,
    )
)  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """Everything that stands ready for a batch."""

    agencies: Mapping[str, Agency]
    regions: Mapping[str, Region]
    categories: Mapping[str, Category]
    brand: Brand | None
    seats: Mapping[Seat, Actor]
    citizen: Actor
    case_ids: Iterator[int]
    message_ids: Iterator[int]
    tracking_ids: Iterator[str]

    def actor(self, hand: Hand, plan: PlannedCase) -> Actor:
        """Whoever this is in this case."""
        if isinstance(hand, Seat):
            return self.seats[hand]
        return TIMER if hand == Nobody.TIMER else self.reporter(plan)

    def reporter(self, plan: PlannedCase) -> Actor:
        """The reporter: signed in, or whoever shows the secret code."""
        return self.citizen if plan.reporter is not None and plan.reporter.account else PUBLIC

    def submitter(self, plan: PlannedCase) -> Actor:
        """Who brings the words in: an officer at a desk, a channel, the reporter."""
        if plan.entered_by is not None:
            return self.seats[plan.entered_by]
        return channel_actor(plan.channel) if plan.channel in BY_MACHINE else self.reporter(plan)

    def category(self, code: str) -> Category | None:
        """The topic of a code that is loaded."""
        return self.categories.get(code)
