"""One HTTP exchange with a provider: no redirects, no cookies, one time limit for all of it, a bounded answer.

A limit for each read does not bound an exchange: a peer that drips a byte at a time would hold a worker for hours.
So the deadline stands in the network backend, where every read and write passes. The same place checks addresses
given by strangers, after the name was resolved and before the connection is made: a name that answers differently
the second time cannot lead inside.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, Any, cast
from urllib.parse import urlsplit

import certifi
import httpcore

from tanggap.notify.transports.addresses import NotPublic, public_addresses
from tanggap.notify.transports.base import Permanent, ProviderDown

EXCHANGE_SECONDS = 20.0
CONNECT_SECONDS = 5.0
STEP_SECONDS = 10.0
MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; a long body may be cut."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    def object(self) -> dict[str, Any]:
        """The JSON object of the body; an empty one for anything else."""
        try:
            value = json.loads(self.body)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    @property
    def retry_after(self) -> float | None:
        """Seconds of a Retry-After header; the form with a date is left to our own backoff."""
        given = self.headers.get("retry-after", "")
        return float(given) if given.isdecimal() and len(given) < 6 else None


class TooLong(Exception):
    """More came than may come."""


class _Deadline:
    """When the present exchange must be over."""

    def __init__(self) -> None:
        self.at = 0.0

    def start(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    def cut(self, timeout: float | None) -> float:
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the exchange took too long")
        return min(left, timeout or left)


class _Stream(httpcore.NetworkStream):
    """A connection whose every step ends with the exchange."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.cut(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.cut(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secure = self._inner.start_tls(ssl_context, server_hostname, self._deadline.cut(timeout))
        return _Stream(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Connects, to public addresses only where told so."""

    def __init__(self, deadline: _Deadline, *, public_only: bool) -> None:
        self._inner = httpcore.SyncBackend()
        self._deadline = deadline
        self._public_only = public_only

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        target = self._public(host, port) if self._public_only else host
        stream = self._inner.connect_tcp(target, port, self._deadline.cut(timeout), local_address, socket_options)
        return _Stream(stream, self._deadline)

    def _public(self, host: str, port: int) -> str:
        try:
            return public_addresses(host, port)[0]
        except OSError:
            # Not left to the connection, which would resolve the name again, unchecked.
            raise httpcore.ConnectError("the name is unknown") from None


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """Certificates the system trusts (an office's own authority among them) and the usual ones."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class Wire:
    """Connections to one provider, kept open between messages. Used by one thread at a time."""

    def __init__(self, *, public_only: bool = False, seconds: float = EXCHANGE_SECONDS) -> None:
        self._deadline = _Deadline()
        self._seconds = seconds
        backend = _Backend(self._deadline, public_only=public_only)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trust(), max_connections=4, keepalive_expiry=30, network_backend=backend
        )

    def post_json(self, url: str, value: Any, headers: Mapping[str, str] | None = None) -> Answer:
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return self.exchange("POST", url, body, {"Content-Type": "application/json", **(headers or {})})

    def exchange(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        most: int = MOST_BYTES,
    ) -> Answer:
        """Send and read, at most so many bytes.

        Raises ProviderDown when no whole answer came, Permanent where an address leads inside.
        """
        with self._asked(method, url, body, headers) as response:
            read = _bounded(response, most)
            found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            return Answer(response.status, found, read)

    def download(self, url: str, into: IO[bytes], headers: Mapping[str, str] | None = None, *, most: int) -> int:
        """GET into a file; the status. Raises as `exchange`, and TooLong at the first byte beyond `most`.

        The body of anything but 200 is left unread. A body shorter than announced counts as no answer.
        """
        with self._asked("GET", url, b"", {"Accept": "*/*", **(headers or {})}) as response:
            if response.status == 200:
                size = 0
                for chunk in cast("Iterable[bytes]", response.stream):
                    size += len(chunk)
                    if size > most:
                        raise TooLong
                    into.write(chunk)
            return response.status

    @contextmanager
    def _asked(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str] | None
    ) -> Iterator[httpcore.Response]:
        self._deadline.start(self._seconds)
        limits = {"connect": CONNECT_SECONDS, "read": STEP_SECONDS, "write": STEP_SECONDS, "pool": STEP_SECONDS}
        usual = {"User-Agent": "Tanggap", "Accept": "application/json"}
        given: dict[bytes | str, bytes | str] = {name: text for name, text in (usual | dict(headers or {})).items()}
        extensions = {"timeout": limits}
        try:
            with self._pool.stream(method, url, headers=given, content=body, extensions=extensions) as response:
                yield response
        except NotPublic:
            raise Permanent("alamat: alamat ini menuju jaringan privat, pesan tidak dikirim") from None
        except (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout, ssl.SSLError):
            raise ProviderDown("tanpa sambungan: penyedia tidak dapat dihubungi") from None
        except httpcore.TimeoutException:
            raise ProviderDown("batas waktu: penyedia tidak menjawab tepat waktu") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError):
            raise ProviderDown("terputus: penyedia mengakhiri jawaban sebelum selesai") from None

    def close(self) -> None:
        self._pool.close()


def _bounded(response: httpcore.Response, most: int) -> bytes:
    """The start of the body. What lies beyond is left unread, and the connection goes with it."""
    read = b""
    for chunk in cast("Iterable[bytes]", response.stream):
        read += chunk
        if len(read) >= most:
            break
    return read[:most]


def is_http(url: str) -> bool:
    """Whether it is an address one can post to: http or https, a host, nobody's password in it."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  raises for a port that is none
    except ValueError:
        return False
    written_well = url.isascii() and url.isprintable() and " " not in url
    return written_well and parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
