"""A provider that brings messages to our webhook as badly as providers do.

Batches of changing size, out of order, on several connections at once; again whenever the answer was no 200 or none
came, and now and then though it was 200. It ends when every message was acknowledged at least once.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Message = dict[str, object]
Sign = Callable[[bytes], dict[str, str]]
SENDERS = 6
PAUSE = 0.1
TIMEOUT = 20


@dataclass
class Redelivery:
    """Threads that bring `messages` to `address` on `port`. `acknowledged`: the ids that were answered with 200."""

    port: int
    address: str
    messages: Sequence[Message]
    sign: Sign
    seed: int = 20261128
    acknowledged: set[str] = field(default_factory=set)
    refused: int = 0
    brought: int = 0
    _waiting: list[Message] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ended: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Redelivery:
        chance = random.Random(self.seed)
        # Not in their order: each comes within some hundred places of where it belongs.
        places = [place + chance.uniform(0, 300) for place in range(len(self.messages))]
        mixed = sorted(zip(places, self.messages, strict=True), key=lambda one: one[0], reverse=True)
        self._waiting = [message for _place, message in mixed]
        self._threads = [threading.Thread(target=self._bring, args=(n,), daemon=True) for n in range(SENDERS)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(timeout=60)
            assert not thread.is_alive()

    @property
    def is_over(self) -> bool:
        """Whether everything was acknowledged and what was brought again is there, too."""
        with self._lock:
            return len(self.acknowledged) == len(self.messages) and not self._waiting

    def _bring(self, number: int) -> None:
        chance = random.Random(f"{self.seed}:{number}")
        while not self._ended.is_set():
            batch = self._next(chance)
            if not batch:
                self._ended.wait(PAUSE)
                continue
            began = time.monotonic()
            good = self._post(batch)
            with self._lock:
                self.brought += len(batch)
                if good:
                    self.acknowledged.update(str(one["id"]) for one in batch)
                    again = [one for one in batch if chance.random() < 0.15]
                else:
                    self.refused += 1
                    again = batch
                self._waiting[:0] = again
            if not good and time.monotonic() - began < PAUSE:
                self._ended.wait(PAUSE)

    def _next(self, chance: random.Random) -> list[Message]:
        with self._lock:
            size = chance.choice((1, 1, 1, 2, 5))
            batch, self._waiting[-size:] = self._waiting[-size:], []
        if batch and chance.random() < 0.1:
            batch.append(batch[0])  # twice in one batch
        return batch

    def _post(self, batch: Sequence[Message]) -> bool:
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "622150001708", "phone_number_id": "1055"},
            "contacts": [
                {"profile": {"name": "Warga"}, "wa_id": one["from"], "user_id": one["from_user_id"]} for one in batch
            ],
            "messages": list(batch),
        }
        entry = {"id": "102290129340398", "changes": [{"field": "messages", "value": value}]}
        body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            connection.request("POST", self.address, body, {"Content-Type": "application/json", **self.sign(body)})
            response = connection.getresponse()
            response.read()
            return response.status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
