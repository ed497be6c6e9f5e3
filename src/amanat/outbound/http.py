"""Requests to other servers: a deadline for the whole, no redirects, and no address of our own network."""

import asyncio
import socket
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from ssl import SSLContext
from typing import Final, TypeAlias
from urllib.parse import unquote_to_bytes

import httpx
from msgspec import Struct

from amanat.outbound.connection import Connection, HttpAnswer, Unreachable, connect, request_of
from amanat.outbound.kept import KeptConnections, Place

__all__ = ["DEADLINE_S", "MAX_ANSWER_BYTES", "Connections", "HttpAnswer", "HttpClient", "Unreachable"]

DEADLINE_S: Final = 10.0
MAX_ANSWER_BYTES: Final = 64 * 1024

Address: TypeAlias = IPv4Address | IPv6Address
Resolve: TypeAlias = Callable[[str, int], Awaitable[list[str]]]

_NAT64: Final = IPv6Network("64:ff9b::/96")
_GLOBAL: Final = IPv6Network("2000::/3")
"""Of IPv6: what is outside of it leads nowhere, or to a network of one's own (RFC 4291, 2.4; RFC 8215; RFC 3879)."""
_PORTS: Final = {"http": 80, "https": 443}


class Connections(Struct, frozen=True, kw_only=True):
    """How a client connects: at most `at_once` requests are under way, and others wait.

    With `keep_s`, a connection is kept for the next request for so long. A request that finds it closed is made again
    then: that is for what may come twice.
    """

    at_once: int = 64
    keep_s: float = 0.0


_FRESH: Final = Connections()


class HttpClient:
    """Asks other servers. `private_networks` are those of our own that may be asked nevertheless."""

    def __init__(
        self,
        *,
        private_networks: Iterable[str] = (),
        deadline_s: float = DEADLINE_S,
        resolve: Resolve | None = None,
        tls: SSLContext | None = None,
        connections: Connections = _FRESH,
    ) -> None:
        self._deadline_s = deadline_s
        self._allowed = [ip_network(network) for network in private_networks]
        self._resolve = resolve or _resolve
        self._tls = tls
        self._keeps = connections.keep_s > 0
        self._kept = KeptConnections(keep_s=connections.keep_s)
        self._free = asyncio.Semaphore(connections.at_once)

    async def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes = b"",
        most: int = MAX_ANSWER_BYTES,
    ) -> HttpAnswer:
        """Make one request; raises `Unreachable`. An answer of more than `most` bytes is none."""
        place, raw = self._request(method, url, headers=headers, body=body)
        try:
            async with asyncio.timeout(self._deadline_s), self._free:
                return await self._ask(place, raw, most=most)
        except TimeoutError:
            raise Unreachable("no answer in time", maybe_received=True) from None

    async def close(self) -> None:
        """Let the connections go."""
        self._kept.close()

    def _request(self, method: str, url: str, *, headers: Mapping[str, str], body: bytes) -> tuple[Place, bytes]:
        where = _where(url)
        sent = {**self._own_headers(where.userinfo), **headers}
        try:
            return where.place, request_of(method, where.target, authority=where.authority, headers=sent, body=body)
        except ValueError:
            raise Unreachable("no connection", maybe_received=False) from None

    def _own_headers(self, userinfo: bytes) -> dict[str, str]:
        own = {"accept": "*/*", "user-agent": "amanat"} | ({} if self._keeps else {"connection": "close"})
        if userinfo:
            own["authorization"] = f"Basic {b64encode(unquote_to_bytes(userinfo)).decode()}"
        return own

    async def _ask(self, place: Place, raw: bytes, *, most: int) -> HttpAnswer:
        kept = self._kept.take(place)
        if kept is not None:
            try:
                return await self._ask_over(kept, place, raw, most=most)
            except Unreachable:
                if kept.has_answered:
                    raise
                # It was closed from the other side, most likely before it had the request.
        return await self._ask_over(await self._connect(place), place, raw, most=most)

    async def _ask_over(self, connection: Connection, place: Place, raw: bytes, *, most: int) -> HttpAnswer:
        answer = await connection.ask(raw, most=most)
        self._kept.put(place, connection)
        return answer

    async def _connect(self, place: Place) -> Connection:
        """Connect to the very address that was checked, so that a name cannot change its mind in between."""
        addresses = await self._addresses(place)
        outside = [address for address in addresses if self._may_ask(ip_address(address))]
        if not outside:
            raise Unreachable("no connection", maybe_received=False)
        tls = self._context() if place.scheme == "https" else None
        # The Host header was written from the name; TLS asks for it, and holds the certificate against it.
        try:
            return await connect(outside[0], place.port, tls=tls, server_hostname=place.host)
        except Unreachable:
            raise Unreachable("no connection", maybe_received=False) from None

    async def _addresses(self, place: Place) -> list[str]:
        try:
            return [str(ip_address(place.host))]
        except ValueError:
            return await self._resolve(place.host, place.port)

    def _context(self) -> SSLContext:
        if self._tls is None:
            self._tls = httpx.create_ssl_context(trust_env=False)
        return self._tls

    def _may_ask(self, address: Address) -> bool:
        inner = _embedded(address)
        is_outside = inner.is_global and not inner.is_multicast and (inner.version == 4 or inner in _GLOBAL)
        return is_outside or any(inner in network for network in self._allowed)


class _Where(Struct, frozen=True):
    """What an address says: whom to ask, and for what."""

    place: Place
    target: str
    authority: str
    userinfo: bytes


@lru_cache(maxsize=1_024)
def _where(url: str) -> _Where:
    """Read an address; raises `Unreachable` for one that leads nowhere. Webhooks are asked again and again."""
    try:
        parsed = httpx.URL(url)  # which knows the names that are not in ASCII
        scheme, host = parsed.scheme, parsed.raw_host.decode("ascii")
        target, authority = parsed.raw_path.decode("ascii"), parsed.netloc.decode("ascii")
    except (httpx.InvalidURL, ValueError):
        raise Unreachable("no connection", maybe_received=False) from None
    if scheme not in _PORTS or not host:
        raise Unreachable("no connection", maybe_received=False)
    return _Where(Place(scheme, host, parsed.port or _PORTS[scheme]), target, authority, parsed.userinfo)


def _embedded(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one leads to, if it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


async def _resolve(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable("no connection", maybe_received=False) from None
    return [str(sockaddr[0]).partition("%")[0] for *_, sockaddr in found]
