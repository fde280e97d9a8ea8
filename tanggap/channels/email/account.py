"""Where a mailbox is, from one address: `imaps://user:password@host:993/INBOX`. `imap` is without TLS, loopback only.

In the query, both optional: `move=Folder` puts letters that were kept into another folder, `delete=yes` removes them;
otherwise they stay and are marked as read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

_PORTS = {"imap": 143, "imaps": 993}
_HERE = {"localhost", "127.0.0.1", "::1"}
_LINE_END = re.compile(r"[\r\n\0]")


class BadAddress(ValueError):
    """The address of the mailbox cannot be understood; the text quotes nothing."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whose mailbox, where, and what happens to letters afterwards. `repr` shows no password."""

    brand: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    tls: bool = True
    authority: str = ""
    move_to: str = ""
    delete: bool = False


def parse_account(brand: str, address: str, *, authority: str = "") -> Account:
    """The account of an address. Raises BadAddress."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise BadAddress("not an address") from None
    host = parts.hostname or ""
    if not host or not port or (parts.scheme == "imap" and host not in _HERE):
        raise BadAddress("imaps://user:password@host/INBOX is wanted")
    query = dict(parse_qsl(parts.query))
    account = Account(
        brand=brand,
        host=host,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        tls=parts.scheme == "imaps",
        authority=authority,
        move_to=query.get("move", ""),
        delete=query.get("delete", "").lower() in {"yes", "ya", "true", "1"},
    )
    if any(_LINE_END.search(value) for value in (account.user, account.password, account.folder, account.move_to)):
        raise BadAddress("a line ends inside it")
    return account
