"""How the reporter of a case can be reached: the channel the citizen used first, then the other ways that are known."""

from __future__ import annotations

from tanggap.cases.identity import open_identity
from tanggap.cases.models import Case, Reporter
from tanggap.cases.telling.values import is_discreet
from tanggap.cases.workflow import Channel
from tanggap.notify.outgoing import Way
from tanggap.notify.templates import TEMPLATES
from tanggap.notify.transports.browsers import can_be_pushed

# Free first, then by what a message costs. A phone number is all WhatsApp and SMS need; where the number has no
# WhatsApp the provider says so and the next way is taken.
ORDER = ("email", "whatsapp", "sms")
FIRST: dict[str, str] = {
    Channel.EMAIL.value: "email",
    Channel.WHATSAPP.value: "whatsapp",
    Channel.SMS.value: "sms",
    Channel.TELEGRAM.value: "telegram",
    Channel.FACEBOOK.value: "facebook",
    Channel.INSTAGRAM.value: "instagram",
    Channel.X.value: "x",
    # Who telephoned, or came to a desk, left a number that may belong to any phone, old ones included.
    **dict.fromkeys((Channel.PHONE, Channel.COUNTER, Channel.LETTER, Channel.VAN, Channel.RADIO), "sms"),
}


def reporter_key(case: Case) -> str:
    """How the outbox names the reporter: by case, never by person, so that two cases of one person stay two."""
    return f"reporter:{case.pk}"


def has_address(reporter: Reporter | None) -> bool:
    """Whether the reporter can be written to at all, wanted or not; the identity stays sealed."""
    if reporter is None:
        return False
    return any(index is not None for index in (reporter.phone_index, reporter.email_index, reporter.sender_index))


def is_reachable(case: Case) -> bool:
    """Whether news will be sent at all: a way is known and the reporter wants it."""
    return has_address(Reporter.objects.filter(case_id=case.pk, contact_wanted=True).first())


def ways_to(case: Case, *, template: str = "") -> list[Way]:
    """The ways to tell the reporter, best first; none where nothing is known or no contact is wanted."""
    if not is_reachable(case):
        return []
    known = open_identity(case)
    addresses = {"email": known.email, "whatsapp": known.phone, "sms": known.phone}
    own, _colon, address = known.account.partition(":")
    # Who never wrote to us in private cannot be written to there: the networks refuse it.
    if own and not addresses.get(own) and not case.unconfirmed:
        addresses[own] = address
    first = FIRST.get(case.channel, "")
    order = sorted(dict.fromkeys((*ORDER, *addresses)), key=lambda channel: channel != first)
    ways = [Way(channel, addresses[channel]) for channel in order if addresses.get(channel)]
    return ways + _under_the_post(case, known.post, template)


def browser_ways(case: Case) -> list[Way]:
    """The browsers that the reporter had follow this case, as one way; none where no news are wanted."""
    if Reporter.objects.filter(case_id=case.pk, contact_wanted=False).exists():
        return []
    return [Way("webpush", reporter_key(case))] if can_be_pushed(reporter_key(case)) else []


def _under_the_post(case: Case, post: str, template: str) -> list[Way]:
    """Below the words the case began with, where everybody reads it: the last way, for what may be said there.

    Never for a case that is guarded or anonymous: a number below somebody's words says whose case it is.
    """
    channel, _colon, place = post.partition(":")
    if not place or not TEMPLATES[template or "receipt"].public or is_discreet(case):
        return []
    return [Way(channel, place)]
