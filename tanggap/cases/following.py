"""Following public cases: what a follow is about, its links, and the letters that go out."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tanggap.cases.models import Case, Follow
from tanggap.common.crypto import blind_index, seal, unseal
from tanggap.common.links import absolute
from tanggap.directory.models import Agency, Category, Region
from tanggap.notify.outgoing import Outgoing, Way
from tanggap.notify.rendering import seal_text
from tanggap.notify.services.forget_recipient import forget_recipient
from tanggap.notify.transports.browsers import can_be_pushed, is_browser_of

TEMPLATE = "account_mail"


@dataclass(frozen=True, slots=True)
class Target:
    """One public case, or new cases by place, topic and body together."""

    case: Case | None = None
    region: Region | None = None
    category: Category | None = None
    agency: Agency | None = None

    @property
    def given(self) -> bool:
        """Whether anything is meant at all: everything everywhere cannot be followed."""
        return any((self.case, self.region, self.category, self.agency))


def target_of(follow: Follow) -> Target:
    """What is followed."""
    return Target(follow.case, follow.region, follow.category, follow.agency)


def words_of(target: Target) -> str:
    """What is followed, in words. Of a case only its number: a mailbox can be read over a shoulder."""
    if target.case is not None:
        return _("laporan %(number)s") % {"number": target.case.tracking_id}
    told = [one.name for one in (target.category, target.region) if one is not None]
    told += [target.agency.full_name] if target.agency is not None else []
    return _("laporan baru: %(words)s") % {"words": ", ".join(told)}


def index_of(address: str) -> bytes:
    """By which the follows of an address are found."""
    return blind_index("follow", address)


def index_of_browser(subscription: Mapping[str, Any]) -> bytes:
    """By which the follows of a browser are found."""
    return index_of(f"browser:{subscription.get('endpoint', '')}"[:1000])


def follows_of_browser(subscription: Mapping[str, Any]) -> list[Follow]:
    """What a browser follows, newest first; nothing for who knows its endpoint and not the secret beside it, as its
    push service does."""
    rows = Follow.objects.filter(address_index=index_of_browser(subscription), address_sealed=None)
    rows = rows.select_related("case", "region", "category", "agency__body").order_by("-pk")
    return [row for row in rows if is_browser_of(row.recipient_key, subscription)]


def seal_address(address: str) -> bytes:
    """Kept under its own index: copied to another row it does not open."""
    return seal(address.encode(), context=f"follow:{index_of(address).hex()}")


def token_of(follow: Follow) -> str:
    """What stands in its links. Made of the row, so that it need not be kept; dead with it."""
    return f"{follow.pk}-{_mac(follow).hex()}"


def follow_of(token: str) -> Follow | None:
    """The row that a link names; None for what is no link of ours, or not any more."""
    number, _dash, mac = token.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    rows = Follow.objects.select_related("case", "region", "category", "agency__body")
    follow = rows.filter(pk=int(number)).first()
    return follow if follow is not None and hmac.compare_digest(_mac(follow).hex(), mac) else None


def ways_to(follow: Follow) -> list[Way]:
    """The mail address, or the browser."""
    if follow.address_sealed is None:
        return [Way("webpush", follow.recipient_key)] if can_be_pushed(follow.recipient_key) else []
    context = f"follow:{bytes(follow.address_index).hex()}"
    return [Way("email", unseal(follow.address_sealed, context=context).decode())]


@dataclass(frozen=True, slots=True)
class News:
    """What is said: a mail's subject and body; a browser is told no more than the number and the subject."""

    subject: str
    body: str
    number: str = ""


def letter(follow: Follow, news: News, *, key: str, now: datetime, source: str = "") -> Outgoing:
    """One message to a follower, its words sealed: the outbox shows nobody who follows what."""
    pushed = {"tracking_id": news.number, "clock": news.subject}
    token = token_of(follow)
    stop = absolute(f"/ikuti/{token}/berhenti/")
    # A browser has no letter with a link to stop at its end: what it opens leads to the news and has the button.
    page = absolute(f"/ikuti/{token}/kabar/") if follow.address_sealed is None else ""
    with translation.override(follow.language):
        ending = _("Berhenti mengikuti: %(link)s") % {"link": stop}
    return Outgoing(
        key=key,
        template=TEMPLATE,
        ways=ways_to(follow),
        due_at=now,
        not_before=now,
        values={
            **seal_text(key, subject=news.subject, body=f"{news.body}\n\n{ending}", stop=stop, link=page),
            **(pushed if follow.address_sealed is None else {}),
        },
        source=source,
        language=follow.language,
        brand=follow.brand,
        recipient_role="follower",
        recipient_key=follow.recipient_key,
    )


def end_follow(follow: Follow, *, now: datetime) -> None:
    """Forget the wish, its address and what waits to be sent. Inside the caller's transaction."""
    forget_recipient(recipient_key=follow.recipient_key, now=now)
    follow.delete()


def _mac(follow: Follow) -> bytes:
    return blind_index("follow-link", f"{follow.pk}:{follow.created_at.timestamp()}")
