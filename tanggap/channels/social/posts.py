"""Finding again what was said in public: by a digest of its number, never by the number.

Whoever has the number of a comment reads its author's name on the network. In the inbox it would stand beside the
case that came of it, also of one that became anonymous since.
"""

from __future__ import annotations

from tanggap.cases.models import Case
from tanggap.channels.models import Inbound
from tanggap.common.crypto import blind_index


def name_of(channel: str, number: str) -> str:
    """How the inbox names a post or comment."""
    return f"post:{blind_index('post', f'{channel}:{number}').hex()}"


def case_of(channel: str, number: str) -> Case | None:
    """The case that came of it, if any."""
    row = row_of(channel, number)
    return case_in(row.stream) if row else None


def row_of(channel: str, number: str) -> Inbound | None:
    """The words as they were first brought."""
    return Inbound.objects.filter(channel=channel, external_id=name_of(channel, number)).first()


def case_in(stream: str) -> Case | None:
    """The case a stream names (`case:12`)."""
    kind, _colon, number = stream.partition(":")
    return Case.objects.filter(pk=int(number)).first() if kind == "case" and number.isdecimal() else None
