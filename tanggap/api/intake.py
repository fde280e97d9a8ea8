"""From a body of POST /api/v1/cases to a case."""

from __future__ import annotations

import json

from tanggap.accounts.actor import channel_actor
from tanggap.api import lookups
from tanggap.api.schemas import NewCase
from tanggap.cases.addressing import About
from tanggap.cases.identity import Contact
from tanggap.cases.services.count_intake import count_intake
from tanggap.cases.services.submit_case import Once, Receipt, Submission, submit_case
from tanggap.cases.workflow import Channel
from tanggap.common.clock import now
from tanggap.common.crypto import blind_index
from tanggap.common.errors import Invalid

CHANNEL = Channel.API.value
ACTOR = channel_actor(CHANNEL)

# The services name fields in their own words; the caller knows only the published ones.
PUBLISHED = {
    "name": "reporter.name",
    "phone": "reporter.phone",
    "email": "reporter.email",
    "about": "about_agency_code",
}


def take_in(body: NewCase, *, key: str | None, address: str, host: str) -> Receipt:
    """Count, check and submit. Raises TooMany, Invalid with the published field, Refused for a key used otherwise."""
    moment = now()
    count_intake(channel=CHANNEL, address=address, now=moment)
    once = Once(key, body_digest(body)) if key else None
    try:
        return submit_case(submission=_submission(body, host), actor=ACTOR, now=moment, once=once)
    except Invalid as error:
        raise Invalid(error.message, code=error.code, field=PUBLISHED.get(error.field or "", error.field)) from error


def body_digest(body: NewCase) -> bytes:
    """Keyed, because a plain digest would let whoever reads the table try out phone numbers."""
    sent = body.model_dump(mode="json", exclude_unset=True)
    return blind_index("submission-body", json.dumps(sent, sort_keys=True, ensure_ascii=False))


def _submission(body: NewCase, host: str) -> Submission:
    about = [lookups.agency_of(body.about_agency_code, field="about_agency_code")] if body.about_agency_code else ()
    return Submission(
        text=body.text,
        channel=CHANNEL,
        title=body.title,
        classification=body.classification,
        category=lookups.category_of(body.category) if body.category else None,
        region=lookups.region_of(body.region_code) if body.region_code else None,
        agency=lookups.agency_of(body.agency_code, field="agency_code") if body.agency_code else None,
        about=About(agencies=about, person_name=body.about_person),
        latitude=body.latitude,
        longitude=body.longitude,
        occurred_on=body.occurred_on,
        anonymous=body.anonymous,
        secret=body.secret,
        contact=_contact(body),
        brand=lookups.brand(host),
    )


def _contact(body: NewCase) -> Contact | None:
    given = body.reporter
    return Contact(name=given.name, phone=given.phone, email=given.email) if given else None
