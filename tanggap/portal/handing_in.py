"""From the answers of a report form to a case, whether its page is open or a device sends what it kept."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils.translation import get_language

from tanggap.cases.addressing import About
from tanggap.cases.identity import Contact
from tanggap.cases.services.count_intake import count_intake
from tanggap.cases.services.guard_intake import guard_intake
from tanggap.cases.services.submit_case import Once, Receipt, Submission, submit_case
from tanggap.cases.workflow import Channel
from tanggap.channels.selectors.source_tags import open_tag
from tanggap.common.clock import now
from tanggap.directory.selectors import brand_of_host
from tanggap.portal import access, uploads
from tanggap.portal.wizard import Draft

KEY_LIVES_ON_DEVICES = timedelta(days=30)
"""A telephone may be without network for long after a sending whose answer it never heard."""


def hand_in(request: HttpRequest, draft: Draft, *, hide_files: bool = False) -> Receipt:
    """Count and submit. The same draft again gives the first one's receipt, under the draft's own key.

    `hide_files` keeps every file from the public, whatever the draft says.

    Raises TooMany, Invalid with the field, Refused when the key was used for other words.
    """
    moment = now()
    address, device = access.address_of(request), access.device_of(request)
    count_intake(channel=Channel.WEB.value, address=address, device=device, now=moment)
    return submit_case(
        submission=_submission(request, draft, hide_files),
        actor=access.actor_of(request),
        now=moment,
        once=Once(draft.key, draft.digest(), KEY_LIVES_ON_DEVICES),
    )


def check_flood(request: HttpRequest, draft: Draft) -> None:
    """While reports flood in, this one is worked or waited for. Raises TooMany; call it outside any transaction."""
    guard_intake(
        key=draft.key,
        proof=request.POST.get("proof", ""),
        address=access.address_of(request),
        device=access.device_of(request),
        now=now(),
    )


def _submission(request: HttpRequest, draft: Draft, hide_files: bool) -> Submission:
    """The walk's answers as the service wants them."""
    said = draft.values
    about = About()
    if draft.about_given:
        offices = (draft.about_agency,) if draft.about_agency else ()
        about = About(offices, person_name=said.get("about_person", ""), is_head=bool(said.get("about_head")))
    shared = bool(said.get("shared"))
    tag = open_tag(said.get("asal", ""), now=now())
    contact = Contact(said.get("name", ""), said.get("phone", ""), said.get("email", ""), discreet=shared)
    actor = access.actor_of(request)
    if actor.person_id is not None and not shared:
        contact = Contact(contact.name, contact.phone, contact.email, person_id=actor.person_id)
    return Submission(
        text=said.get("text", ""),
        channel=Channel.WEB.value,
        title=said.get("title", ""),
        classification=draft.classification if not draft.about_given else None,
        region=draft.region,
        agency=draft.agency,
        about=about,
        place=said.get("place", ""),
        latitude=draft.point[0] if draft.point else None,
        longitude=draft.point[1] if draft.point else None,
        occurred_on=draft.day,
        anonymous=bool(said.get("anonymous")),
        secret=bool(said.get("secret")),
        contact=contact,
        brand=brand_of_host(request.get_host().partition(":")[0]),
        language=get_language() or "id",
        draft_token=draft.key,
        hide=draft.hide,
        private_files=tuple(one.token for one in uploads.waiting(draft.key)) if hide_files else draft.private_files,
        source_tag=tag.slug if tag else "",
    )
