"""Whose import it is, for services that ask what an officer may."""

from __future__ import annotations

from dataclasses import dataclass

from tanggap.accounts.actor import Actor
from tanggap.directory.exchange import Mark


@dataclass(frozen=True)
class OfficerMark(Mark):
    """With the officer who uploaded the file."""

    actor: Actor
