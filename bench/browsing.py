"""One person at the product's own web server, timed page by page."""

from __future__ import annotations

import http.client
import time

from bench.stage import Web, percentile


class Browser:
    """One connection of one officer."""

    def __init__(self, web: Web, cookie: str) -> None:
        self.web = web
        self.connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=60)
        self.headers = {"Cookie": cookie}

    def get(self, address: str) -> str:
        self.connection.request("GET", address, headers=self.headers)
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise SystemExit(f"bench: {address} answers {response.status}\n{self.web.last_words()}")
        return body.decode()

    def timed(self, address: str) -> float:
        """Milliseconds until the whole page is here."""
        started = time.perf_counter()
        self.get(address)
        return (time.perf_counter() - started) * 1000


def timed(browser: Browser, addresses: list[str], requests: int, *, warm: int = 5) -> list[dict[str, float]]:
    """Median and p95 of each address, asked for in turn."""
    for address in addresses * warm:
        browser.get(address)
    taken: list[list[float]] = [[] for _address in addresses]
    for _round in range(requests):
        for times, address in zip(taken, addresses, strict=True):
            times.append(browser.timed(address))
    found = [sorted(times) for times in taken]
    return [
        {"p50_ms": round(percentile(times, 0.5), 1), "p95_ms": round(percentile(times, 0.95), 1)} for times in found
    ]
