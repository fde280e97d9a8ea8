"""Citizens who hand in cases without pause, and remember every receipt they were shown."""

from __future__ import annotations

import http.client
import json
import threading
from dataclasses import dataclass, field

TIMEOUT = 60


@dataclass
class Citizens:
    """`count` threads against one server. `receipts` holds what was answered with 201, by tracking id."""

    port: int
    count: int = 8
    receipts: dict[str, str] = field(default_factory=dict)
    _ended: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Citizens:
        self._threads = [threading.Thread(target=self._write, args=(n,), daemon=True) for n in range(self.count)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(timeout=180)
            assert not thread.is_alive()

    def _write(self, number: int) -> None:
        sent = 0
        while not self._ended.is_set():
            sent += 1
            text = f"Laporan {sent} dari warga {number}: saluran air di depan rumah kami tersumbat."
            try:
                self._hand_in(json.dumps({"text": text, "reporter": {"name": "Warga", "phone": "081212345678"}}))
            except (OSError, http.client.HTTPException, ValueError):
                # The server went away: wait for the end of the round rather than hammering a closed port.
                self._ended.wait(0.02)

    def _hand_in(self, body: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            connection.request("POST", "/api/v1/cases", body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            answer = json.loads(response.read())
            if response.status == 201:
                with self._lock:
                    self.receipts[answer["tracking_id"]] = answer["secret_code"]
        finally:
            connection.close()
