"""One session with an operator: bound as transceiver, read by a thread of its own, used by whoever submits.

A session that broke stays broken until somebody submits or `open()` is called: the minute's job does, so receipts
come in also while nothing goes out. What the other side sends is answered only after its handler returned, and the
handler returns only after its commit; a handler that fails makes the centre send it again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from smpplib import consts

from tanggap.notify.transports.smpp.account import Account
from tanggap.notify.transports.smpp.link import Broken, Link
from tanggap.notify.transports.smpp.receipts import Receipt, Received, receipt_of, received_of

log = structlog.get_logger(__name__)
ANSWER_SECONDS = 10.0
IDLE_SECONDS = 30.0
GONE_SECONDS = 60.0
LOOK_SECONDS = 0.5
SMPP_3_4 = 0x34


@dataclass(frozen=True, slots=True)
class Handlers:
    """What is done with receipts and with people's messages, with the account they came by. Both run in the thread of
    the session and must commit before they return; neither may submit, because answers are read by the same thread.

    What `received` gives back is done once the answer is on its way; a line that breaks before leaves it undone.
    """

    report: Callable[[Receipt], None]
    received: Callable[[Account, Received], Callable[[], None]] | None = None


class CannotBind(Exception):
    """The centre cannot be reached (status 0) or does not let us in."""

    def __init__(self, status: int = 0) -> None:
        super().__init__(status)
        self.status = status


@dataclass(slots=True)
class _Waiting:
    done: threading.Event = field(default_factory=threading.Event)
    answer: Any = None


class Session:
    """Threads may submit at the same time; at most `window` messages wait for their answers."""

    def __init__(self, account: Account, handlers: Callable[[], Handlers]) -> None:
        self.account = account
        self._handlers = handlers
        self._lock = threading.Lock()
        self._link: Link | None = None
        self._waiting: dict[int, _Waiting] = {}
        self._window = threading.BoundedSemaphore(account.window)
        self._pace = threading.Lock()
        self._next_at = 0.0

    @property
    def is_open(self) -> bool:
        return self._link is not None

    def open(self) -> Link:
        """The bound connection, made if there is none. Raises CannotBind."""
        with self._lock:
            if self._link is None:
                self._link = self._bound()
                reader = threading.Thread(target=self._read, args=(self._link,), name="smpp", daemon=True)
                reader.start()
            return self._link

    def submit(self, **fields: Any) -> Any:
        """The answer to one submit_sm. Raises CannotBind, or Broken when no answer came."""
        self._wait_for_turn()
        link = self.open()
        with self._window:
            packet = link.packet("submit_sm", **fields)
            waiting = self._waiting[packet.sequence] = _Waiting()
            try:
                link.send(packet)
                answered = waiting.done.wait(ANSWER_SECONDS)
            except Broken:
                self._end(link)
                raise
            finally:
                self._waiting.pop(packet.sequence, None)
            if waiting.answer is None:
                if not answered:
                    self._end(link)
                raise Broken("no answer")
            return waiting.answer

    def close(self) -> None:
        """Say goodbye and end."""
        link = self._link
        if link is not None:
            with suppress(Broken):
                link.send(link.packet("unbind"))
            self._end(link)

    def _bound(self) -> Link:
        account = self.account
        try:
            link = Link(account)
        except Broken:
            raise CannotBind from None
        try:
            link.send(
                link.packet(
                    "bind_transceiver",
                    system_id=account.user,
                    password=account.password,
                    system_type=account.system_type,
                    interface_version=SMPP_3_4,
                )
            )
            answer = link.read(ANSWER_SECONDS)
        except Broken:
            link.close()
            raise CannotBind from None
        if answer is None or answer.command != "bind_transceiver_resp" or answer.status:
            link.close()
            raise CannotBind(answer.status if answer is not None else 0)
        log.info("smpp.bound")
        return link

    def _wait_for_turn(self) -> None:
        """Keep to the rate agreed with the operator, so that it need not throttle us."""
        with self._pace:
            wait = self._next_at - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            self._next_at = max(self._next_at, time.monotonic()) + 1 / self.account.rate

    def _read(self, link: Link) -> None:
        """Until the connection ends: answers to their submitters, the rest to the handlers."""
        asked = False
        try:
            while self._link is link:
                packet = link.read(LOOK_SECONDS)
                if packet is not None:
                    asked = False
                    self._act(link, packet)
                    continue
                silent = time.monotonic() - link.heard_at
                if silent > GONE_SECONDS:
                    raise Broken("silent")
                if silent > IDLE_SECONDS and not asked:
                    link.send(link.packet("enquire_link"))
                    asked = True
        except Broken:
            log.info("smpp.broken")
        finally:
            self._end(link)

    def _act(self, link: Link, packet: Any) -> None:
        if packet.command in {"submit_sm_resp", "generic_nack"}:
            waiting = self._waiting.get(packet.sequence)
            if waiting is not None:
                waiting.answer = packet
                waiting.done.set()
        elif packet.command == "deliver_sm":
            self._take(link, packet)
        elif packet.command == "enquire_link":
            link.answer("enquire_link_resp", packet)
        elif packet.command == "unbind":
            link.answer("unbind_resp", packet)
            raise Broken("unbind")

    def _take(self, link: Link, packet: Any) -> None:
        """Hand a deliver_sm over and answer it: with a good status only when it was kept."""
        status, afterwards = int(consts.SMPP_ESME_ROK), _nothing
        try:
            afterwards = self._handled(link, packet)
        except Exception:
            log.exception("smpp.not_kept")
            status = int(consts.SMPP_ESME_RX_T_APPN)
        link.answer("deliver_sm_resp", packet, status)
        try:
            afterwards()
        except Exception:
            log.exception("smpp.answer_not_noted")

    def _handled(self, link: Link, packet: Any) -> Callable[[], None]:
        """What is to be done after the answer."""
        handlers = self._handlers()
        receipt = receipt_of(packet)
        if receipt is not None:
            handlers.report(replace(receipt, message_id=self.account.name_reported(receipt.message_id)))
        elif handlers.received is not None:
            return handlers.received(self.account, received_of(packet, line=link.name))
        else:
            log.info("smpp.ignored")
        return _nothing

    def _end(self, link: Link) -> None:
        """Close, and let nobody wait for answers that cannot come."""
        with self._lock:
            if self._link is link:
                self._link = None
                for waiting in list(self._waiting.values()):
                    waiting.done.set()
        link.close()


def _nothing() -> None:
    pass
