"""Take in what a citizen says: the case exists and its verification clock runs when this returns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.addressing import About, add_subjects, address, with_office
from tanggap.cases.attachments import attach_draft
from tanggap.cases.deadlines import due_for
from tanggap.cases.identity import Contact, new_reporter
from tanggap.cases.models import Case, ClockName
from tanggap.cases.noting import add_note
from tanggap.cases.once import Once, Receipt, remember, repeated
from tanggap.cases.recording import save_case
from tanggap.cases.secret_codes import code_digest
from tanggap.cases.texts import LONGEST_TITLE, clean_text, cut_title, new_narrative
from tanggap.cases.urgency import sounds_urgent
from tanggap.cases.workflow import SUBMITTED, Channel, Classification
from tanggap.common.errors import Invalid
from tanggap.common.ids import new_secret_code, new_tracking_id
from tanggap.common.redacting import redact
from tanggap.directory.models import Agency, Brand, Category, Region
from tanggap.directory.selectors import calendar_of

__all__ = ["Once", "Receipt", "Submission", "submit_case"]
OLDEST_EVENT = date(1945, 8, 17)
TRIES = 3


@dataclass(frozen=True, slots=True)
class Submission:
    """What can be said at intake. Only `text` and `channel` are needed."""

    text: str
    channel: str
    title: str = ""
    classification: str | None = None
    category: Category | None = None
    region: Region | None = None
    agency: Agency | None = None
    about: About = field(default_factory=About)
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    occurred_on: date | None = None
    anonymous: bool = False
    secret: bool = False
    contact: Contact | None = None
    brand: Brand | None = None
    language: str = "id"
    source_tag: str = ""
    entered_by_key: str = ""
    draft_token: str = ""
    hide: tuple[str, ...] = ()
    """Words the reporter took out of what everybody reads."""
    private_files: tuple[str, ...] = ()
    """Tokens of the draft's files that the reporter keeps from everybody but the officers."""
    note: str = ""
    """What the channel found out and the verifier must know; officers alone read it."""
    unconfirmed: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """People known from fields of their own: the reporter, and whom it is about."""
        given = (self.contact.name if self.contact else "", self.about.person_name)
        return tuple(name for name in given if name)


def submit_case(*, submission: Submission, actor: Actor, now: datetime, once: Once | None = None) -> Receipt:
    """Create the case, or give the same receipt again for a repeated key with the same body.

    Raises Invalid for what cannot be accepted (field named), Refused when the key was used for another body.
    """
    for attempt in range(TRIES):
        try:
            return _submit(submission=submission, actor=actor, now=now, once=once)
        except IntegrityError as error:
            # Two ways to collide: the random tracking id of another case, or the same key sent twice at once.
            # Either way nothing was written, and the second look finds what the first one could not.
            if attempt == TRIES - 1 or transaction.get_connection().in_atomic_block:
                raise
            if "tracking_id" not in str(error) and "key_digest" not in str(error):
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def _submit(*, submission: Submission, actor: Actor, now: datetime, once: Once | None) -> Receipt:
    if once is not None and (earlier := repeated(once, now)) is not None:
        return earlier
    about = with_office(submission.about, submission.agency)
    case, text = _new_case(replace(submission, about=about), now)
    secret_code = new_secret_code()
    case.secret_code_digest = code_digest(case.tracking_id, secret_code)
    narrative = new_narrative(case, text, submission.hide, submission.names)
    case.title = case.title or cut_title(narrative.public_text)
    case.verification_due_at = due_for(case, ClockName.VERIFICATION, now)
    reporter = new_reporter(case, submission.contact)
    parts = [narrative] if reporter is None else [narrative, reporter]
    save_case(case, "case.submitted", actor=actor, at=now, data=_facts(submission), parts=parts)
    add_subjects(case, about)
    attach_draft(case, submission.draft_token, owner=case.stream, hidden=submission.private_files)
    if submission.note:
        add_note(case, submission.note, actor=actor, at=now)
    if once is not None:
        remember(once, case, secret_code, now)
    return Receipt(case, secret_code)


def _new_case(submission: Submission, now: datetime) -> tuple[Case, str]:
    text = clean_text(submission.text)
    _check(submission, now)
    classification = submission.classification or None
    if submission.about.given and classification is None:
        # The question asked is about somebody's conduct: that is a supervisory complaint until a verifier and
        # the inspector agree that it is not (our decision; the other way round the accused would read it first).
        classification = Classification.SUPERVISORY_COMPLAINT.value
    supervisory = classification == Classification.SUPERVISORY_COMPLAINT
    title = redact(" ".join(submission.title.split()), submission.hide, submission.names)[:LONGEST_TITLE]
    case = Case(
        tracking_id=new_tracking_id(),
        state=SUBMITTED.value,
        classification=classification,
        channel=submission.channel,
        source_tag=submission.source_tag,
        brand=submission.brand,
        language=submission.language,
        title=title,
        title_given=bool(title),
        category=submission.category,
        region=submission.region,
        place=" ".join(submission.place.split()),
        latitude=submission.latitude,
        longitude=submission.longitude,
        occurred_on=submission.occurred_on,
        anonymous=submission.anonymous,
        secret=submission.secret or supervisory,
        oversight=supervisory or (submission.secret and submission.about.given),
        urgent=sounds_urgent(text, submission.title),
        entered_by_key=submission.entered_by_key,
        unconfirmed=submission.unconfirmed,
        received_at=now,
    )
    address(case, submission.agency, submission.about)
    return case, text


def _check(submission: Submission, now: datetime) -> None:
    if submission.channel not in set(Channel):
        raise Invalid(_("Kanal ini tidak dikenal."), field="channel", code="unknown_channel")
    if submission.classification and submission.classification not in set(Classification):
        raise Invalid(_("Klasifikasi ini tidak dikenal."), field="classification", code="unknown_classification")
    if len(submission.title) > LONGEST_TITLE:
        raise Invalid(
            _("Judul terlalu panjang: paling banyak %(longest)d huruf.") % {"longest": LONGEST_TITLE},
            field="title",
            code="too_long",
        )
    if len(submission.place) > 200:
        raise Invalid(_("Keterangan tempat paling banyak 200 huruf."), field="place", code="too_long")
    today = now.astimezone(calendar_of(submission.agency.pk if submission.agency else None).zone).date()
    happened = submission.occurred_on
    if happened is not None and not OLDEST_EVENT <= happened <= today:
        raise Invalid(
            _("Tanggal kejadian tidak mungkin sesudah hari ini.")
            if happened > today
            else _("Tanggal ini terlalu lama."),
            field="occurred_on",
            code="wrong_date",
        )
    _check_point(submission.latitude, submission.longitude)


def _check_point(latitude: float | None, longitude: float | None) -> None:
    if (latitude is None) != (longitude is None):
        raise Invalid(_("Titik di peta perlu lintang dan bujur."), field="latitude", code="half_point")
    if latitude is not None and longitude is not None and not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Invalid(_("Titik ini tidak ada di bumi."), field="latitude", code="wrong_point")


def _facts(submission: Submission) -> dict[str, Any]:
    return {"entered_by": submission.entered_by_key} if submission.entered_by_key else {}
