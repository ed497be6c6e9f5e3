"""A server of somebody else's: a webhook's receiver, or where a file lies."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web


@asynccontextmanager
async def receiver(
    handle: Callable[[web.Request], Awaitable[web.StreamResponse]], *, path: str = "/hook", method: str = "POST"
) -> AsyncIterator[str]:
    """Answer at one path on a free port; gives the whole address."""
    application = web.Application()
    application.router.add_route(method, path, handle)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}{path}"
    finally:
        await runner.cleanup()
