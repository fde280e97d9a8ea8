"""Who sends, without keeping who it is: keyed digests of addresses, networks and browsers."""

from __future__ import annotations

from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from tanggap.common.crypto import blind_index

INTAKE = "intake-source"
DEVICE = "intake-device"
BLOCK = "intake-block"
DEED_DIGEST = 15
"""Bytes of the digest a deed is counted under; a new case's are all 16, and only those are sources to be blocked."""
WIDEST = {4: 16, 6: 32}
"""The shortest prefix that may be blocked: a whole operator is no source."""


def source_digest(address: str, now: datetime, *, kind: str = INTAKE) -> bytes:
    """A keyed digest of the address and the day: the same tomorrow is another, and no address is kept.

    An IPv6 subscriber has a whole /64, which counts as one. `kind` keeps counts of different things apart.
    """
    parsed = _parsed(address)
    if parsed is None:
        network = address[:100]
    elif isinstance(parsed, IPv6Address):
        network = f"{int(parsed) >> 64:x}/64"
    else:
        network = str(parsed)
    return blind_index(kind, f"{now.astimezone(UTC).date().isoformat()}:{network}")


def network_digest(address: str, prefix: int) -> bytes | None:
    """A keyed digest of the network of this length around the address; None for what is no address of such a kind."""
    parsed = _parsed(address)
    if parsed is None or prefix > parsed.max_prefixlen:
        return None
    return blind_index(BLOCK, str(ip_network(f"{parsed}/{prefix}", strict=False)))


def named_network(text: str) -> tuple[bytes, int] | None:
    """What somebody typed (`203.0.113.7`, `203.0.113.0/24`, `2001:db8::/48`) as its digest and length; None for what
    is no network or too wide a one."""
    try:
        network = ip_network(text.strip(), strict=False)
    except ValueError:
        return None
    if network.prefixlen < WIDEST[network.version]:
        return None
    return blind_index(BLOCK, str(network)), network.prefixlen


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed
