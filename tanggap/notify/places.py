"""Where a message on a social network goes: to a person, in private to whoever wrote a post, or under it. Pure.

An address is a person's number there (`5012345`), or `private:comment:77`, `private:post:77`, `public:comment:77`,
`public:post:77`, `public:mention:<post>:<comment>` (somebody else's post on Instagram, where our account was named).
"""

from __future__ import annotations

from dataclasses import dataclass

SOCIAL = frozenset({"facebook", "instagram", "x"})


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart; `kind` is person, comment, post or mention, `more` the comment of a mention."""

    number: str
    kind: str = "person"
    public: bool = False
    more: str = ""

    @classmethod
    def parsed(cls, address: str) -> Place:
        """What an address means; everything without a known word in front is a person's number."""
        where, _colon, rest = address.partition(":")
        if where not in ("private", "public"):
            return cls(address)
        kind, _colon, number = rest.partition(":")
        number, _colon, more = number.partition(":")
        return cls(number, kind, where == "public", more)

    @property
    def address(self) -> str:
        """The same as one text."""
        if self.kind == "person":
            return self.number
        where = "public" if self.public else "private"
        return ":".join([where, self.kind, self.number, *([self.more] if self.more else [])])


def is_public(channel: str, address: str) -> bool:
    """Whether everybody can read what is sent there."""
    return channel in SOCIAL and address.startswith("public:")
