"""`bin/run`: one process that brings the instance up, keeps it up, and takes everything down with it."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from types import FrameType

from tanggap.config.cli_output import say
from tanggap.config.launch.children import Child, end_remains, python
from tanggap.config.launch.instance import SUPERVISED, CannotRun, Instance
from tanggap.config.launch.prepare import is_in_use, prepare
from tanggap.postgres import Server, given_database
from tanggap.postgres.processes import wait_until

READY_SECONDS = 90.0
WEB_STOP_SECONDS = 3.5
TURN_SECONDS = 0.2
MOST_WORKERS = 4


class Stop(BaseException):
    """Somebody asked us to end."""


@dataclass(frozen=True)
class Options:
    """What `bin/run` was asked for."""

    host: str
    port: int
    demo: bool
    workers: int

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


class Supervisor:
    """Runs one instance until it is told to stop."""

    def __init__(self, instance: Instance, options: Options) -> None:
        self.instance = instance
        self.options = options
        self.server: Server | None = None
        self.children: list[Child] = []
        self.demo: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Everything, start to end. Raises CannotRun or PostgresError when it cannot come up."""
        self.instance.make_folders()
        with self.instance.supervised() as alone:
            if not alone:
                address = self.instance.facts().get("address", "")
                raise CannotRun(f"An instance runs in {self.instance.data} already: {address}")
            self._clear_remains()
            _listen_to_signals()
            try:
                url = self._start_database()
                prepare(self.instance, url, static=True)
                self.instance.remember(demo=self._is_demo(url))
                self._start_children(url)
                self._announce()
                self._start_demo(url)
                self._watch()
            except Stop:
                say("Stopping …")
            finally:
                _ignore_signals()
                self._end()

    # -- coming up -------------------------------------------------------------------------------------------------

    def _clear_remains(self) -> None:
        left = end_remains(self.instance.data)
        if left:
            say(f"Ended {left} processes that an earlier run had left behind.")

    def _start_database(self) -> str:
        given = given_database()
        if given is not None:
            return given
        self.server = Server(self.instance.data)
        self.server.join(follow=True)
        return self.server.url()

    def _is_demo(self, url: str) -> bool:
        """Whether this folder is the example. Decided once: invented cases never come among real ones."""
        before: bool | None = self.instance.facts().get("demo")
        if before is not None or not self.options.demo:
            return bool(before)
        if is_in_use(url):
            say("People or cases are here already: the example is not added to them.")
            return False
        return True

    def _start_children(self, url: str) -> None:
        self.instance.remember(address=self.options.address)
        metrics = self.instance.runtime / "metrics"
        metrics.mkdir(exist_ok=True)
        for old in metrics.glob("*.db"):
            old.unlink()
        environment = self.instance.environment(
            url,
            PROMETHEUS_MULTIPROC_DIR=str(metrics),
            TANGGAP_HOSTS=self._hosts(),
            **{SUPERVISED: str(self.instance.data)},
        )
        here = self.options
        web = python("-m", "tanggap.config.launch.web", here.host, str(here.port), str(here.workers))
        logs = self.instance.logs if os.environ.get("TANGGAP_LOG") != "stderr" else None
        self.children = [
            Child("web", web, environment, logs and logs / "web.log"),
            Child("worker", python("-m", "tanggap.config.launch.worker"), environment, logs and logs / "worker.log"),
        ]
        for child in self.children:
            child.start()

    def _hosts(self) -> str:
        given = os.environ.get("TANGGAP_HOSTS")
        return given or f"localhost,127.0.0.1,[::1],{self.options.host}"

    def _announce(self) -> None:
        web = self.children[0]
        wait_until(lambda: not web.is_running() or self._answers(), seconds=READY_SECONDS, every=0.05)
        if not web.is_running() or not self._answers():
            raise CannotRun(f"The web server did not start. {web.last_words()}")
        print(f"Tanggap: {self.options.address}/", flush=True)  # noqa: T201
        say(f"Data: {self.instance.data}. Logs: {self.instance.logs}. Ctrl-C stops everything.")

    def _answers(self) -> bool:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.options.host, self.options.host)  # noqa: S104
        connection = http.client.HTTPConnection(host, self.options.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _start_demo(self, url: str) -> None:
        facts = self.instance.facts()
        if not facts.get("demo"):
            return
        if facts.get("demo_loaded"):
            passwords = self.instance.data / "demo-passwords.txt"
            if passwords.exists():
                say(passwords.read_text(encoding="utf-8").rstrip())
            return
        environment = self.instance.environment(url, **{SUPERVISED: str(self.instance.data)})
        self.demo = subprocess.Popen(
            python("-m", "django", "load_demo"), env=environment, stdin=subprocess.DEVNULL, start_new_session=True
        )

    # -- staying up ------------------------------------------------------------------------------------------------

    def _watch(self) -> None:
        while True:
            time.sleep(TURN_SECONDS)
            if self.server is not None and self.server.postmaster() is None:
                say("The database server ended; starting it again.")
                self.server.join(follow=True)
            for child in self.children:
                told = child.keep_running()
                if told:
                    say(told)
            if self.demo is not None and self.demo.poll() is not None:
                self._demo_ended(self.demo.returncode)

    def _demo_ended(self, code: int) -> None:
        self.demo = None
        if code == 0:
            self.instance.remember(demo_loaded=True)
        else:
            say("The example cases could not be loaded; the reason stands above. The site runs without them.")

    # -- going down ------------------------------------------------------------------------------------------------

    def _end(self) -> None:
        """Within 10 seconds: demo, web and worker together, then the database."""
        if self.demo is not None and self.demo.poll() is None:
            self.demo.terminate()
        for child in self.children:
            child.ask_to_end()
        wait_until(lambda: not any(child.is_running() for child in self.children), seconds=WEB_STOP_SECONDS)
        for child in self.children:
            child.end_now()
        if self.demo is not None and self.demo.poll() is None:
            self.demo.kill()
        if self.server is not None:
            self.server.stop()


SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _listen_to_signals() -> None:
    for sign in SIGNALS:
        # nohup asks that a closed terminal be ignored; a shell's background job ignores SIGINT, which we still obey.
        if sign != signal.SIGHUP or signal.getsignal(sign) != signal.SIG_IGN:
            signal.signal(sign, _stop)


def _ignore_signals() -> None:
    for sign in SIGNALS:
        signal.signal(sign, signal.SIG_IGN)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    _ignore_signals()
    raise Stop
