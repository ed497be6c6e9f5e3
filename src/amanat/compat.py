"""Points a client library of another system at a gateway, where it has no setting for that. Needs httpx and no more.

pywa asks graph.facebook.com whatever it is told, but it takes the session that it asks with:
`WhatsApp(..., session=pywa_session("https://bots.example.org"))`. This file may be copied into a bot as it stands.
"""

from typing import Any, Final

import httpx

_META: Final = ("https://graph.facebook.com", "https://api.facebook.com")


def pywa_session(gateway: str, **transport: Any) -> httpx.Client:
    """Return a session for `pywa.WhatsApp` that asks a gateway; `transport` are settings of `httpx.HTTPTransport`."""
    return httpx.Client(mounts={meta: _Transport(gateway, **transport) for meta in _META})


def pywa_async_session(gateway: str, **transport: Any) -> httpx.AsyncClient:
    """Return a session for `pywa_async.WhatsApp` that asks a gateway."""
    return httpx.AsyncClient(mounts={meta: _AsyncTransport(gateway, **transport) for meta in _META})


class _Transport(httpx.HTTPTransport):
    def __init__(self, gateway: str, **settings: Any) -> None:
        super().__init__(**settings)
        self._gateway = httpx.URL(gateway)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return super().handle_request(_led(request, self._gateway))


class _AsyncTransport(httpx.AsyncHTTPTransport):
    def __init__(self, gateway: str, **settings: Any) -> None:
        super().__init__(**settings)
        self._gateway = httpx.URL(gateway)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await super().handle_async_request(_led(request, self._gateway))


def _led(request: httpx.Request, gateway: httpx.URL) -> httpx.Request:
    request.url = gateway.copy_with(raw_path=gateway.raw_path.rstrip(b"/") + request.url.raw_path)
    request.headers["host"] = gateway.netloc.decode("ascii")
    return request
