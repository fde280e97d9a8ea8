"""The doors of each brand as a page shows them: what is set up, when something last came and went, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.policies import governs_everything
from tanggap.accounts.roles import Role
from tanggap.channels.models import Inbound, InboundState
from tanggap.channels.policies import brands_of
from tanggap.directory.models import Brand
from tanggap.notify.models import ChannelConfig, ChannelHealth
from tanggap.notify.services.configure_channel import KINDS

HERE = "console:doors"
MOST_BRANDS = 100
NAMES = {
    "whatsapp": "WhatsApp",
    "telegram": "Telegram",
    "email": "E-mail",
    "sms": "SMS",
    "meta": "Facebook, Instagram",
    "x": "X",
}


def tabs_of(actor: Actor, name: str) -> list[tuple[str, str, bool, None]]:
    """Links to the rooms this person may enter; `name` is the present one."""
    rooms = [(_("Keadaan saluran"), "doors"), (_("Merek"), "brands")]
    if actor.has_role(Role.NATIONAL_ADMIN):
        rooms.append((_("Bahasa"), "locales"))
    return [(title, reverse(f"console:{room}"), room == name, None) for title, room in rooms]


@dataclass(frozen=True, slots=True)
class Door:
    """One channel of one brand."""

    kind: str
    name: str
    configured: bool
    enabled: bool
    last_in_at: datetime | None
    last_out_at: datetime | None
    failing_since: datetime | None
    last_error: str
    stuck: int


@dataclass(frozen=True, slots=True)
class Doors:
    """Everything about one brand."""

    slug: str
    name: str
    agency: str
    doors: list[Door]


def doors_for(actor: Actor) -> list[Doors]:
    """The brands the actor looks after; four statements. Providers' own words are for the nation."""
    rows = list(brands_of(actor).select_related("agency__body").order_by("-is_default", "name")[:MOST_BRANDS])
    slugs = [row.slug for row in rows]
    configs = {(row.brand, row.channel): row for row in ChannelConfig.objects.filter(brand__in=slugs)}
    health = {(row.brand, row.channel): row for row in ChannelHealth.objects.filter(brand__in=slugs)}
    waiting = (
        Inbound.objects.filter(brand__in=slugs, state=InboundState.STUCK)
        .order_by()
        .values_list("brand", "channel")
        .annotate(number=Count("id"))
    )
    stuck = {(brand, channel): number for brand, channel, number in waiting}
    everything = governs_everything(actor)
    return [
        Doors(
            row.slug,
            row.name,
            row.agency.full_name if row.agency else _("Seluruh Indonesia"),
            list(_doors(row, configs, health, stuck, with_errors=everything)),
        )
        for row in rows
    ]


def _doors(
    brand: Brand,
    configs: dict[tuple[str, str], ChannelConfig],
    health: dict[tuple[str, str], ChannelHealth],
    stuck: dict[tuple[str, str], int],
    *,
    with_errors: bool,
) -> Iterator[Door]:
    for kind in (kind for kind in KINDS if kind in NAMES):
        config, seen = configs.get((brand.slug, kind)), health.get((brand.slug, kind))
        yield Door(
            kind=kind,
            name=NAMES[kind],
            configured=config is not None,
            enabled=config is not None and config.enabled,
            last_in_at=seen.last_in_at if seen else None,
            last_out_at=seen.last_out_at if seen else None,
            failing_since=(seen.failing_since or seen.deaf_since) if seen else None,
            last_error=(seen.last_error if seen.failing_since else seen.in_error) if seen and with_errors else "",
            stuck=sum(stuck.get((brand.slug, channel), 0) for channel in CAME_BY.get(kind, (kind,))),
        )


CAME_BY = {"meta": ("facebook", "instagram")}
