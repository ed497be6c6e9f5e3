"""Where an app may have people sent back to, and the address that carries an answer there. Pure.

Spec: client-server-api#redirect-uri-validation. Stricter than browsers where they guess: what is not plainly an address
is none, so that no two programs read it differently.
"""

import re
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias
from urllib.parse import urlencode

from msgspec import Struct

MAX_URI: Final = 2048
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})

ResponseMode: TypeAlias = Literal["query", "fragment"]
MODES: Final[tuple[ResponseMode, ...]] = ("query", "fragment")

_CHARACTERS: Final = r"[A-Za-z0-9._~:/?@!$&'()*+,;=%-]"
_HTTP_URI = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::(?P<port>[1-9][0-9]{0,4}))?"
    rf"(?P<rest>(?:[/?]{_CHARACTERS}*)?)"
)
_PRIVATE_URI = re.compile(rf"(?P<scheme>[a-z][a-z0-9.+-]*):(?!//){_CHARACTERS}*")
_DOMAIN = re.compile(r"(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
# A browser runs what these carry instead of going somewhere.
_RUN: Final = frozenset({"about", "blob", "data", "file", "filesystem", "javascript", "vbscript", "view-source"})


class HttpUri(Struct, frozen=True, kw_only=True):
    """An http or https address in its parts; `rest` is the path and the query."""

    scheme: str
    host: str
    port: str | None
    rest: str

    @property
    def origin(self) -> str:
        """What a browser calls the site."""
        return f"{self.scheme}://{self.host}" + (f":{self.port}" if self.port else "")


def http_uri(uri: str) -> HttpUri | None:
    """Split an http or https address that has no user, no fragment and nothing that needs guessing."""
    match = _HTTP_URI.fullmatch(uri) if len(uri) <= MAX_URI else None
    return None if match is None else HttpUri(**match.groupdict())


def is_domain(host: str) -> bool:
    """Whether it is a name of at least two labels, and no address of numbers."""
    return _DOMAIN.fullmatch(host) is not None


def is_below(host: str, base: str) -> bool:
    """Whether a host is another or a name below it."""
    return host == base or host.endswith(f".{base}")


def is_loopback(uri: HttpUri) -> bool:
    """Whether it leads to the machine it is opened on."""
    return uri.scheme == "http" and uri.host in LOOPBACK


def is_private_of(uri: str, host: str) -> bool:
    """Whether it is of a scheme that is `host` in reverse, and so an app's of whoever has the domain."""
    match = _PRIVATE_URI.fullmatch(uri) if len(uri) <= MAX_URI else None
    reverse = ".".join(reversed(host.split(".")))
    return match is not None and (match["scheme"] == reverse or match["scheme"].startswith(f"{reverse}."))


def matches(registered: str, asked: str) -> bool:
    """Whether an address that an app asks for is the registered one; on loopback, the port is the app's choice."""
    if registered == asked:
        return True
    held, wanted = http_uri(registered), http_uri(asked)
    if held is None or wanted is None or not is_loopback(held) or held.port is not None:
        return False
    # RFC 8252, section 7.3: the system gives a native app some free port.
    return (held.scheme, held.host, held.rest) == (wanted.scheme, wanted.host, wanted.rest)


def target(uri: str) -> str:
    """Name where an address leads, for a person to read: a host, this device, or an app's own scheme."""
    http = http_uri(uri)
    if http is None:
        return f"{uri.partition(':')[0]}:"
    return http.origin.partition("://")[2]


def form_action(uri: str) -> str:
    """Return what a page's policy must allow so that its form may be answered by going there."""
    http = http_uri(uri)
    if http is None:
        return f"{uri.partition(':')[0]}:"
    # A policy has no way to write an IPv6 address.
    return "http:" if http.host.startswith("[") else http.origin


def answer(uri: str, parameters: Mapping[str, str], *, mode: ResponseMode) -> str:
    """Return the address with an answer in its query or its fragment."""
    encoded = urlencode(parameters)
    if mode == "fragment":
        return f"{uri}#{encoded}"
    return f"{uri}{'&' if '?' in uri else '?'}{encoded}"


def is_login_target(uri: str) -> bool:
    """Whether a login token may be sent there: any site or app, but nothing that a browser would run."""
    if http_uri(uri.partition("#")[0]) is not None:
        return True
    match = re.fullmatch(r"([a-z][a-z0-9.+-]*):[!-~]*", uri) if len(uri) <= MAX_URI else None
    return match is not None and match[1] not in _RUN and match[1] not in ("http", "https") and "\\" not in uri
