"""Taking the reporter out of a case so that what happened, and every figure, stays (UU PDP 27/2022; ADR 0048)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Model
from django.utils import translation

from tanggap.cases.bundle.hiding import Hiding
from tanggap.cases.following import end_follow, index_of
from tanggap.cases.identity import open_identity
from tanggap.cases.models import Case, Follow, IdentityShare, Message, Narrative, Reporter, SubmissionKey
from tanggap.cases.proofs import note_message, note_narrative
from tanggap.cases.telling.values import bare_words
from tanggap.cases.telling.ways import reporter_key
from tanggap.files.models import StoredFile
from tanggap.files.services.delete_file import delete_file
from tanggap.ledger.selectors import events_of
from tanggap.notify.services.blank_values import blank_values
from tanggap.notify.services.forget_recipient import forget_recipient

SENT_BY_REPORTER = ("reply", "objection")


def take_out(case: Case, *, hiding: Hiding, with_files: bool, now: datetime) -> int:
    """Everything of the reporter in one case or part of it; how many files were deleted. Changes of the case itself
    are not saved yet; the texts are, and noted for the next event, so that the audit finds them proved."""
    _texts(case, hiding)
    case.title = hiding.text(case.title)
    case.place, case.latitude, case.longitude = "", None, None
    case.save(update_fields=["place", "latitude", "longitude"])
    Narrative.objects.filter(case=case).update(public_place="")
    SubmissionKey.objects.filter(case=case).delete()
    with translation.override(case.language):
        blank_values(stream=case.stream, values=bare_words(), now=now, recipient_key=reporter_key(case))
    forget_recipient(recipient_key=reporter_key(case), now=now)
    return _files(case, delete=with_files, now=now)


def hiding_of(case: Case) -> Hiding:
    """The reporter's own words, looked up while they are still known."""
    return Hiding(case, list(events_of(case.stream)))


def end_own_follow(case: Case, *, now: datetime) -> None:
    """The reporter's address is told of this case no more, although as a follower it did not know whose it is."""
    email = open_identity(case).email
    if email:
        for follow in Follow.objects.filter(case=case, address_index=index_of(email)):
            end_follow(follow, now=now)


def bury(case: Case, *, now: datetime) -> None:
    """Nothing stays of the identity but a row that says so: no address finds the case any more."""
    nothing = dict.fromkeys(("sealed", "phone_index", "email_index", "account_index", "sender_index"))
    kept = {**nothing, "contact_wanted": False, "seen_at": None, "erased_at": now}
    Reporter.objects.update_or_create(case=case, defaults=kept)
    IdentityShare.objects.filter(case=case).delete()


def _texts(case: Case, hiding: Hiding) -> None:
    narrative = case.narrative
    narrative.public_text = hiding.text(narrative.public_text)
    narrative.agency_text, narrative.original_sealed = narrative.public_text, None
    narrative.save(update_fields=["agency_text", "public_text", "original_sealed"])
    note_narrative(case, narrative)
    for message in case.messages.all():
        message.text, message.public_text = hiding.text(message.text), hiding.text(message.public_text)
        message.original_sealed = None
        message.save(update_fields=["text", "public_text", "original_sealed"])
        note_message(case, message)
    for row, name in _asides(case):
        setattr(row, name, hiding.text(getattr(row, name)))
        row.save(update_fields=[name])


def _asides(case: Case) -> Iterator[tuple[Model, str]]:
    """What officers wrote about the case beside its thread."""
    yield from ((hold, "question") for hold in case.hold_rows.all())
    yield from ((leg, "reason") for leg in case.legs.exclude(reason=""))
    yield from ((reveal, "reason") for reveal in case.reveals.all())
    for inquiry in case.inquiries.all():
        yield inquiry, "question"
        yield inquiry, "answer"


def _files(case: Case, *, delete: bool, now: datetime) -> int:
    """Names that the sender gave are forgotten; the files themselves go where that was asked for."""
    rows = StoredFile.objects.filter(owner__in=_owners(case), deleted_at__isnull=True)
    if not delete:
        rows.exclude(name_sealed=None).update(name_sealed=None)
        return 0
    return sum(delete_file(stored=stored, now=now) for stored in rows)


def _owners(case: Case) -> Iterable[str]:
    sent: Iterable[Message] = case.messages.filter(kind__in=SENT_BY_REPORTER)
    return [case.stream, *(f"message:{message.pk}" for message in sent)]
