"""What an operator may set. Strict: an unknown key is an error that names the nearest known one. Works with none set.

A setting comes from the command line, else from `AMANAT_…` in the environment, else from a TOML file, else it is the
default. The docstrings of the fields are the reference (`docs/config.md`).
"""

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any, Final, Literal, get_args
from urllib.parse import urlsplit

from msgspec import Struct, ValidationError, convert
from msgspec.structs import fields

from amanat.core.identifiers import is_server_name
from amanat.core.room_versions import ROOM_VERSIONS

PREFIX: Final = "AMANAT_"
"""A setting `x` is the variable `AMANAT_X`; a list is separated by commas."""


class ConfigError(Exception):
    """A setting is unknown or wrong; the sentence says which, and what would be right."""


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of a server. Paths are relative to where it is started."""

    server_name: str = "localhost"
    """The part of ids after the colon. Written into the data at the first start; a different one is refused later."""
    listen: str = "127.0.0.1:8008"
    """Address and port that HTTP is answered on. TLS is ended before it."""
    data: str = "data"
    """Folder of everything the server keeps, but for what is in PostgreSQL."""
    database: str | None = None
    """A PostgreSQL URL. Without one, an SQLite database in `data`."""
    secret_key_file: str | None = None
    """File of the secret that stored numbers and PINs are protected with; `secret.key` in `data` if not set."""
    room_version: str = "12"
    """Version of new rooms whose creator does not ask for one: 10, 11 or 12."""
    public_url: str | None = None
    """Where clients reach the server, as `.well-known/matrix/client` tells them; `http://` and `listen` if not set."""
    trusted_proxies: tuple[str, ...] = ()
    """Networks (CIDR) whose `X-Forwarded-For` is believed."""
    max_upload_bytes: int = 100 * 1024 * 1024
    """Size limit of one uploaded file."""
    media_quota_bytes: int = 5 * 1024 * 1024 * 1024
    """What one person may keep in media."""
    turn_uris: tuple[str, ...] = ()
    """URIs of the relay for calls, e.g. `turn:turn.example.org?transport=udp`."""
    turn_secret: str | None = None
    """The secret shared with the relay (coturn's `static-auth-secret`)."""
    support_page: str | None = None
    """Page with help for the people on this server, as `.well-known/matrix/support` tells apps."""
    support_email: str | None = None
    """Address that people write to for help, told in the same place."""
    log_format: Literal["json", "console"] = "json"
    """How logs are written to standard error: `json` for machines, `console` for a person."""


def load(
    file: Path | None = None, *, environment: Mapping[str, str] | None = None, flags: Mapping[str, Any] | None = None
) -> Config:
    """Read the settings; raises `ConfigError`. `flags` are those of the command line, `None` where one is not given."""
    values = {} if file is None else _from_file(file)
    values |= _from_environment(environment or {})
    values |= {name: value for name, value in (flags or {}).items() if value is not None}
    try:
        config = convert(values, Config, strict=True)
    except ValidationError as error:
        raise ConfigError(_mistyped(str(error))) from None
    _check(config)
    return config


def address_of(listen: str) -> tuple[str, int]:
    """Split `127.0.0.1:8008` or `[::1]:8008`; raises `ConfigError`."""
    host, colon, port = listen.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    try:
        ip_address(host)
        number = int(port) if colon and port.isascii() and port.isdigit() else -1
    except ValueError:
        number = -1
    if not 0 <= number <= 65535:
        raise ConfigError(f"{listen!r} is no address to listen on: write an IP address and a port, as 127.0.0.1:8008.")
    return host, number


def url_of(host: str, port: int) -> str:
    """Return the URL of an address."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _from_file(file: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"There is no configuration file {file}.") from None
    except OSError as error:
        raise ConfigError(f"The configuration file {file} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} is not TOML: {error}.") from None
    _refuse_unknown(values, known=_types(), where=str(file))
    return values


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    own = {name: value for name, value in environment.items() if name.startswith(PREFIX)}
    known = {PREFIX + name.upper(): (name, kind) for name, kind in _types().items()}
    _refuse_unknown(own, known=known, where="the environment")
    return {known[variable][0]: _typed(value, known[variable][1], variable) for variable, value in own.items()}


def _refuse_unknown(names: Iterable[str], *, known: Iterable[str], where: str) -> None:
    known = list(known)
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f" Did you mean {near[0]}?" if near else " `docs/config.md` lists the settings."
            raise ConfigError(f"{where} sets {name}, which Amanat does not know.{hint}")


def _types() -> dict[str, Any]:
    return {field.name: field.type for field in fields(Config)}


def _typed(text: str, kind: Any, variable: str) -> Any:
    """Turn the text of a variable into what its setting is: a number, a list, or text."""
    if kind is int:
        if not text.strip().isdecimal():
            raise ConfigError(f"{variable} must be a whole number, not {text!r}.")
        return int(text)
    if kind == tuple[str, ...]:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


_WORDS: Final = {"str": "text in quotes", "int": "a whole number", "array": "a list in [brackets]"}


def _mistyped(error: str) -> str:
    """Say in an operator's words what msgspec says: "Expected `str`, got `int` - at `$.listen`"."""
    expected, _, place = error.partition(" - at ")
    name = place.strip("`").removeprefix("$.")
    choices = get_args(_types().get(name))
    if expected.startswith("Invalid enum value"):
        return f"{name} must be one of {', '.join(choices)}."
    wanted = expected.partition("`")[2].partition("`")[0].removesuffix(" | null")
    return f"{name.removesuffix('[...]')} must be {_WORDS.get(wanted, wanted)}."


def _check(config: Config) -> None:
    """Refuse what has the right type and still cannot be; one sentence each."""
    address_of(config.listen)
    for network in config.trusted_proxies:
        _check_network(network)
    problems = {
        f"server_name {config.server_name!r} is no server name: write a domain, as chat.example.org.": is_server_name(
            config.server_name
        ),
        f"room_version must be one of {', '.join(ROOM_VERSIONS)}.": config.room_version in ROOM_VERSIONS,
        "database must be a PostgreSQL URL, as postgresql://user@host/name.": config.database is None
        or config.database.startswith(("postgresql://", "postgres://")),
        "public_url must be an http or https URL without a path.": config.public_url is None
        or _is_base_url(config.public_url),
        "max_upload_bytes and media_quota_bytes must be more than nothing.": min(
            config.max_upload_bytes, config.media_quota_bytes
        )
        > 0,
        "turn_uris needs turn_secret, and the other way round.": bool(config.turn_uris) == bool(config.turn_secret),
    }
    for sentence, holds in problems.items():
        if not holds:
            raise ConfigError(sentence)


def _check_network(network: str) -> None:
    try:
        ip_network(network)
    except ValueError:
        raise ConfigError(f"trusted_proxies: {network!r} is no network; write one as 10.0.0.0/8.") from None


def _is_base_url(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path in ("", "/") and not parts.query
