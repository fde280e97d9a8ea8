"""`bin/run`: reads what was asked and hands it to the supervisor."""

from __future__ import annotations

import argparse
import ipaddress
import os
import socket
import sys

from tanggap.config.cli_output import say
from tanggap.config.launch.instance import CannotRun, Instance
from tanggap.config.launch.supervisor import MOST_WORKERS, Options, Supervisor
from tanggap.postgres import PostgresError


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/run", description="Start Tanggap; Ctrl-C stops everything.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--data", metavar="DIR", help="data folder (default: .data beside bin/)")
    parser.add_argument("--no-demo", action="store_true", help="without example people and cases")
    parser.add_argument("--public-demo", action="store_true", help="let others reach the example")
    return parser.parse_args(argv)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _wants_demo(instance: Instance, asked: argparse.Namespace) -> bool:
    """Whether this folder is the example: decided on its first start, for good."""
    before = instance.facts().get("demo")
    if before is None:
        if asked.no_demo:
            instance.make_folders()
            instance.remember(demo=False)
        return not asked.no_demo
    if before and asked.no_demo:
        raise CannotRun(f"{instance.data} holds the example. Give another folder with --data for a real instance.")
    if not before and not asked.no_demo:
        say(f"{instance.data} was made without the example and stays so.")
    return bool(before)


def _check_port(host: str, port: int) -> None:
    """Say before anything is set up that the port is taken or not ours to take."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotRun(
                f"Cannot listen on {host} port {port}: {error.strerror}. Choose another with --port."
            ) from None


def main(argv: list[str]) -> int:
    asked = _arguments(argv)
    instance = Instance.at(asked.data)
    workers = int(os.environ.get("TANGGAP_WORKERS") or min(len(os.sched_getaffinity(0)), MOST_WORKERS))
    try:
        demo = _wants_demo(instance, asked)
        if demo and not _is_loopback(asked.host) and not asked.public_demo:
            raise CannotRun(
                "The example is for this machine only. Add --public-demo to show it to others, or --no-demo."
            )
        _check_port(asked.host, asked.port)
        Supervisor(instance, Options(asked.host, asked.port, demo, workers)).run()
    except (CannotRun, PostgresError, OSError) as error:
        say(f"bin/run: {error}")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
