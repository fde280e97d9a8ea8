"""Mail, against a real SMTP server in this process."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tanggap.notify.transports.base import Attachment, Permanent, ProviderDown, Rendered, Temporary, Transport
from tanggap.notify.transports.email import EmailTransport, Server
from tests.faults.peers.certificates import make_certificate
from tests.house import free_port


class Sink:
    """Keeps every mail; answers recipients as told."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.sessions = 0

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:  # noqa: N802
        session.host_name = hostname
        self.sessions += 1
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return self.answers.get("DATA", "250 OK")


Open = Callable[..., Controller]


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def server(sink: Sink) -> Iterator[Open]:
    running: list[Controller] = []

    def start(**given: Any) -> Controller:
        controller = Controller(sink, hostname="127.0.0.1", port=free_port(), **given)
        controller.start()
        running.append(controller)
        return controller

    yield start
    for controller in running:
        if not controller.loop.is_closed():
            controller.stop()


@pytest.fixture
def made() -> Iterator[Callable[..., Transport]]:
    transports: list[EmailTransport] = []

    def make(url: str, **more: str) -> Transport:
        transport = EmailTransport({"smtp": url, "address": "lapor@contoh.id", **more})
        transports.append(transport)
        return transport

    yield make
    for transport in transports:
        transport.close()


def message(key: str = "event:1:reporter", address: str = "warga@contoh.id", **given: Any) -> Rendered:
    usual = {"text": "Laporan Anda dijawab.\nTerima kasih – salam.", "subject": "Jawaban atas laporan K7M2"}
    return Rendered(key=key, address=address, **{**usual, **given})


def test_a_mail_arrives_with_headers_that_thread_it_and_stop_automatic_replies(
    server: Open, sink: Sink, made: Callable[..., Transport]
) -> None:
    transport = made(f"smtp://127.0.0.1:{server().port}")
    first = transport.send(message(thread="abc", brand_name="Hallo Demak", subject="Satu\nBcc: orang@lain.id"))
    again = transport.send(message(thread="abc"))
    other = transport.send(message("event:2:reporter", thread="abc"))
    mail = sink.mails[0]
    assert first.provider_id == again.provider_id == mail["Message-ID"] != other.provider_id
    assert (mail["To"], mail["From"]) == ("warga@contoh.id", "Hallo Demak <lapor@contoh.id>")
    assert (mail["Auto-Submitted"], mail["Bcc"], mail["Subject"]) == ("auto-generated", None, "Satu Bcc: orang@lain.id")
    assert mail["References"] == sink.mails[2]["References"] == "<thread.abc@contoh.id>"
    assert "salam" in mail.get_content()
    assert sink.sessions == 1  # one connection for all of them


def test_an_answer_to_a_message_about_a_case_leads_back_to_it_where_the_mailbox_is_read(
    server: Open, sink: Sink, made: Callable[..., Transport]
) -> None:
    url = f"smtp://127.0.0.1:{server().port}"
    about = message(extra={"answer_to": "K7M2-9QXA-V"})
    made(url, imap="imaps://surel.id/INBOX").send(about)
    made(url).send(about)
    made(url, imap="imaps://surel.id/INBOX").send(message())
    assert [mail["Reply-To"] for mail in sink.mails] == ["lapor+K7M2-9QXA-V@contoh.id", None, None]


def test_a_letter_goes_along(server: Open, sink: Sink, made: Callable[..., Transport]) -> None:
    letter = Attachment("surat.pdf", "application/pdf", b"%PDF-1.7 isi")
    made(f"smtp://127.0.0.1:{server().port}").send(message(attachments=[letter], extra={"html": "<p>Isi</p>"}))
    parts = list(sink.mails[0].iter_attachments())
    assert [(part.get_filename(), part.get_content_type(), part.get_content()) for part in parts] == [
        ("surat.pdf", "application/pdf", b"%PDF-1.7 isi")
    ]
    body = sink.mails[0].get_body(("html",))
    assert body is not None
    assert "<p>Isi</p>" in body.get_content()


@pytest.mark.parametrize(
    ("answer", "kind", "dead"),
    [
        ("550 5.1.1 no such user warga@contoh.id", Permanent, True),
        ("552 5.2.2 mailbox full", Permanent, False),
        ("450 4.2.0 greylisted", Temporary, None),
        ("421 4.3.2 closing", ProviderDown, None),
        ("530 5.7.0 authentication required", ProviderDown, None),
    ],
)
def test_what_the_server_says_of_a_recipient_decides_and_its_words_are_not_kept(
    server: Open, sink: Sink, made: Callable[..., Transport], answer: str, kind: type[Exception], dead: bool | None
) -> None:
    sink.answers["warga@contoh.id"] = answer
    transport = made(f"smtp://127.0.0.1:{server().port}")
    with pytest.raises(kind) as refused:
        transport.send(message())
    assert type(refused.value) is kind
    assert getattr(refused.value, "address_is_dead", None) is dead
    assert "contoh.id" not in str(refused.value)
    transport.send(message("event:2", address="lain@contoh.id"))  # the next one goes, on a new connection if need be


def test_an_answer_after_the_content_counts_too(server: Open, sink: Sink, made: Callable[..., Transport]) -> None:
    transport = made(f"smtp://127.0.0.1:{server().port}")
    sink.answers["DATA"] = "554 5.7.1 looks like spam"
    with pytest.raises(Permanent):
        transport.send(message())
    sink.answers["DATA"] = "451 try later"
    with pytest.raises(Temporary):
        transport.send(message())


def test_nobody_there_is_an_outage_and_a_server_that_went_away_is_met_anew(
    server: Open, sink: Sink, made: Callable[..., Transport]
) -> None:
    with pytest.raises(ProviderDown):
        made(f"smtp://127.0.0.1:{free_port()}").send(message())
    first = server()
    transport = made(f"smtp://127.0.0.1:{first.port}")
    transport.send(message())
    first.stop()
    with pytest.raises(ProviderDown):
        transport.send(message())


def test_an_address_that_is_none_fails_alone(server: Open, sink: Sink, made: Callable[..., Transport]) -> None:
    transport = made(f"smtp://127.0.0.1:{server().port}")
    for address in ("bukan alamat", "a@b\r\nRCPT TO:<lain@contoh.id>", ""):
        with pytest.raises(Permanent):
            transport.send(message(address=address))
    assert sink.mails == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for `localhost` and its key."""
    return make_certificate(tmp_path_factory.mktemp("tls"))


def _context(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


def _only_us(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    well = isinstance(data, LoginPassword) and data.password == b"sandi"
    return AuthResult(success=well, handled=well)


def test_with_starttls_the_password_goes_encrypted_and_a_stranger_in_between_gets_nothing(
    server: Open, sink: Sink, made: Callable[..., Transport], certificate: tuple[Path, Path]
) -> None:
    port = server(
        tls_context=_context(certificate), require_starttls=True, authenticator=_only_us, auth_required=True
    ).port
    made(f"smtp+starttls://lapor:sandi@localhost:{port}", ca=str(certificate[0])).send(message())
    assert len(sink.mails) == 1
    with pytest.raises(ProviderDown):
        made(f"smtp+starttls://lapor:sandi@localhost:{port}").send(message())  # a certificate nobody vouches for
    with pytest.raises(ProviderDown):
        made(f"smtp+starttls://lapor:salah@localhost:{port}", ca=str(certificate[0])).send(message())
    assert len(sink.mails) == 1


def test_a_server_without_encryption_is_not_used_where_encryption_was_asked_for(
    server: Open, sink: Sink, made: Callable[..., Transport]
) -> None:
    with pytest.raises(ProviderDown):
        made(f"smtp+starttls://localhost:{server().port}").send(message())
    assert sink.mails == []


def test_addresses_of_servers_are_read() -> None:
    assert Server.parsed("smtps://a%40b:p%3A@surel.id") == Server("smtps", "surel.id", 465, "a@b", "p:")
    assert Server.parsed("smtp+starttls://surel.id").port == 587
    for nonsense in ("surel.id", "http://surel.id", "smtp://", "smtp://a:b:c"):
        with pytest.raises(ValueError):  # noqa: PT011
            Server.parsed(nonsense)
