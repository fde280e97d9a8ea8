"""Sessions with SMS operators, kept open by the worker: receipts and words come in also while nothing goes out.

The bottom knows neither outbox nor channels; here both ends meet.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import structlog
from django.conf import settings
from django.db import connections

from tanggap.channels.services.keep_sms import keep_sms
from tanggap.channels.services.note_answer import note_answer
from tanggap.channels.sms.alphabets import Piece, alphabet_of
from tanggap.channels.sms.packet import Origin, Packet
from tanggap.common.clock import now
from tanggap.notify.services.record_report import record_report
from tanggap.notify.transports.registry import Providers, settings_of
from tanggap.notify.transports.smpp import keeping
from tanggap.notify.transports.smpp.account import Account, BadAddress, parse_account
from tanggap.notify.transports.smpp.receipts import Receipt, Received
from tanggap.notify.transports.smpp.session import Handlers

log = structlog.get_logger(__name__)


def report(receipt: Receipt) -> None:
    """Write down what became of a message; committed when this returns, and only then the operator is answered."""
    try:
        if receipt.state:
            record_report(
                channel="sms", provider_id=receipt.message_id, state=receipt.state, at=now(), error=receipt.error
            )
    finally:
        # This thread lives as long as its session and must not hold a connection of the pool meanwhile.
        connections.close_all()


def received(account: Account, message: Received) -> Callable[[], None]:
    """Keep a person's words; committed when this returns. What is to be done once the operator has been answered."""
    try:
        origin = Origin(brand_of(account), message.sender, message.recipient)
        piece = Piece(alphabet_of(message.coding, account.alphabet), message.payload, message.header)
        part = keep_sms(packet=Packet(origin, piece, line=message.line), now=now())
    finally:
        connections.close_all()
    return lambda: _answered(part)


def _answered(part: int) -> None:
    try:
        note_answer(part=part, now=now())
    finally:
        connections.close_all()


def brand_of(account: Account) -> str:
    """Whose account it is; of brands that share one, the oldest row's. Raises LookupError: the operator asks again."""
    for brand, configured in _configured():
        if configured == account:
            return brand
    raise LookupError("this account is no longer configured")


def accounts() -> set[Account]:
    """The operators configured now; in the example there are none."""
    return set() if settings.DEMO else {account for _brand, account in _configured()}


def _configured() -> Iterator[tuple[str, Account]]:
    for row in Providers.of("sms").rows.values():
        address = settings_of(row).get("smpp", "")
        try:
            if address:
                yield row.brand, parse_account(address)
        except BadAddress:
            log.warning("smpp.bad_address", brand=row.brand)


def keep() -> None:
    """Open and close sessions beside the job: an operator that does not answer must not hold up other jobs."""
    wanted = accounts()
    threading.Thread(target=keeping.keep, args=(wanted,), name="smpp-keeping", daemon=True).start()


# When this module is loaded, before any session can exist: without a handler the operator is asked to wait.
keeping.hand_in(Handlers(report=report, received=received))
