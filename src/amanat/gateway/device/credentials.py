"""What a service's device signs in with: a file of its own, closed to others, written by `service create`."""

from pathlib import Path

from msgspec import DecodeError, Struct, json

from amanat.db.files import write_durably


class BadCredentials(Exception):
    """The file is missing or damaged: its sentence says which."""


class Credentials(Struct, frozen=True, kw_only=True):
    """Where the server is, who the service is there, and the token of its device."""

    homeserver: str
    user_id: str
    device_id: str
    access_token: str

    def __repr__(self) -> str:
        return f"Credentials({self.user_id}, {self.device_id})"

    @property
    def server_name(self) -> str:
        """Return the server's part of the user id."""
        return self.user_id.partition(":")[2]


def read(file: Path) -> Credentials:
    """Read what `write` wrote; raises `BadCredentials`."""
    try:
        return json.decode(file.read_bytes(), type=Credentials)
    except FileNotFoundError:
        raise BadCredentials(f"{file} is missing: `amanat service create` writes it.") from None
    except DecodeError as error:
        raise BadCredentials(f"{file} is damaged: {error}.") from None


def write(credentials: Credentials, file: Path) -> None:
    """Write them so that only the gateway's user reads them."""
    write_durably(file, json.encode(credentials), mode=0o600)
