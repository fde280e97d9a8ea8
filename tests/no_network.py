"""pytest plugin: no test reaches beyond this machine, so none depends on anybody else's server or tells it anything."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from typing import Any

import pytest

_connect = socket.socket.connect


class NetworkIsOff(RuntimeError):
    """A test tried to reach another machine."""


def _is_here(family: int, address: Any) -> bool:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0]
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _guarded(self: socket.socket, address: Any) -> None:
    if not _is_here(self.family, address):
        raise NetworkIsOff("A test tried to reach another machine; the network is off in tests.")
    _connect(self, address)


def pytest_configure(config: pytest.Config) -> None:
    socket.socket.connect = _guarded  # type: ignore[method-assign]
