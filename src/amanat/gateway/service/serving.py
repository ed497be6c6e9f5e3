"""What a running gateway serves over HTTP, the staff's desk and the bot APIs: where, and until when."""

import asyncio
import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from amanat.edge.connection import Application
from amanat.edge.server import Server, ServerRules, listen
from amanat.gateway.desk.app import Desk
from amanat.gateway.desk.office import Seat
from amanat.gateway.device.ground import wall_clock_ms

_LOCAL: Final = "localhost"


class WrongAddress(Exception):
    """Nothing can be served there: its sentence says why."""


class ListenAddress(Struct, frozen=True, kw_only=True):
    """Where something listens, and where it is reached if that is elsewhere: behind a proxy that has its name.

    `or_any`: at another port, where somebody else has this one.
    """

    host: str
    port: int
    url: str = ""
    or_any: bool = False

    def url_at(self, port: int) -> str:
        """Return where it is reached once it listens on a port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.url.rstrip("/") or f"http://{host}:{port}"


def listen_address(listen_on: str, url: str | None) -> ListenAddress:
    """Read HOST:PORT; raises `WrongAddress` for what would carry people's words in clear over a network."""
    host, _, port = listen_on.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isdigit() or int(port) > 65535:
        raise WrongAddress(f"{listen_on} is no address: write 127.0.0.1:8010.")
    if url is not None and (urlsplit(url).scheme != "https" or urlsplit(url).path not in ("", "/")):
        raise WrongAddress(f"{url} is no place to be reached at: that is https://name, without a path.")
    if url is None and not _is_loopback(host):
        raise WrongAddress(
            f"What is served on {host} needs an https:// address: what people write would go in clear over the "
            "network. Let a proxy on this machine bring it there, and say where it is with --desk-url or --bots-url."
        )
    return ListenAddress(host=host, port=int(port), url=url or "")


def take(address: ListenAddress) -> socket.socket:
    """Take an address; raises `WrongAddress`."""
    try:
        return listen(address.host, address.port)
    except OSError as error:
        if address.or_any:
            return listen(address.host, 0)
        raise WrongAddress(f"Cannot listen on {address.host}:{address.port}: {error.strerror}.") from error


async def serve(application: Application, bound: socket.socket, *, stopping: Callable[[], object]) -> None:
    """Serve something until cancelled; `stopping` lets go whoever waits for an answer."""
    server = Server(application, stopping=stopping, rules=ServerRules(grace_s=2))
    serving = asyncio.create_task(server.serve([bound]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.stop()
        await serving
        raise


async def serve_desk(offices: Sequence[Seat], bound: socket.socket, *, url: str) -> None:
    """Serve the staff's desk until cancelled."""
    desk = Desk(offices, url=url, now_ms=wall_clock_ms)
    await serve(desk.app, bound, stopping=desk.stop)


def _is_loopback(host: str) -> bool:
    try:
        return host == _LOCAL or ip_address(host).is_loopback
    except ValueError:
        return False
