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
from amanat.core.otp import fits_host
from amanat.core.phone_numbers import is_country
from amanat.core.proof_of_work import MAX_BITS
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
    """Where clients reach the server, as `.well-known/matrix/client` tells them; if not set, `listen` by http."""
    number_optional: bool = True
    """Whether somebody may sign up without a phone number, with a passkey and an invitation of the operator's."""
    password_login: bool = True
    """Whether apps may sign in with a user name and a password; without, people sign in with a browser alone."""
    known_apps: tuple[str, ...] = ()
    """Hosts of apps that sign-in pages do not mark as unknown, e.g. `app.example.org`; the server's own is known."""
    policies_folder: str | None = None
    """Folder of the policies that people are told of, as `docs/operate/policies.md` describes them."""
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
    phone_countries: tuple[str, ...] = ("ID",)
    """Countries (ISO 3166) to whose numbers codes are sent. A number without a country code is of the first."""
    phone_work_bits: int = 18
    """Work that an app does before a number's first code, which keeps machines from asking for many. 18 is a second on
    a phone; each more doubles it, and 0 asks for none."""
    phone_daily_per_address: int = 50
    """Codes in 24 hours that one address (of IPv6: one /64) may ask for."""
    phone_daily_per_prefix: int = 200
    """Codes in 24 hours to numbers that differ in their last four digits only."""
    phone_daily_per_country: int = 20_000
    """Codes in 24 hours to the numbers of one country."""
    sms_adapters: tuple[str, ...] = ()
    """What sends texts, tried in this order: `http`, `twilio`, or `console`, which prints them on standard error.
    Without any, nobody signs up with a number."""
    sms_daily_cap: int = 10_000
    """What texts may cost in one day (UTC), in the unit of the prices. At the cap no more are sent."""
    sms_http_url: str | None = None
    """Where `http` asks for a text; `{number}` (+62…), `{digits}` (62…) and `{text}` are filled in, in the body too."""
    sms_http_method: Literal["POST", "PUT", "GET"] = "POST"
    """The method of that request."""
    sms_http_headers: tuple[str, ...] = ()
    """Its headers, as `Authorization: Bearer …`. The content type, JSON if not said, is how the body is escaped."""
    sms_http_body: str = ""
    """Its body: JSON, a form or XML."""
    sms_http_success: str | None = None
    """What the answer must hold besides a status of 2xx, for gateways that refuse with 200."""
    sms_http_price: int = 1
    """What one text through `http` costs; with a price of 1 the cap counts texts."""
    sms_twilio_account: str | None = None
    """The account at Twilio, `AC…`."""
    sms_twilio_token: str | None = None
    """Its token."""
    sms_twilio_sender: str | None = None
    """What its texts come from: a number, a name, or a messaging service, `MG…`."""
    sms_twilio_price: int = 1
    """What one text through `twilio` costs."""
    outbound_private_networks: tuple[str, ...] = ()
    """Networks (CIDR) of your own that the server may ask; it refuses every other address that is not public."""
    web_push: bool = True
    """Whether browsers are told of new messages while the app is closed: the server asks the push services of their
    makers, with ids and counts that only the browser can open."""
    push_contact: str | None = None
    """Where those services find you if something is wrong, `mailto:…` or an https address; `support_email` if not set,
    else the server's own address."""
    passkey_domain: str | None = None
    """Domain that passkeys are bound to: the host of `public_url`, or a domain above it. Written into the data; once
    there are passkeys, a different one is refused."""
    smtp_url: str | None = None
    """The relay that takes notices to people by mail: `smtps://user:password@mail.example.org`, or `smtp://…`, which
    must know STARTTLS unless it is on this machine. Without one nobody is mailed."""
    email_from: str | None = None
    """What mail comes from: `Amanat <amanat@example.org>`."""
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


def public_url_of(config: Config) -> str:
    """Return where people reach the server. Loopback gets its name: browsers take passkeys on no IP address."""
    if config.public_url is not None:
        return config.public_url
    host, port = address_of(config.listen)
    return url_of("localhost" if ip_address(host).is_loopback else host, port)


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
    if kind is bool:
        if text.strip().lower() not in ("true", "false"):
            raise ConfigError(f"{variable} must be true or false, not {text!r}.")
        return text.strip().lower() == "true"
    if kind == tuple[str, ...]:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


_WORDS: Final = {
    "str": "text in quotes",
    "int": "a whole number",
    "bool": "true or false",
    "array": "a list in [brackets]",
}


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
    for setting in ("trusted_proxies", "outbound_private_networks"):
        for network in getattr(config, setting):
            _check_network(network, setting=setting)
    _check_phones(config)
    _check_sms(config)
    _check_mail(config)
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
        "passkey_domain must be the host of public_url, or a domain above it.": config.passkey_domain is None
        or _is_within(host_of(config), config.passkey_domain),
        "push_contact must be mailto: and an address, or https:// and a host.": config.push_contact is None
        or _is_contact(config.push_contact),
        "turn_uris needs turn_secret, and the other way round.": bool(config.turn_uris) == bool(config.turn_secret),
    }
    for sentence, holds in problems.items():
        if not holds:
            raise ConfigError(sentence)


def _check_network(network: str, *, setting: str) -> None:
    try:
        ip_network(network)
    except ValueError:
        raise ConfigError(f"{setting}: {network!r} is no network; write one as 10.0.0.0/8.") from None


def _check_phones(config: Config) -> None:
    for country in config.phone_countries or ("",):
        if not is_country(country):
            raise ConfigError(f"phone_countries: {country!r} is no country; write ISO 3166 codes, as ID.")
    if not 0 <= config.phone_work_bits <= MAX_BITS:
        raise ConfigError(f"phone_work_bits must be between 0 and {MAX_BITS}.")
    for setting in ("phone_daily_per_address", "phone_daily_per_prefix", "phone_daily_per_country"):
        if getattr(config, setting) < 1:
            raise ConfigError(f"{setting} must be more than nothing.")


_SMS_NEEDS: Final = {
    "console": (),
    "http": ("sms_http_url",),
    "twilio": ("sms_twilio_account", "sms_twilio_token", "sms_twilio_sender"),
}
SMS_BODIES: Final = ("application/json", "application/x-www-form-urlencoded", "application/xml", "text/xml")
"""The content types of a body that a text can be written into."""


def _check_sms(config: Config) -> None:
    for adapter in config.sms_adapters:
        if adapter not in _SMS_NEEDS:
            raise ConfigError(f"sms_adapters: {adapter!r} is none; there are {', '.join(_SMS_NEEDS)}.")
        for setting in _SMS_NEEDS[adapter]:
            if not getattr(config, setting):
                raise ConfigError(f"sms_adapters names {adapter}, which needs {setting}.")
    host = host_of(config)
    problems = {
        "sms_daily_cap, sms_http_price and sms_twilio_price must not be less than nothing.": min(
            config.sms_daily_cap, config.sms_http_price, config.sms_twilio_price
        )
        >= 0,
        "sms_http_url must be an https URL, or with outbound_private_networks an http one.": config.sms_http_url is None
        or config.sms_http_url.startswith(("https://", "http://") if config.outbound_private_networks else "https://"),
        "sms_http_headers are written as Name: value.": all(": " in line for line in config.sms_http_headers),
        f"sms_http_headers: the content type must be one of {', '.join(SMS_BODIES)}.": content_type_of(config)
        in SMS_BODIES,
        f"public_url: with the host {host!r} the text of a code is longer than one SMS.": not config.sms_adapters
        or fits_host(host),
    }
    for sentence, holds in problems.items():
        if not holds:
            raise ConfigError(sentence)


def push_contact_of(config: Config) -> str:
    """Return how the operators of push services reach the operator of this server."""
    if config.push_contact is not None:
        return config.push_contact
    return f"mailto:{config.support_email}" if config.support_email else f"https://{host_of(config)}"


def _check_mail(config: Config) -> None:
    if bool(config.smtp_url) != bool(config.email_from):
        raise ConfigError("smtp_url needs email_from, and the other way round.")
    if config.smtp_url is not None and not _is_relay(config.smtp_url):
        raise ConfigError(
            "smtp_url must be smtps://host or smtp://host, with user:password@ before the host if needed."
        )
    if config.email_from is not None and ("@" not in config.email_from or not config.email_from.isprintable()):
        raise ConfigError("email_from must be an address, as amanat@example.org or Amanat <amanat@example.org>.")


def _is_contact(contact: str) -> bool:
    if contact.startswith("mailto:"):
        return "@" in contact and contact.isprintable()
    return contact.startswith("https://") and bool(host := contact.removeprefix("https://")) and "/" not in host


def _is_relay(url: str) -> bool:
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return named and parts.scheme in ("smtp", "smtps") and parts.path in ("", "/") and not parts.query


def _is_within(host: str, domain: str) -> bool:
    """Whether pages of `host` may use the passkeys of `domain`: its own, or those of a domain above it."""
    return host == domain or ("." in domain and host.endswith(f".{domain}"))


def host_of(config: Config) -> str:
    """Return the host of the server's pages."""
    return urlsplit(public_url_of(config)).hostname or config.server_name


def content_type_of(config: Config) -> str:
    """Return what the body of a text's request is."""
    named = dict(line.lower().split(": ", 1) for line in config.sms_http_headers if ": " in line)
    return named.get("content-type", SMS_BODIES[0]).partition(";")[0].strip()


def _is_base_url(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path in ("", "/") and not parts.query
