"""The secret code of a receipt: proves that somebody is the reporter. Only a keyed digest of it is kept."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from django.db.models import Q

from tanggap.accounts.actor import Actor
from tanggap.cases.models import Case, Reporter
from tanggap.common.crypto import blind_index
from tanggap.common.ids import normalize_secret_code

UNGUARDED = Q(case__anonymous=False, case__guarded=False, case__pressed=False)
"""Reporters of cases that a proved address opens. The others need the code or the account: mailboxes and phones are
read by others, an office's mailbox by the very office (ADR 0047)."""


def code_digest(tracking_id: str, code: str) -> bytes:
    """Bound to its case: a digest copied to another row proves nothing there."""
    return blind_index("secret-code", f"{tracking_id}:{code}")


def code_is_right(case: Case, raw: str) -> bool:
    """Whether this is the code of the case, compared in constant time."""
    code = normalize_secret_code(raw)
    if code is None or case.secret_code_digest is None:
        return False
    return hmac.compare_digest(bytes(case.secret_code_digest), code_digest(case.tracking_id, code))


def account_index(person_id: int) -> bytes:
    """How a signed-in reporter is known on their cases, without a link anybody could join."""
    return blind_index("account", str(person_id))


def endorser_index(person_id: int) -> bytes:
    """How an account is known on what it joined. Not as on its own cases: the ledger tells which account joined a case,
    and one index for both would tell which secret reports are that account's."""
    return blind_index("endorser", str(person_id))


def sender_index(account: str) -> bytes:
    """How whoever writes from an account of a channel (`telegram:5012345`) is known on their cases."""
    return blind_index("sender", account)


def prove_sender(
    actor: Actor, case: Case, *, phones: Iterable[str] = (), email: str = "", accounts: Iterable[str] = ()
) -> Actor:
    """The actor with this case proved as the own one, because the words came from an address it is reported from.

    The channel vouches for the addresses of one person: its provider's signature, or the operator's word. Empty values
    prove nothing.
    """
    known = Q()
    for phone in filter(None, phones):
        known |= Q(phone_index=blind_index("phone", phone))
    if email:
        known |= Q(email_index=blind_index("email", email))
    for account in filter(None, accounts):
        known |= Q(sender_index=sender_index(account))
    if known and Reporter.objects.filter(known, case_id=case.pk).exists():
        return actor.proving(case.pk)
    return actor


def prove_reporter(actor: Actor, case: Case, *, code: str = "") -> Actor:
    """The actor with this case proved as the own one by code, sign-in or proved address; unchanged when none fits."""
    if code and code_is_right(case, code):
        return actor.proving(case.pk)
    known = Q()
    if actor.person_id is not None:
        known |= Q(account_index=account_index(actor.person_id))
    for kind, index in actor.contacts:
        known |= Q(**{f"{kind}_index": index}) & UNGUARDED
    if known and Reporter.objects.filter(known, case_id=case.pk).exists():
        return actor.proving(case.pk)
    return actor
