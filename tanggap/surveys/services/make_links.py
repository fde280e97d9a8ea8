"""Personal links for a survey, each good for one answer."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.common.errors import Invalid
from tanggap.ledger.services.record import record
from tanggap.surveys.doors import check_state, locked_survey, token_digest
from tanggap.surveys.models import Channel, PersonalLink, Survey
from tanggap.surveys.policies import check_may_run

MOST_AT_ONCE, MOST_IN_ALL = 500, 20_000
PERSONAL = (Channel.PAGE, Channel.WHATSAPP)


@transaction.atomic
def make_links(*, code: str, channel: str, number: int, actor: Actor, now: datetime) -> list[str]:
    """The secrets of so many new links, told this once. Raises Invalid, Forbidden, Refused after the close."""
    survey = locked_survey(code)
    check_may_run(actor, survey.service.agency)
    check_state(survey, Survey.State.OPEN)
    if channel not in PERSONAL:
        raise Invalid(_("Pilih dari daftar."), field="channel", code="unknown_choice")
    if not 1 <= number <= MOST_AT_ONCE:
        raise Invalid(_("Antara 1 dan %(most)s tautan sekali buat.") % {"most": MOST_AT_ONCE}, field="number")
    if survey.links.count() + number > MOST_IN_ALL:
        raise Invalid(_("Tautan survei ini sudah terlalu banyak."), field="number", code="too_many")
    tokens = [secrets.token_urlsafe(15) for _number in range(number)]
    PersonalLink.objects.bulk_create(
        PersonalLink(survey=survey, channel=channel, token_digest=token_digest(token)) for token in tokens
    )
    data = {"channel": channel, "number": number}
    record("survey.links_made", stream=survey.stream, actor=actor.key, at=now, data=data, react=False)
    return tokens
