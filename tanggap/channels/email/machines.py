"""Letters no person wrote: absence notes, lists, returned mail, our own. Nobody answers them (RFC 3834). Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from tanggap.channels.email.letter import Letter

_LISTS = ("list-id", "list-unsubscribe", "x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-response-suppress")
_BULK = {"bulk", "list", "junk", "auto_reply", "auto-reply"}
_NOBODY = re.compile(
    r"(?:mailer-daemon|postmaster|no-?_?reply|do-?not-?_?reply|donotreply|tidak-?dibalas|bounces?|auto-?reply)"
    r"(?:[+.=_-].*)?",
    re.ASCII,
)
_SUBJECTS = re.compile(
    r"\s*(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response|responder)|autoreply|out of (?:the )?office"
    r"|balasan otomatis|jawaban otomatis|pesan otomatis)\b",
    re.IGNORECASE,
)


def why_no_person(letter: Letter, *, ours: Collection[str]) -> str:
    """Why a letter is not answered; empty for a person's. `ours` are the addresses of our own mailboxes."""
    automatic = letter.header("auto-submitted").partition(";")[0].strip().lower()
    if automatic not in {"", "no"}:
        return "balasan otomatis"
    if letter.header("precedence").strip().lower() in _BULK or any(letter.header(name) for name in _LISTS):
        return "surat massal atau otomatis"
    if "<>" in letter.headers.get("return-path", ()) or not letter.address:
        return "surat dari peladen surel"
    if _SUBJECTS.match(letter.subject):
        return "balasan otomatis"
    if base_of(letter.address) in ours:
        return "surat dari alamat kita sendiri"
    return "alamat yang tidak dibalas" if _NOBODY.fullmatch(letter.address.partition("@")[0]) else ""


def base_of(address: str) -> str:
    """The mailbox an address belongs to: `lapor+K7M2-9QXA-V@contoh.id` → `lapor@contoh.id`."""
    local, _at, domain = address.partition("@")
    return f"{local.partition('+')[0]}@{domain}"


def extras_of(address: str) -> list[str]:
    """What stands between the mailbox and the @: `lapor+dinkes@contoh.id` → `dinkes`."""
    return [extra for extra in address.partition("@")[0].split("+")[1:] if extra]
