"""Reads of people and posts."""

from tanggap.accounts.selectors.addresses import proved_emails
from tanggap.accounts.selectors.erasable import can_be_erased
from tanggap.accounts.selectors.invitations import open_invitation, pending_invitations, token_digest
from tanggap.accounts.selectors.posts import (
    PostHolder,
    active_on,
    active_posts,
    colleagues_of,
    holders_of,
    lent_posts,
    officers_of,
    people_of_subtree,
    posts_governed_by,
    posts_of,
)
from tanggap.accounts.selectors.vacancies import alarmed_units, units_without_liaison

__all__ = [
    "PostHolder",
    "active_on",
    "active_posts",
    "alarmed_units",
    "can_be_erased",
    "colleagues_of",
    "holders_of",
    "lent_posts",
    "officers_of",
    "open_invitation",
    "pending_invitations",
    "people_of_subtree",
    "posts_governed_by",
    "posts_of",
    "proved_emails",
    "token_digest",
    "units_without_liaison",
]
