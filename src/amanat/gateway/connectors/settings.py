"""`connectors.toml` of a service's folder: where its flow's calls go, and what opens the door there.

Whoever publishes a flow says what is asked and what is told. Whoever runs the gateway says here whom, with which
password, and no flow reaches anything else. So the file is no part of what is published, and closed to others.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

from amanat.gateway.connectors.pointers import is_pointer

FILE: Final = "connectors.toml"

PLACE: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""Where a value stands in an address."""
PARAMETER: Final = re.compile(r"(?<![:\w]):([a-z][a-z0-9_]*)")
"""Where one stands in a query."""
_OWN_HEADERS: Final = frozenset(
    {"accept-encoding", "connection", "content-length", "content-type", "host", "idempotency-key", "transfer-encoding"}
)
_OTHERS: Final = 0o077

Seconds = Annotated[float, Meta(gt=0, le=30)]


class BadConnectors(Exception):
    """The file cannot be used: its sentence says why, and holds no secret of it."""


class _Common(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    deadline_s: Seconds = 5.0
    """How long an answer may take; the flow's own time-out counts too."""
    cache_s: Annotated[int, Meta(ge=0, le=3600)] = 0
    """For how long the same question gets the same answer without being asked again."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(...)"


class HttpSettings(_Common, frozen=True, kw_only=True, tag="http"):
    """A web service that answers with JSON."""

    url: str
    """`{name}` in its path or its query stands for a value, percent-encoded."""
    gives: Annotated[dict[str, str], Meta(min_length=1)]
    """What each value is called, and the JSON pointer to it in the answer."""
    method: Literal["GET", "POST"] = "GET"
    """With POST, what the flow says is a JSON object in the body, and `Idempotency-Key` names the request."""
    headers: dict[str, str] = {}
    networks: list[str] = []
    """Networks of one's own that may be asked: others that are not public never are."""

    @property
    def takes(self) -> Collection[str]:
        """What it has to be told."""
        return PLACE.findall(self.url)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        fixed, moving = f"{parts.scheme}{parts.netloc}", f"{parts.path}{parts.query}"
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment:
            raise ValueError("'url' is no http:// or https:// address")
        if {*fixed} & {*"{}"} or {*PLACE.sub("", moving)} & {*"{}"}:
            raise ValueError("'{name}' may stand in the path or the query of 'url', and nowhere else")
        if parts.scheme == "http" and not self.networks:
            raise ValueError("http:// is for 'networks' of your own: what is said would be read on the way")
        if self.method == "POST" and self.cache_s:
            raise ValueError("what changes something has no 'cache_s'")
        if wrong := [pointer for pointer in self.gives.values() if not is_pointer(pointer)]:
            raise ValueError(f"{wrong[0]!r} is no JSON pointer, such as /data/0/status")
        if wrong := [name for name in self.headers if name.lower() in _OWN_HEADERS]:
            raise ValueError(f"{wrong[0]!r} is a header of the gateway's own")
        if any(not value.isascii() or not value.isprintable() for value in self.headers.values()):
            raise ValueError("a header's value is one line of ASCII")
        for network in self.networks:
            ip_network(network)


class _SqlSettings(_Common, frozen=True, kw_only=True):
    query: str
    """One SELECT. `:name` stands for a value, as text; the columns of the first row are what it gives."""

    @property
    def takes(self) -> Collection[str]:
        """What it has to be told."""
        return PARAMETER.findall(self.query)

    @property
    def gives(self) -> None:
        """What it tells is not known before it is asked."""
        return None


class PostgresSettings(_SqlSettings, frozen=True, kw_only=True, tag="postgresql"):
    """A query on a PostgreSQL database."""

    url: str

    def __post_init__(self) -> None:
        if urlsplit(self.url).scheme not in ("postgresql", "postgres"):
            raise ValueError("'url' is no postgresql:// address")


class SqliteSettings(_SqlSettings, frozen=True, kw_only=True, tag="sqlite"):
    """A query on a SQLite file of this machine."""

    file: str


Settings: TypeAlias = HttpSettings | PostgresSettings | SqliteSettings


def read_settings(file: Path) -> Mapping[str, Settings]:
    """Read the file; a service without one calls nobody. Raises `BadConnectors`."""
    try:
        mode = file.stat().st_mode
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise BadConnectors(f"{file} cannot be read: {type(error).__name__}.") from None
    if mode & _OTHERS:
        raise BadConnectors(f"{file} holds passwords, and others on this machine can read it: `chmod 600 {file}`.")
    try:
        return msgspec.convert(tomllib.loads(text), dict[str, Settings])
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadConnectors(f"{file}: {error}.") from None


def missing(
    name: str, held: Mapping[str, Settings], *, needs: Collection[str], gives: Collection[str]
) -> Iterator[str]:
    """Yield a sentence for all that keeps a connector of a flow from being answered."""
    settings = held.get(name)
    if settings is None:
        yield f"{FILE} says nothing of the connector '{name}': what is asked of it ends with 'error'."
        return
    for untold in sorted({*settings.takes} - {*needs}):
        yield f"'{name}' in {FILE} takes '{untold}', which the flow does not say: name it in its 'needs'."
    for unheard in sorted({*gives} - {*settings.gives}) if settings.gives is not None else ():
        yield f"'{name}' in {FILE} does not say where '{unheard}' stands in the answer: name it in its 'gives'."
