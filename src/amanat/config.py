"""What an operator may set. Strict: an unknown key is an error that names the nearest known one. Works with none set."""

from msgspec import Struct


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of a server. Paths are relative to where it is started."""

    server_name: str = "localhost"
    """The part of ids after the colon. Written into the data at the first start; a different one is refused later."""
    listen: str = "127.0.0.1:8008"
    """Address and port that HTTP is answered on. TLS is ended before it."""
    data: str = "data"
    """Folder of everything the server keeps, but for what is in PostgreSQL or S3."""
    database: str | None = None
    """A PostgreSQL URL. Without one, an SQLite database in `data`."""
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
