"""People's SMS → Kannel → our hook → cases; receipts and answers → our outbox → Kannel → phones; and the reports.

Two centres: Kannel's own fake one, and ours with SMPP for long texts in many letters. Kannel listens on every address,
so this runs in a network of its own, beside the test that looks at the database afterwards:
`unshare -n python -m tests.faults.kannel_inbound FOLDER`, with DATABASE_URL of that test.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from tests.faults.kannel_chain import CORE, RESULT, bring_loopback_up, kannel
from tests.faults.peers.smsc import Smsc
from tests.house import wait_for

SECRET = "rahasia-gerbang"
FAKE_PHONE, PHONE, NEIGHBOUR = "6281200000001", "6281300000002", "6281300000003"
FAKE_PORT = 10000
SHORT = "SAMPANG Lampu jalan di depan balai desa padam 100% & gelap?"
LONG = "KAB. SAMPANG Banjir 🌊 setinggi lutut di Jalan Mawar sejak pagi, warga butuh bantuan perahu dan makanan. "
DOUBLED = "SURABAYA sampah menumpuk di pasar"
# As the manual says it (docs/how-to/channels-in.md).
FIELDS = "from=%p&to=%P&text=%b&coding=%c&charset=%C&udh=%u&time=%t&smsc=%i&id=%I"
CONF = (
    CORE
    + """\
allowed-prefix = "62813;+62813"

group = smsc
smsc = fake
smsc-id = fake
port = 10000
connect-allow-ip = 127.0.0.1
allowed-prefix = "62812;+62812"

group = sms-service
keyword = default
catch-all = true
get-url = "{url}/hooks/sms/nasional?secret={secret}&{fields}"
max-messages = 0
omit-empty = true
"""
)


class FakePhone:
    """What Debian's `fakesmsc` does: a line for each message, both ways (gw/smsc/smsc_fake.c)."""

    def __init__(self) -> None:
        self._plain = socket.create_connection(("127.0.0.1", FAKE_PORT), timeout=30)
        self.got: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def say(self, text: str) -> None:
        self._plain.sendall(f"{FAKE_PHONE} 1708 text {text}\n".encode())

    def _read(self) -> None:
        with suppress(OSError), self._plain.makefile("rb") as lines:
            for line in lines:
                self.got.append(line.decode("latin-1").rstrip("\n"))


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


class Web:
    """The product's pages; once, the answer to a message is lost after it was kept."""

    def __init__(self) -> None:
        from tanggap.config.wsgi import application

        self._application = application
        self.asked: list[str] = []
        self._lost = False
        self._server = make_server("127.0.0.1", 0, self._serve, server_class=_Server, handler_class=_Quiet)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _serve(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        query = environ["QUERY_STRING"]
        self.asked.append(query)
        if "sampah" in query and not self._lost:
            self._lost = True
            list(self._application(environ, lambda *_said: None))
            start("503 Service Unavailable", [])
            return [b""]
        return self._application(environ, start)


def run(folder: Path) -> dict[str, Any]:
    import django

    django.setup()
    web = Web()
    os.environ["TANGGAP_BASE_URL"] = web.url
    from django.conf import settings

    settings.BASE_URL = web.url
    smsc = Smsc(receipts="DELIVRD", patient=True)
    configuration = CONF.format(smsc_port=smsc.port, url=web.url, secret=SECRET, fields=FIELDS)
    with smsc, kannel(folder, configuration, smsc):
        return _walk(smsc, web)


def _walk(smsc: Smsc, web: Web) -> dict[str, Any]:
    from tanggap.channels.models import Inbound
    from tanggap.notify.models import Message

    phone = FakePhone()
    phone.say(SHORT)
    octets = (LONG * 2).strip().encode("utf-16-be")
    parts = [octets[at : at + 134] for at in range(0, len(octets), 134)]
    for number in range(len(parts), 0, -1):
        header = bytes([5, 0, 3, 77, len(parts), number])
        smsc.bring(PHONE, parts[number - 1], coding=8, header=header)
    smsc.say(NEIGHBOUR, DOUBLED)
    wait_for(lambda: Inbound.objects.count() >= 3)
    wait_for(lambda: sum("sampah" in query for query in web.asked) >= 2)
    wait_for(lambda: _work() or (phone.got and len(smsc.messages()) >= 2))
    wait_for(lambda: set(Message.objects.values_list("state", flat=True)) == {"delivered"})
    return {
        "fake": phone.got,
        "smpp": smsc.messages(),
        "asked": web.asked,
        "answers": sorted({s for _n, s in smsc.answers}),
    }


def _work() -> None:
    """What the worker does."""
    from tanggap.cases.tests.telling import react
    from tanggap.channels.services.take_inbound import take_inbound
    from tanggap.escalation.office_hours import openings
    from tanggap.notify.services.deliver import deliver
    from tests.cast import DAY

    take_inbound(channel="sms", now=DAY)
    react(now=DAY)
    deliver(channel="sms", now=DAY, hours=openings)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanggap.config.settings")
    bring_loopback_up()
    seen = run(Path(sys.argv[1]))
    (Path(sys.argv[1]) / RESULT).write_text(json.dumps(seen))
