"""Runs a server in this process: takes the address, opens the data, serves until it is told to stop."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from ipaddress import ip_address

from msgspec.structs import replace

from amanat.app import Amanat
from amanat.cli.admin_socket import answering
from amanat.cli.failure import Failure
from amanat.config import Config, ConfigError, address_of, url_of
from amanat.edge.connection import Application
from amanat.edge.server import Server, listen, serve


@contextmanager
def listening(config: Config) -> Iterator[tuple[Config, socket.socket]]:
    """Take the address; give the socket, and the configuration with the port that it has."""
    host, port = address_of(config.listen)
    try:
        bound = listen(host, port)
    except OSError as error:
        raise Failure(
            f"Cannot listen on {config.listen}: {error.strerror}. Stop what uses it, or choose another address."
        ) from error
    with closing(bound):
        url = url_of(*bound.getsockname()[:2])
        yield replace(config, listen=url.removeprefix("http://")), bound


async def run_server(
    amanat: Amanat, bound: socket.socket, *, ready: Callable[[str], object], app: Application | None = None
) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is told the URL once requests are answered, the operator's too.

    `app` answers in the place of the server's own application.
    """
    await amanat.open()
    try:
        url = f"http://{amanat.config.listen}"
        server = Server(app or amanat.client_app, ready=lambda: ready(url), stopping=amanat.stop_waiting)
        async with answering(amanat):
            await serve(server, [bound])
    finally:
        await amanat.close()


def require_loopback(config: Config, *, command: str) -> None:
    """Raise `ConfigError` for an address that other machines can reach."""
    host, _ = address_of(config.listen)
    if not ip_address(host).is_loopback:
        raise ConfigError(
            f"`amanat {command}` listens on loopback only, since anybody may do anything there: "
            f"use --listen 127.0.0.1:PORT, not {config.listen}."
        )
