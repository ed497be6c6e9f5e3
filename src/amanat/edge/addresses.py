"""Whose address a request comes from, and the block of addresses that shares a limit."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Addresses repeat; 4,096 strings of at most 45 characters stay under a megabyte.
_REMEMBERED = 4096


@lru_cache(_REMEMBERED)
def _parse(address: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(address.strip()[:64])
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        return parsed.ipv4_mapped
    return parsed


@lru_cache(_REMEMBERED)
def block(address: str) -> str:
    """Name the block that shares one limit: one IPv4 address, or the /64 that one IPv6 customer has."""
    parsed = _parse(address)
    if isinstance(parsed, IPv6Address):
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return address if parsed is None else str(parsed)


class Proxies:
    """The reverse proxies whose `X-Forwarded-For` is believed; nobody else's is."""

    def __init__(self, networks: Iterable[str] = ()) -> None:
        self._networks = tuple(ip_network(network) for network in networks)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._networks)

    def client(self, peer: str, *, forwarded: str) -> str:
        """Walk from the peer outwards, as far as the addresses are our own proxies'."""
        address = peer
        for claimed in reversed(forwarded.split(",")):
            if _parse(claimed) is None or not self._trusts(address):
                break
            address = claimed.strip()
        return address

    def _trusts(self, address: str) -> bool:
        parsed = _parse(address)
        return parsed is not None and any(parsed in network for network in self._networks)
