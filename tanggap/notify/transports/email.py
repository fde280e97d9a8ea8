"""Mail by SMTP. The scheme of the address says how private it is: smtp+starttls://, smtps://; smtp:// not at all."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from tanggap.notify.transports.base import Accepted, Permanent, ProviderDown, Rendered, Temporary, TransportError
from tanggap.notify.transports.mail_form import mail_of

SECONDS = 15.0
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
# Codes by which a server refuses us, not the recipient: no other mail would fare better.
_REFUSES_US = {421, 454, 530, 534, 535, 538}
# Which of its answers to the recipient mean that the address itself is at fault (RFC 3463: 5.1.x; 550, 551, 553).
_DEAD = {550, 551, 553}


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    @classmethod
    def parsed(cls, url: str) -> Server:
        """Raises ValueError for an address that is none."""
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("not an SMTP address")
        port = parts.port or PORTS[parts.scheme]
        return cls(parts.scheme, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""))


class EmailTransport:
    """Settings: smtp, address, and ca for the file of an office's own authority. The connection stays open between
    messages."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._server = Server.parsed(settings["smtp"])
        self._sender = settings["address"]
        self._authority = settings.get("ca") or None
        self._answered = bool(settings.get("imap"))
        self._connection: smtplib.SMTP | None = None

    def send(self, message: Rendered) -> Accepted:
        try:
            mail = mail_of(message, sender=self._sender, answered=self._answered)
        except ValueError:
            raise Permanent("alamat: alamat surel ini tidak dapat dibaca", address_is_dead=True) from None
        connection = self._connected()
        try:
            connection.send_message(mail, from_addr=self._sender, to_addrs=[message.address])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            self._forget_if_over(code)
            raise _failure(code, said, of_recipient=True) from None
        except smtplib.SMTPSenderRefused as error:
            # Our own address is refused: that meets every mail.
            self.close()
            raise ProviderDown(f"{error.smtp_code}: peladen surel menolak alamat pengirim kami") from None
        except smtplib.SMTPResponseException as error:
            self._forget_if_over(error.smtp_code)
            raise _failure(error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPNotSupportedError:
            raise Permanent("alamat: peladen surel tidak menerima huruf dalam alamat ini") from None
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Temporary(f"terputus: peladen surel memutus hubungan ({type(error).__name__})") from None
        return Accepted(provider_id=str(mail["Message-ID"]))

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()

    def _connected(self) -> smtplib.SMTP:
        """The open connection if the server still holds it, else a new one."""
        if self._connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                if self._connection.noop()[0] == 250:
                    return self._connection
            self.close()
        try:
            self._connection = self._connect()
        except smtplib.SMTPResponseException as error:
            raise ProviderDown(f"{error.smtp_code}: peladen surel menolak kami") from None
        except (OSError, smtplib.SMTPException) as error:
            raise ProviderDown(f"tidak terhubung: peladen surel ({type(error).__name__})") from None
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        trust = ssl.create_default_context(cafile=self._authority)
        if server.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=trust)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        try:
            if server.scheme == "smtp+starttls":
                connection.starttls(context=trust)
            if server.user:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _forget_if_over(self, code: int) -> None:
        if code == 421:
            self.close()


def _failure(code: int, said: bytes | str, *, of_recipient: bool = False) -> TransportError:
    """What an answer means. Its text is left out: servers repeat the address in it."""
    text = said.decode("latin-1") if isinstance(said, bytes) else said
    if code in _REFUSES_US:
        return ProviderDown(f"{code}: peladen surel menolak kami")
    if code < 500:
        return Temporary(f"{code}: peladen surel meminta menunggu")
    if of_recipient:
        dead = code in _DEAD or text.startswith("5.1.")
        return Permanent(f"{code}: peladen surel menolak penerima", address_is_dead=dead)
    return Permanent(f"{code}: peladen surel menolak pesan ini")
