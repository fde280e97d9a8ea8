"""A mail server of the provinces: OpenSMTPD takes mail in, Dovecot keeps the mailboxes. On loopback, in one folder.

OpenSMTPD wants root and its own spool: it gets an empty one that nobody else sees. Mailboxes belong to `nobody`.
Everything in the domain `hilang.contoh.id` is taken and then comes back, like a letter to a house torn down.
"""

from __future__ import annotations

import imaplib
import os
import shutil
import smtplib
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from tests.faults.peers.certificates import make_certificate
from tests.house import free_port, wait_for
from tests.packages import program

PASSWORD = "sandi"
_SMTPD = """\
table boxes {{ "@lapor.contoh.id" = "nobody", "@surel.contoh.id" = "nobody", "@hilang.contoh.id" = "nobody" }}
smtp max-message-size 60M
listen on 127.0.0.1 port {smtp} hostname mx.contoh.id
action "box" maildir "{folder}/mail/%{{rcpt.user:strip}}" virtual <boxes>
action "gone" mda "/bin/sh -c 'exit 67'" virtual <boxes>
match from any for domain "hilang.contoh.id" action "gone"
match from any for domain {{ "lapor.contoh.id", "surel.contoh.id" }} action "box"
"""
_DOVECOT = """\
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
default_internal_user = dovecot
default_login_user = dovenull
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/mail/%n
mail_max_userip_connections = 50
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%n
}}
"""


class MailHouse:
    """Both servers. `address` is where our reader finds a mailbox, `smtp` where mail is handed in."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="tanggap-mail-")
        self.folder = Path(self._folder.name)
        self.smtp, self.imap, self.imaps = free_port(), free_port(), free_port()
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> MailHouse:
        smtpd, unshare = program("smtpd", "opensmtpd"), program("unshare", "util-linux")
        assert os.geteuid() == 0, "OpenSMTPD starts as root only: run this test as root, in a container for instance."
        self.folder.chmod(0o755)
        (self.folder / "mail").mkdir()
        shutil.chown(self.folder / "mail", "nobody")
        make_certificate(self.folder)
        given = {"folder": self.folder, "password": PASSWORD} | {
            name: getattr(self, name) for name in ("smtp", "imap", "imaps")
        }
        (self.folder / "smtpd.conf").write_text(_SMTPD.format(**given))
        (self.folder / "dovecot.conf").write_text(_DOVECOT.format(**given))
        own = "mount -t tmpfs -o mode=755 none /run && mount -t tmpfs -o mode=755 none /var/spool"
        try:
            self._start("smtpd", unshare, "-m", "sh", "-c", f"{own} && exec {smtpd} -d -f {self.folder}/smtpd.conf")
            self.start_dovecot()
            wait_for(lambda: self._running[0].poll() is not None or _answers(self.smtp))
            assert self._running[0].poll() is None, "OpenSMTPD did not start (it needs a mount namespace of its own)"
        except BaseException as error:
            error.add_note(self.told())
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self._running):
            _end(process)
        self._folder.cleanup()

    def start_dovecot(self) -> None:
        dovecot = program("dovecot", "dovecot-imapd")
        self._start("dovecot", dovecot, "-F", "-c", str(self.folder / "dovecot.conf"))
        wait_for(lambda: _answers(self.imap))

    def stop_dovecot(self) -> None:
        _end(self._running.pop())

    def address(self, user: str = "lapor", *, password: str = PASSWORD, query: str = "", tls: bool = False) -> str:
        """The mailbox of a user for `channel add email --imap`."""
        host = f"imaps://{user}:{password}@localhost:{self.imaps}" if tls else None
        return f"{host or f'imap://{user}:{password}@127.0.0.1:{self.imap}'}/INBOX{query}"

    def send(self, sender: str, recipient: str, content: bytes) -> None:
        """Hand a mail to OpenSMTPD as a provider would."""
        with smtplib.SMTP("127.0.0.1", self.smtp, timeout=60) as client:
            client.sendmail(sender, [recipient], content)

    def mails(self, user: str) -> list[bytes]:
        """What lies in a mailbox, oldest first."""
        with self._box(user) as box:
            numbers = box.search(None, "ALL")[1][0].split()
            return [box.fetch(number.decode(), "(BODY.PEEK[])")[1][0][1] for number in numbers]  # type: ignore[index]

    def flags(self, user: str) -> list[str]:
        """What each letter is marked with, as far as that lasts."""
        with self._box(user) as box:
            numbers = box.search(None, "ALL")[1][0].split()
            told = [box.fetch(number.decode(), "(FLAGS)")[1][0] for number in numbers]
        found = [imaplib.ParseFlags(one) for one in told if isinstance(one, bytes)]
        return [b" ".join(flag for flag in flags if flag != rb"\Recent").decode() for flags in found]

    def put(self, user: str, *contents: bytes, flags: str = "") -> None:
        """Letters straight into a mailbox."""
        with self._box(user) as box:
            for content in contents:
                state, told = box.append("INBOX", flags, "", content)
                assert state == "OK", told

    def make_folder(self, user: str, name: str) -> None:
        with self._box(user) as box:
            box.create(name)

    def empty(self, user: str) -> None:
        """No letters left."""
        with self._box(user) as box:
            if box.search(None, "ALL")[1] != [b""]:
                box.store("1:*", "+FLAGS", r"(\Deleted)")
                box.expunge()

    @contextmanager
    def _box(self, user: str) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.imap, timeout=60) as box:
            box.login(user, PASSWORD)
            box.select("INBOX")
            yield box

    def told(self) -> str:
        """What both servers logged, for a test that fails."""
        logs = [self.folder / "smtpd.log", self.folder / "dovecot.log"]
        return "\n".join(path.read_text(errors="replace")[-2000:] for path in logs if path.exists())

    def _start(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running.append(
                subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, start_new_session=True
                )
            )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(20)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
        return bool(connection.recv(1))
    return False
