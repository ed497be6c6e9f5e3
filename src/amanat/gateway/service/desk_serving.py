"""The desk of a running gateway: one HTTP server for the pages of all its services."""

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from amanat.edge.server import Server, ServerRules, listen
from amanat.gateway.desk.app import Desk
from amanat.gateway.desk.office import Office
from amanat.gateway.device.ground import wall_clock_ms

_LOCAL: Final = "localhost"


class WrongDesk(Exception):
    """The desk cannot be served so: its sentence says why."""


class DeskAddress(Struct, frozen=True, kw_only=True):
    """Where the desk listens, and where browsers reach it if that is elsewhere: behind a proxy that has its name."""

    host: str
    port: int
    url: str = ""

    def url_at(self, port: int) -> str:
        """Return where browsers reach it once it listens on a port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.url.rstrip("/") or f"http://{host}:{port}"


def desk_address(listen_on: str, url: str | None) -> DeskAddress:
    """Read HOST:PORT; raises `WrongDesk` for what would carry citizens' words in clear over a network."""
    host, _, port = listen_on.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not host or not port.isdigit() or int(port) > 65535:
        raise WrongDesk(f"{listen_on} is no address: write 127.0.0.1:8010.")
    if url is not None and (urlsplit(url).scheme != "https" or urlsplit(url).path not in ("", "/")):
        raise WrongDesk(f"{url} is no place for a desk: browsers reach it at https://name, without a path.")
    if url is None and not _is_loopback(host):
        raise WrongDesk(
            f"A desk on {host} needs --desk-url https://…: what citizens write would go in clear over the "
            "network. Let a proxy on this machine bring it there."
        )
    return DeskAddress(host=host, port=int(port), url=url or "")


def take(address: DeskAddress) -> socket.socket:
    """Take the desk's address; raises `WrongDesk`."""
    try:
        return listen(address.host, address.port)
    except OSError as error:
        raise WrongDesk(f"Cannot listen on {address.host}:{address.port}: {error.strerror}.") from error


async def serve_desk(offices: Sequence[Office], bound: socket.socket, *, url: str) -> None:
    """Serve the desk until cancelled."""
    desk = Desk(offices, url=url, now_ms=wall_clock_ms)
    server = Server(desk.app, stopping=desk.stop, rules=ServerRules(grace_s=2))
    serving = asyncio.create_task(server.serve([bound]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.stop()
        await serving
        raise


def _is_loopback(host: str) -> bool:
    try:
        return host == _LOCAL or ip_address(host).is_loopback
    except ValueError:
        return False
