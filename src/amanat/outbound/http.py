"""Requests to other servers: a deadline for the whole, no redirects, and no address of our own network."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from ssl import SSLContext
from typing import Final, TypeAlias

import httpx
from msgspec import Struct

DEADLINE_S: Final = 10.0
MAX_ANSWER_BYTES: Final = 64 * 1024

Address: TypeAlias = IPv4Address | IPv6Address
Resolve: TypeAlias = Callable[[str, int], Awaitable[list[str]]]

_NAT64: Final = IPv6Network("64:ff9b::/96")


class Unreachable(Exception):
    """The other server gave no answer; `maybe_received` says whether it may have had the request all the same."""

    def __init__(self, reason: str, *, maybe_received: bool) -> None:
        super().__init__(reason)
        self.maybe_received = maybe_received


class HttpAnswer(Struct, frozen=True):
    """What the other server said."""

    status: int
    body: bytes
    retry_after_s: int | None = None
    """How long it wants to be left alone, where it says so in seconds."""
    content_type: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the server did what it was asked."""
        return 200 <= self.status < 300

    @property
    def is_in_doubt(self) -> bool:
        """Whether the server failed, perhaps after it had done what it was asked."""
        return self.status >= 500


class HttpClient:
    """Asks other servers. `private_networks` are those of our own that may be asked nevertheless."""

    def __init__(
        self,
        *,
        private_networks: Iterable[str] = (),
        deadline_s: float = DEADLINE_S,
        resolve: Resolve | None = None,
        tls: SSLContext | bool = True,
    ) -> None:
        self._deadline_s = deadline_s
        transport = _OutsideOnly(private_networks, resolve=resolve or _resolve, tls=tls)
        # No proxy of the environment: it would reach what the transport refuses.
        self._client = httpx.AsyncClient(transport=transport, trust_env=False, follow_redirects=False, timeout=None)  # noqa: S113 - `ask` has one deadline for all

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
        try:
            async with asyncio.timeout(self._deadline_s):
                request = self._client.build_request(method, url, headers=dict(headers), content=body)
                return await self._ask(request, most=most)
        except TimeoutError:
            raise Unreachable("no answer in time", maybe_received=True) from None
        except (httpx.ConnectError, httpx.UnsupportedProtocol, httpx.InvalidURL, UnicodeError):
            # UnicodeError: a name that IDNA does not know, which httpx finds out only when it is asked for it.
            raise Unreachable("no connection", maybe_received=False) from None
        except (OSError, AttributeError) as error:
            # anyio asks a connection for its peer once it stands. One that was reset by then has none, which httpcore
            # passes on as it is: AttributeError with uvloop, OSError without.
            raise Unreachable(type(error).__name__, maybe_received=True) from None
        except httpx.HTTPError as error:
            raise Unreachable(type(error).__name__, maybe_received=True) from None

    async def _ask(self, request: httpx.Request, *, most: int) -> HttpAnswer:
        answer = await self._client.send(request, stream=True)
        try:
            body = bytearray()
            async for piece in answer.aiter_raw():
                body += piece
                if len(body) > most:
                    raise Unreachable("the answer is too large", maybe_received=True)
            headers = answer.headers
            return HttpAnswer(
                answer.status_code,
                bytes(body),
                _seconds(headers.get("retry-after", "")),
                headers.get("content-type", ""),
            )
        finally:
            await answer.aclose()

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()


class _OutsideOnly(httpx.AsyncBaseTransport):
    """Connects to the very address that was checked, so that a name cannot change its mind in between."""

    def __init__(self, private_networks: Iterable[str], *, resolve: Resolve, tls: SSLContext | bool) -> None:
        self._allowed = [ip_network(network) for network in private_networks]
        self._resolve = resolve
        # Connections are kept by address: one that was checked for a certificate's name must not serve another's.
        self._inner = httpx.AsyncHTTPTransport(
            verify=tls, trust_env=False, limits=httpx.Limits(max_connections=64, max_keepalive_connections=0)
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        addresses = await self._resolve(url.host, url.port or (443 if url.scheme == "https" else 80))
        outside = [address for address in addresses if self._may_ask(ip_address(address))]
        if not outside:
            raise httpx.ConnectError("Only addresses of our own network.")
        # The Host header was written from the name; TLS asks for it, and holds the certificate against it.
        request.extensions["sni_hostname"] = url.host
        request.url = url.copy_with(host=outside[0])
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()

    def _may_ask(self, address: Address) -> bool:
        inner = _embedded(address)
        return (inner.is_global and not inner.is_multicast) or any(inner in network for network in self._allowed)


def _seconds(text: str) -> int | None:
    return int(text) if len(text) < 9 and text.isascii() and text.isdigit() else None


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
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError("The name is not known.") from error
    return [str(sockaddr[0]).partition("%")[0] for *_, sockaddr in found]
