"""An officer writes down for a citizen what was said at a desk, on the phone, in a letter, at the van, on the radio."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.once import Once, Receipt
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.cases.workflow import Channel
from tanggap.channels.policies import check_enters
from tanggap.channels.selectors.source_tags import open_tag
from tanggap.common.errors import Invalid
from tanggap.files.selectors import files_of
from tanggap.files.services.attach import draft_owner

AT_DESKS = (Channel.COUNTER, Channel.PHONE, Channel.LETTER, Channel.VAN, Channel.RADIO)
"""The ways that exist only through an officer; what came by any other is copied from a screen, and shows it."""
KEY_LIVES_AT_DESKS = timedelta(days=30)
"""A van may be away for weeks with entries of which it never heard whether they arrived."""


def enter_case(
    *, submission: Submission, key: str, body_digest: bytes, actor: Actor, now: datetime, repeating: bool = False
) -> Receipt:
    """Hand the case in for the citizen; `entered_by` is recorded, the officer gets the receipt and no other right.

    `key` is the entry's own: sent again with the same `body_digest` it gives the same receipt (`repeating` says that
    it was seen before, when its files are the case's already). Raises Forbidden, Invalid with the field, Refused.
    """
    check_enters(actor)
    if submission.channel not in AT_DESKS and not repeating and not files_of(draft_owner(submission.draft_token)):
        raise Invalid(
            _("Lampirkan tangkapan layar atau foto pesan aslinya, karena laporan ini disalin dari kanal lain."),
            field="files",
            code="screenshot_missing",
        )
    tag = open_tag(submission.source_tag, now=now)
    entry = replace(submission, source_tag=tag.slug if tag else "", entered_by_key=actor.key)
    return submit_case(submission=entry, actor=actor, now=now, once=Once(key, body_digest, KEY_LIVES_AT_DESKS))
