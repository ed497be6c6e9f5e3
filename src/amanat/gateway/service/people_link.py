"""The link by which people come to a service in the app, where its homeserver serves the app."""

from contextlib import suppress
from typing import Final
from urllib.parse import quote, urlsplit

from msgspec import DecodeError, Struct, ValidationError, field, json

from amanat.outbound.http import Unreachable
from amanat.outbound.origin import Origin

_WELL_KNOWN: Final = "/.well-known/matrix/client"
_APP: Final = "/manifest.webmanifest"
_DEADLINE_S: Final = 10.0


class _Server(Struct, frozen=True):
    base_url: str


class _WellKnown(Struct, frozen=True):
    server: _Server = field(name="m.homeserver")


async def app_of(homeserver: str) -> str:
    """Return where people open the app that a homeserver serves; nothing where it serves none, or does not say."""
    origin = Origin(homeserver)
    try:
        # What the app is installed with is there where it was built, and nowhere else.
        if await _asked(origin, _APP) is None:
            return ""
        known = await _asked(origin, _WELL_KNOWN)
        with suppress(DecodeError, ValidationError, ValueError):
            public = json.decode(known or b"", type=_WellKnown).server.base_url.rstrip("/")
            if urlsplit(public).scheme in ("https", "http"):
                return public
        return homeserver.rstrip("/")
    except Unreachable:
        return ""
    finally:
        origin.close()


def link_to(app: str, name: str) -> str:
    """Return the link to a service, to which `?start=` or `?text=` may be added; nothing without an app."""
    return f"{app}/#/u/{quote(name, safe='')}" if app else ""


async def _asked(origin: Origin, path: str) -> bytes | None:
    answer = await origin.ask("GET", path, headers={}, deadline_s=_DEADLINE_S)
    return answer.body if answer.status == 200 else None
