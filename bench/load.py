"""A load generator: many keep-alive connections in one process that only writes and reads bytes.

`python -m bench.load PORT SECONDS CONNECTIONS [SECRET]` sends POST /api/v1/cases, or with a secret messages of WhatsApp
signed with it, and prints a JSON object: answers by status, latencies in milliseconds. Its texts are believable
Indonesian reports of three lengths.
"""

from __future__ import annotations

import asyncio
import hmac
import itertools
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator

TEXTS = (
    "Lampu jalan di depan pasar padam sejak tiga malam, warga takut lewat. Mohon diperbaiki sebelum akhir pekan.",
    "Antrean loket di kantor kecamatan lebih dari empat jam untuk satu surat pindah, padahal hanya dua orang yang "
    "dilayani sebelum saya. Petugas mengatakan jaringan sedang lambat, lalu loket ditutup pukul sebelas siang tanpa "
    "pemberitahuan. Saya datang dua kali dalam minggu ini dan keduanya pulang dengan tangan kosong.",
    "Jalan menuju sekolah dasar rusak berat sepanjang kurang lebih dua ratus meter setelah hujan minggu lalu. " * 6,
)
REGIONS = ("33.74", "35.78", "32.73", "35.27", "51.71", "73.71", "12.71", "31.71")


def bodies(count: int, seed: int) -> list[bytes]:
    """Requests ready to be sent; a third name a reporter, half an agency."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        region = chance.choice(REGIONS)
        body: dict[str, object] = {"text": TEXTS[number % 3], "region_code": region, "classification": "complaint"}
        if chance.random() < 0.5:
            body["agency_code"] = region
        if chance.random() < 1 / 3:
            body["reporter"] = {"name": "Warga Contoh", "phone": f"0812{chance.randrange(10**7, 10**8)}"}
        raw = json.dumps(body).encode()
        head = (
            "POST /api/v1/cases HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(raw)}\r\n\r\n"
        )
        made.append(head.encode() + raw)
    return made


def messages(secret: str, seed: int) -> Iterator[bytes]:
    """Webhooks of WhatsApp without end, one message of one of a thousand people each, every one signed and new."""
    chance = random.Random(f"{seed}:{time.time_ns()}")
    signer = hmac.new(secret.encode(), digestmod="sha256")
    for number in itertools.count():
        person = chance.randrange(1000)
        sender, known = f"6281200{person:06}", f"ID.{person:020}"
        message = {
            "from": sender,
            "from_user_id": known,
            "id": f"wamid.HBgN{chance.getrandbits(160):040X}",
            "timestamp": str(int(time.time())),
            "type": "text",
            "text": {"body": TEXTS[number % 3]},
        }
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "622150001708", "phone_number_id": "1055"},
            "contacts": [{"profile": {"name": "Warga Contoh"}, "wa_id": sender, "user_id": known}],
            "messages": [message],
        }
        entry = {"id": "102290129340398", "changes": [{"value": value, "field": "messages"}]}
        raw = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
        signature = signer.copy()
        signature.update(raw)
        head = (
            "POST /hooks/whatsapp/nasional HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"X-Hub-Signature-256: sha256={signature.hexdigest()}\r\nContent-Length: {len(raw)}\r\n\r\n"
        )
        yield head.encode() + raw


class Client(asyncio.Protocol):
    """One connection: sends the next request when the answer to the last is whole."""

    def __init__(self, requests: Iterator[bytes], until: float, done: asyncio.Future[None]) -> None:
        self.requests, self.until, self.done = requests, until, done
        self.statuses: Counter[str] = Counter()
        self.latencies: list[float] = []
        self.buffer, self.sent_at = b"", 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._send()

    def _send(self) -> None:
        if time.perf_counter() >= self.until:
            self.transport.close()
            return
        self.sent_at = time.perf_counter()
        self.transport.write(next(self.requests))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, rest = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0] or 0)
        if len(rest) < length:
            return
        self.latencies.append((time.perf_counter() - self.sent_at) * 1000)
        self.statuses[head[9:12].decode()] += 1
        self.buffer = b""
        self._send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def run(port: int, seconds: float, connections: int, secret: str = "") -> dict[str, object]:
    loop = asyncio.get_running_loop()
    made = [] if secret else bodies(300, seed=connections)
    started = time.perf_counter()
    clients = []
    for number in range(connections):
        done: asyncio.Future[None] = loop.create_future()
        requests = messages(secret, number) if secret else itertools.cycle(made[number:] + made[:number])
        client = Client(requests, started + seconds, done)
        clients.append(client)
        await loop.create_connection(lambda client=client: client, "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.wait_for(asyncio.gather(*(client.done for client in clients)), seconds + 60)
    spent = time.perf_counter() - started
    statuses = sum((client.statuses for client in clients), Counter())
    latencies = sorted(round(value, 2) for client in clients for value in client.latencies)
    return {"seconds": spent, "statuses": dict(statuses), "latencies": latencies}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:]))))
