"""Our gateway transport → Kannel's smsbox → its bearerbox → our message centre, and the reports all the way back.

Kannel listens on every address, so this runs in a network of its own: `unshare -n python kannel_chain.py FOLDER`.
Leaves what was seen in the folder, as JSON; the test judges it.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.peers.providers import Providers
from tests.faults.peers.smsc import THROTTLED, Mishap, Smsc
from tests.house import wait_for

RESULT = "seen.json"
NUMBER = "+6281234567890"
SHORT = "Laporan Anda: 100% selesai & dibaca?"
LONG = "Laporan ABCD-EFGH-J sudah dijawab. Buka tautan untuk membaca jawaban lengkap. " * 4
JAVANESE = "ꦥꦩꦼꦫꦶꦤ꧀ꦠꦃ " * 12
CORE = """\
group = core
admin-port = 13000
admin-password = x
smsbox-port = 13001
dlr-storage = internal
sms-resend-freq = 1

group = sendsms-user
username = u
password = p
concatenation = true
max-messages = 10

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = 13013
global-sender = 1708
http-request-retry = 10
http-queue-delay = 1

group = smsc
smsc = smpp
smsc-id = ours
host = 127.0.0.1
port = {smsc_port}
smsc-username = tanggap
smsc-password = secret
system-type = ""
transceiver-mode = true
throughput = 100
reconnect-delay = 1
"""
CONF = (
    CORE
    + """
group = sms-service
keyword = default
get-url = "{url}/hook?from=%p&text=%a"
max-messages = 0
"""
)
_FLAGS = struct.Struct("16sh")


def bring_loopback_up() -> None:
    """What `ip link set lo up` does, without needing it."""
    up, get_flags, set_flags = 0x1, 0x8913, 0x8914
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        _name, flags = _FLAGS.unpack(fcntl.ioctl(control, get_flags, _FLAGS.pack(b"lo", 0)))
        fcntl.ioctl(control, set_flags, _FLAGS.pack(b"lo", flags | up))


def is_listening(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


@contextmanager
def kannel(folder: Path, configuration: str, smsc: Smsc) -> Iterator[None]:
    """Both boxes, bound to our centre and ready to send."""
    conf = folder / "kannel.conf"
    conf.write_text(configuration)
    boxes = []
    try:
        for name, ready in (("bearerbox", lambda: is_listening(13001) and smsc.connections()), ("smsbox", None)):
            with (folder / f"{name}.log").open("wb") as log:
                boxes.append(subprocess.Popen([name, "-v", "1", str(conf)], stdout=log, stderr=log))
            wait_for(ready or (lambda: is_listening(13013)))
        yield
    finally:
        for box in reversed(boxes):
            box.terminate()
        for box in reversed(boxes):
            box.wait(20)


def run(folder: Path) -> dict[str, object]:
    with Smsc(receipts="DELIVRD") as smsc, Providers() as peers:
        os.environ["TANGGAP_BASE_URL"] = peers.url
        with kannel(folder, CONF.format(smsc_port=smsc.port, url=peers.url), smsc):
            return _walk(smsc, peers)


def _walk(smsc: Smsc, peers: Providers) -> dict[str, object]:
    # Settings read the address of the stub from the environment, so they are loaded only now.
    from tanggap.notify.transports.base import Rendered
    from tanggap.notify.transports.sms import SmsTransport

    address = "http://127.0.0.1:13013/cgi-bin/sendsms?username=u&password=p&from=1708"
    way = SmsTransport({"http": address, "secret": "s", "brand": "nasional"})
    accepted = []
    for key, text in (("k1", SHORT), ("k2", LONG), ("k3", JAVANESE)):
        accepted.append(way.send(Rendered(key=key, address=NUMBER, text=text)))
    wait_for(lambda: len(smsc.messages()) == 3)
    parts = len(smsc.submits)
    smsc.mishap(Mishap(status=THROTTLED))
    accepted.append(way.send(Rendered(key="k4", address=NUMBER, text="Setelah diminta lebih pelan")))
    wait_for(lambda: len(smsc.messages()) == 4)
    smsc.hang_up()
    wait_for(lambda: smsc.binds >= 2 and smsc.connections())
    accepted.append(way.send(Rendered(key="k5", address=NUMBER, text="Setelah tersambung lagi")))
    wait_for(lambda: len(smsc.messages()) == 5)
    smsc.say("6281300000000", "TANGKAB Jalan rusak")

    def told(word: str) -> list[str]:
        return [taken.address for taken in peers.taken("webhook") if word in taken.address]

    wait_for(lambda: told("/hook?from=") and len(told("/hooks/sms/nasional?")) >= len(accepted))
    way.close()
    return {
        "messages": smsc.messages(),
        "ids": [one.provider_id for one in accepted],
        "parts": [one.parts for one in accepted],
        "submitted_before_throttling": parts,
        "reports": told("/hooks/sms/nasional?"),
        "received": told("/hook?from="),
        "answers": sorted({status for _sequence, status in smsc.answers}),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanggap.config.settings")
    bring_loopback_up()
    seen = run(Path(sys.argv[1]))
    (Path(sys.argv[1]) / RESULT).write_text(json.dumps(seen))
