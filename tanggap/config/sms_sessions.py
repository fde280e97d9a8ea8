"""Sessions with SMS operators, kept open by the worker: receipts come in also while nothing goes out.

The bottom knows neither outbox nor channels; here both ends meet. Words that people send us by SMS get their handler
in this table too.
"""

from __future__ import annotations

import threading

import structlog
from django.conf import settings
from django.db import connections

from tanggap.common.clock import now
from tanggap.notify.services.record_report import record_report
from tanggap.notify.transports.registry import Providers, settings_of
from tanggap.notify.transports.smpp import keeping
from tanggap.notify.transports.smpp.account import Account, BadAddress, parse_account
from tanggap.notify.transports.smpp.receipts import Receipt
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


def accounts() -> set[Account]:
    """The operators configured now; in the example there are none."""
    if settings.DEMO:
        return set()
    found = set()
    for row in Providers.of("sms").rows.values():
        try:
            address = settings_of(row).get("smpp", "")
            if address:
                found.add(parse_account(address))
        except BadAddress:
            log.warning("smpp.bad_address", brand=row.brand)
    return found


def keep() -> None:
    """Open and close sessions beside the job: an operator that does not answer must not hold up other jobs."""
    wanted = accounts()
    threading.Thread(target=keeping.keep, args=(wanted,), name="smpp-keeping", daemon=True).start()


# When this module is loaded, before any session can exist: without a handler the operator is asked to wait.
keeping.hand_in(Handlers(report=report))
