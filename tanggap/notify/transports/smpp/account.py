"""How to reach an operator, from one address: `smpp://user:password@host:2775/?from=1708`. `smpps` is with TLS.

Further in the query, like the sender all optional: `rate` (messages a second, 30), `window` (unanswered at once, 10),
`system_type`, `ids=hex` for centres that number messages in hexadecimal when they take them and in decimal in their
receipts, `long=payload` for those that want long texts whole, `alphabet=packed` or `latin1` for those that hand over
people's words of the default alphabet in that form.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

RATE, WINDOW = 30, 10
SHORT_CODE = "1708"  # the national number for complaints
INTERNATIONAL, NATIONAL_SPECIFIC, ALPHANUMERIC = 1, 3, 5
ISDN, UNKNOWN_PLAN = 1, 0
_SHORT_CODE_DIGITS = 8
# What stands for data_coding 0 in what comes in: a letter an octet, seven bits a letter without gaps, or Latin-1.
GSM, PACKED, LATIN1 = "gsm", "packed", "latin1"


class BadAddress(ValueError):
    """The address of the operator cannot be understood; the text says what is missing and quotes nothing."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where, as whom, and with which habits. `repr` shows no password."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    sender: str
    tls: bool = False
    system_type: str = ""
    rate: int = RATE
    window: int = WINDOW
    hex_ids: bool = False
    payload: bool = False
    alphabet: str = GSM

    @property
    def sender_kind(self) -> tuple[int, int]:
        """Type of number and numbering plan of the sender: a name, a short code or a number with country code."""
        if not self.sender.lstrip("+").isdecimal():
            return ALPHANUMERIC, UNKNOWN_PLAN
        short = len(self.sender) <= _SHORT_CODE_DIGITS and not self.sender.startswith("+")
        return (NATIONAL_SPECIFIC, UNKNOWN_PLAN) if short else (INTERNATIONAL, ISDN)

    def name_taken(self, message_id: str) -> str:
        """What we call a message by the id the centre gave when it took it."""
        if self.hex_ids:
            try:
                return self.name_reported(str(int(message_id, 16)))
            except ValueError:
                pass
        return self.name_reported(message_id)

    def name_reported(self, message_id: str) -> str:
        """What we call a message by the id in its receipt. Two operators may well give the same number."""
        return f"{self.host}/{plain_id(message_id)}"


def plain_id(message_id: str) -> str:
    """Centres pad numbers with zeros in receipts and not in answers, or the other way round."""
    return (message_id.lstrip("0") or "0") if message_id.isdecimal() else message_id


def parse_account(address: str) -> Account:
    """The account of an address. Raises BadAddress."""
    try:
        parts = urlsplit(address)
        port = parts.port or 2775
    except ValueError:
        raise BadAddress("not an address") from None
    query = dict(parse_qsl(parts.query))
    if parts.scheme not in {"smpp", "smpps"} or not parts.hostname:
        raise BadAddress("smpp://user:password@host:port is wanted")
    return Account(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=query.get("from") or SHORT_CODE,
        tls=parts.scheme == "smpps",
        system_type=query.get("system_type", ""),
        rate=_count(query, "rate", RATE),
        window=_count(query, "window", WINDOW),
        hex_ids=query.get("ids") == "hex",
        payload=query.get("long") == "payload",
        alphabet=query["alphabet"] if query.get("alphabet") in {PACKED, LATIN1} else GSM,
    )


def _count(query: dict[str, str], name: str, usual: int) -> int:
    given = query.get(name, "")
    return min(max(int(given), 1), 1000) if given.isdecimal() and len(given) < 6 else usual
