"""Which addresses a stranger's link may lead to: the public internet, never this machine or its neighbours."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# Networks whose addresses carry an IPv4 address inside: a private one is reached through them all the same.
_NAT64 = IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = IPv6Network("64:ff9b:1::/48")


class NotPublic(Exception):
    """The name leads to an address of a private network."""


def is_public(text: str) -> bool:
    """Whether an address belongs to the public internet."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    inner = _carried(address) if isinstance(address, IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64_LOCAL:
        return IPv4Address("127.0.0.1")
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def public_addresses(host: str, port: int) -> list[str]:
    """The addresses of a name, all of them public. Raises NotPublic when one of them is not, OSError for no name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise OSError("not a name") from None
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise NotPublic
    return addresses
