"""The sessions of this process: one for each account, longer than any transport, so that late receipts find us."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Collection

import structlog

from tanggap.notify.transports.smpp.account import Account
from tanggap.notify.transports.smpp.receipts import Receipt
from tanggap.notify.transports.smpp.session import CannotBind, Handlers, Session

log = structlog.get_logger(__name__)


class NobodyListens(RuntimeError):
    """Nothing was handed in yet; the centre keeps its receipts until somebody is there."""


def _nobody(_receipt: Receipt) -> None:
    raise NobodyListens


_lock = threading.Lock()
_sessions: dict[Account, Session] = {}
_handlers = Handlers(report=_nobody)


def hand_in(handlers: Handlers) -> None:
    """What is done with receipts and messages, from now on; `config` calls it, because it may know both ends."""
    global _handlers  # noqa: PLW0603
    _handlers = handlers


def handlers() -> Handlers:
    """What is done now."""
    return _handlers


def session_for(account: Account) -> Session:
    """The one session of an account, not opened yet when it is new."""
    with _lock:
        if account not in _sessions:
            _sessions[account] = Session(account, handlers)
        return _sessions[account]


def keep(accounts: Collection[Account]) -> int:
    """Open what is not open, close what is no longer configured. How many are open."""
    with _lock:
        stale = [_sessions.pop(account) for account in list(_sessions) if account not in accounts]
    for session in stale:
        session.close()
    return sum(_is_opened(account) for account in accounts)


def close_all() -> None:
    """End every session of this process."""
    keep(())


def _is_opened(account: Account) -> bool:
    try:
        session_for(account).open()
    except CannotBind as error:
        log.warning("smpp.cannot_bind", status=error.status)
        return False
    return True


atexit.register(close_all)
