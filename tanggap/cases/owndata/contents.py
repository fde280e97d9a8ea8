"""What stands in `data-saya.json`: the account, and every case of the person with words, files, and what happened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Membership, Person
from tanggap.cases.attachments import files_by_owner
from tanggap.cases.consent import consented_fields
from tanggap.cases.identity import open_identity
from tanggap.cases.models import Case, IdentityShare, Message, MessageKind, Reporter, Reveal
from tanggap.cases.owndata.traces import trace_facts
from tanggap.cases.selectors import my_cases
from tanggap.cases.selectors.thread import TOLD_TO_REPORTER
from tanggap.cases.telling.ways import reporter_key
from tanggap.cases.texts import message_original, original_of
from tanggap.common.links import absolute
from tanggap.directory.selectors import region_label
from tanggap.files.models import StoredFile
from tanggap.ledger.selectors import events_of
from tanggap.notify.selectors import messages_of

FORMAT = 1
CASES_A_FILE = 100
# What the person did or what was done to the person's data, beside what the page of a case tells anyway.
CONCERNING = TOLD_TO_REPORTER | frozenset(
    "case.replied case.interim_answered case.answered case.rated case.objected case.identity_shared "
    "case.identity_share_withdrawn case.ombudsman_consent case.contact_chosen case.contact_corrected "
    "case.confidentiality_raised case.confidentiality_lowered case.pressure_reported case.erasure_asked "
    "case.erasure_cancelled case.identity_erased personal.shredded".split()
)


def parts_of(actor: Actor) -> int:
    """How many files it takes; at least one."""
    return max(1, -(-my_cases(actor).count() // CASES_A_FILE))


def person_data(*, actor: Actor, now: datetime, part: int = 1, emails: Collection[str] = ()) -> dict[str, Any]:
    """One file of the person's data: the account, what was left on cases of others, and the cases of this part,
    newest first. `emails` are the addresses the person proved.

    Only what the person may read: neither notes of officers nor who they are nor what is kept from the reporter.
    """
    first = (part - 1) * CASES_A_FILE
    cases = my_cases(actor).select_related("narrative", "category").order_by("-received_at", "-id")
    return {
        "format": FORMAT,
        "made_at": _time(now),
        "part": part,
        "parts": parts_of(actor),
        "account": _account(actor),
        **trace_facts(person_id=actor.person_id, emails=emails),
        "cases": [_case(case) for case in cases[first : first + CASES_A_FILE]],
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _account(actor: Actor) -> dict[str, Any] | None:
    person = Person.objects.filter(pk=actor.person_id).first() if actor.person_id is not None else None
    if person is None:
        return None
    posts = Membership.objects.filter(person=person).select_related("agency").order_by("starts_on", "pk")
    return {
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "joined_at": _time(person.joined_at),
        "last_seen_on": person.last_seen_on.isoformat() if person.last_seen_on else None,
        "posts": [
            {
                "role": post.role,
                "agency": post.agency.code,
                "from": post.starts_on.isoformat(),
                "to": post.ends_on.isoformat() if post.ends_on else None,
            }
            for post in posts
        ],
        "events": [{"name": event.name, "at": _time(event.at)} for event in events_of(person.key)],
    }


def _case(case: Case) -> dict[str, Any]:
    original = original_of(case)
    messages = _messages(case)
    files = files_by_owner([case.stream, *(f"message:{row.pk}" for row in messages)], public=False)
    return {
        "tracking_id": case.tracking_id,
        "aliases": sorted(case.aliases.values_list("value", flat=True)),
        "url": absolute(f"/l/{case.tracking_id}"),
        "state": case.state,
        "classification": case.classification,
        "category": case.category.name if case.category else None,
        "channel": case.channel,
        "agency": case.agency.full_name,
        "region": region_label(case.region) if case.region else None,
        "place": original.get("place", case.place) or "",
        "latitude": original.get("latitude", case.latitude),
        "longitude": original.get("longitude", case.longitude),
        "occurred_on": case.occurred_on.isoformat() if case.occurred_on else None,
        "received_at": _time(case.received_at),
        "closed_at": _time(case.closed_at),
        "anonymous": case.anonymous,
        "secret": case.secret,
        "pressure_reported": case.pressed,
        "rating": case.rating,
        "title": case.title,
        "text": original["text"],
        "public_text": case.narrative.public_text,
        "you": _reporter(case),
        "thread": [_entry(case, row, files) for row in messages],
        "files": _files(case, files.get(case.stream, ())),
        "shared_with": _shares(case),
        "opened_by_officers": _reveals(case),
        "consent_to_ombudsman": sorted(consented_fields(case)),
        "messages_to_you": _sent(case),
        "events": [
            {"name": event.name, "at": _time(event.at)} for event in events_of(case.stream) if event.name in CONCERNING
        ],
    }


def _reporter(case: Case) -> dict[str, Any]:
    row = Reporter.objects.filter(case_id=case.pk).first()
    if row is None:
        return {}
    news = {"messages_wanted": row.contact_wanted, "only_number_and_link": row.discreet}
    return {**open_identity(case).fields, **news, "last_read_at": _time(row.seen_at)}


def _messages(case: Case) -> list[Message]:
    rows = case.messages.select_related("agency").filter(draft=False, discarded_at__isnull=True)
    return list(rows.exclude(kind=MessageKind.NOTE).order_by("at", "pk"))


def _entry(case: Case, row: Message, files: Mapping[str, list[StoredFile]]) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "at": _time(row.at),
        "from": row.agency.full_name if row.agency else "",
        "office": row.office,
        "channel": row.channel,
        "text": message_original(case, row),
        "public_text": row.public_text,
        "files": _files(case, files.get(f"message:{row.pk}", ())),
    }


def _files(case: Case, rows: Iterable[StoredFile]) -> list[dict[str, Any]]:
    return [
        {
            "name": row.original_name or row.download_name,
            "type": row.media_type,
            "bytes": row.size,
            "sent_at": _time(row.created_at),
            "sha256": row.sha256,
            "url": absolute(f"/l/{case.tracking_id}/berkas/{row.token}"),
        }
        for row in rows
    ]


def _shares(case: Case) -> list[dict[str, Any]]:
    rows = IdentityShare.objects.filter(case=case).select_related("agency").order_by("at", "pk")
    return [{"agency": row.agency.full_name, "fields": row.fields, "at": _time(row.at)} for row in rows]


def _reveals(case: Case) -> list[dict[str, Any]]:
    """Openings that happened; what was only asked for is told when it is agreed to."""
    rows = Reveal.objects.filter(case=case, approved_at__isnull=False).order_by("approved_at", "pk")
    return [{"at": _time(row.approved_at), "until": _time(row.closes_at), "reason": row.reason} for row in rows]


def _sent(case: Case) -> list[dict[str, Any]]:
    rows = messages_of(case.stream).filter(recipient_key=reporter_key(case))
    return [
        {
            "template": row.template,
            "channel": row.channel,
            "state": row.state,
            "due_at": _time(row.due_at),
            "sent_at": _time(row.sent_at),
        }
        for row in rows
    ]
