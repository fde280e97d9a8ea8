"""The outbox as an officer may see it: about cases they may see and their body pays for; all of it for the nation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast, Substr
from django.urls import reverse
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs_everything
from tanggap.accounts.roles import Role
from tanggap.cases.policies import cases_visible_to
from tanggap.console.template_titles import title_of
from tanggap.directory.models import Brand
from tanggap.notify.models import Channel, ChannelHealth, Message, MessageState

READS_OUTBOX = (Role.COORDINATOR, Role.NATIONAL_ADMIN)
DEAD = (MessageState.FAILED, MessageState.UNDELIVERABLE)
ABOUT_A_CASE = r"^case:[0-9]{1,18}$"
REPORTER = "reporter"
MOST_ROWS = 200


def reads_through(actor: Actor) -> Actor:
    """The actor with the posts that open these pages, and no other post."""
    return actor.through(*READS_OUTBOX)


def payers_of(actor: Actor) -> list[str]:
    """How the outbox names the bodies a coordinator answers for; at the root the queue of the nation itself."""
    grants = actor.grants_of(Role.COORDINATOR)
    return sorted({f"agency:{grant.body_id or grant.agency_id}" for grant in grants})


def visible_messages(actor: Actor) -> QuerySet[Message]:
    """Messages about cases the actor may see, of the own body; for national admins also those about no case.

    That a message about an invisible case exists is itself told to nobody, not even as a count.
    """
    reader = reads_through(actor)
    about = Case(When(stream__regex=ABOUT_A_CASE, then=Cast(Substr("stream", 6), BigIntegerField())))
    rows = Message.objects.alias(about_case=about)
    seen = Q(Exists(cases_visible_to(reader).filter(pk=OuterRef("about_case"))))
    if governs_everything(actor):
        return rows.filter(seen | Q(about_case__isnull=True))
    return rows.filter(seen, payer__in=payers_of(actor))


def dead_letters(actor: Actor) -> QuerySet[Message]:
    """What failed for good or has nobody to go to. Page it by `-id`: the index of the dead is in that order."""
    return visible_messages(actor).filter(state__in=DEAD)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One line of the list: what was meant for which post. Never an address, a text, or a reporter's name."""

    id: int
    title: str
    number: str
    url: str
    recipient: str
    channel: str
    due_at: datetime
    error: str
    vacant: bool


def lines_of(rows: Sequence[Message], actor: Actor) -> list[DeadLetter]:
    """The lines of a page, with the numbers of their cases; one statement."""
    ids = {row.pk: int(row.stream.removeprefix("case:")) for row in rows if row.stream.startswith("case:")}
    cases = cases_visible_to(reads_through(actor)).filter(pk__in=ids.values())
    numbers = dict(cases.values_list("pk", "tracking_id")) if ids else {}
    return [_line(row, numbers.get(ids.get(row.pk, 0), "")) for row in rows]


def _line(row: Message, number: str) -> DeadLetter:
    return DeadLetter(
        id=row.pk,
        title=title_of(row.template),
        number=number,
        url=reverse("console:case", args=[number]) if number else "",
        recipient=recipient_words(row),
        channel=channel_words(row.channel),
        due_at=row.due_at,
        error=row.error,
        vacant=row.state == MessageState.UNDELIVERABLE,
    )


def recipient_words(row: Message) -> str:
    """The post, and for officers whoever filled it; a citizen is never named here."""
    role = role_words(row.recipient_role)
    if row.recipient_role in Role.values and row.recipient_name:
        return f"{role}: {row.recipient_name}"
    return role or (_("pemilik akun") if row.template == "account_mail" else _("tidak disebut"))


def role_words(role: str) -> str:
    """A role of a step, the reporter and the officer on call included."""
    if role in Role.values:
        return str(Role(role).label)
    return {REPORTER: _("Pelapor"), "on_call": _("Petugas siaga")}.get(role, "")


def channel_words(channel: str) -> str:
    """A channel by name; one that is not ours as it stands."""
    return str(Channel(channel).label) if channel in Channel.values else channel


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits of one brand on one channel; `overdue` is what should have gone by now."""

    brand: str
    waiting: int
    overdue: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Provider:
    """How one provider does."""

    name: str
    last_in_at: datetime | None
    last_out_at: datetime | None
    failing_since: datetime | None
    retry_at: datetime | None
    last_error: str
    last_error_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChannelBacklog:
    """One channel: what waits per brand, its providers, the sums."""

    channel: str
    title: str
    rows: list[Waiting]
    providers: list[Provider]

    @property
    def waiting(self) -> int:
        return sum(row.waiting for row in self.rows)

    @property
    def overdue(self) -> int:
        return sum(row.overdue for row in self.rows)

    @property
    def oldest_at(self) -> datetime | None:
        return min((row.oldest_at for row in self.rows if row.oldest_at), default=None)

    @property
    def failing(self) -> bool:
        return any(provider.failing_since for provider in self.providers)


def backlog_of(actor: Actor, *, now: datetime) -> list[ChannelBacklog]:
    """Every channel with something waiting or a provider that was ever asked. Three statements."""
    pending = Message.objects.all() if governs_everything(actor) else visible_messages(actor)
    due = Q(not_before__lte=now)
    counted = (
        pending.filter(state=MessageState.PENDING)
        .order_by()
        .values("channel", "brand")
        .annotate(waiting=Count("id"), overdue=Count("id", filter=due), oldest=Min("due_at", filter=due))
        .order_by("channel", F("overdue").desc(), "brand")[:MOST_ROWS]
    )
    names = dict(Brand.objects.values_list("slug", "name")[:MOST_ROWS])
    rows: dict[str, list[Waiting]] = {}
    for row in counted:
        brand = names.get(row["brand"], row["brand"]) or _("tanpa merek")
        rows.setdefault(row["channel"], []).append(Waiting(brand, row["waiting"], row["overdue"], row["oldest"]))
    providers = _providers(names, with_errors=governs_everything(actor))
    order = [channel for channel in Channel.values if channel in rows or channel in providers]
    return [
        ChannelBacklog(channel, channel_words(channel), rows.get(channel, []), providers.get(channel, []))
        for channel in order
    ]


def _providers(names: dict[str, str], *, with_errors: bool) -> dict[str, list[Provider]]:
    """Providers by channel, the failing ones first. Their own words are for whoever keeps the contract with them."""
    found: dict[str, list[Provider]] = {}
    health: Iterable[ChannelHealth] = ChannelHealth.objects.order_by(
        "channel", F("failing_since").asc(nulls_last=True), "brand"
    )[:MOST_ROWS]
    for row in health:
        provider = Provider(
            name=names.get(row.brand, row.brand) or _("bawaan"),
            last_in_at=row.last_in_at,
            last_out_at=row.last_out_at,
            failing_since=row.failing_since,
            retry_at=row.retry_at,
            last_error=row.last_error if with_errors else "",
            last_error_at=row.last_error_at if with_errors else None,
        )
        found.setdefault(row.channel, []).append(provider)
    return found
