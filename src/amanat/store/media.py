"""Media: whose a file is, what it is served as, who shows it, and what is due to be deleted."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class MediaRow(Struct, frozen=True):
    """A file that is there. `blob` names its bytes."""

    media_id: str
    user_id: str
    created_ts: int
    blob: str
    size: int
    content_type: str
    file_name: str | None


class PendingRow(Struct, frozen=True):
    """An address that was given out before its content came."""

    user_id: str
    media_id: str
    expires_ts: int


class UsageRow(Struct, frozen=True):
    """What a person's files take on disk."""

    user_id: str
    bytes: int


class ThumbnailRow(Struct, frozen=True):
    """One variant of a picture; the picture's own blob if that is small enough. `refusal` is why there is none."""

    media_id: str
    variant: str
    blob: str | None
    size: int
    content_type: str | None
    refusal: str | None


class ReferenceRow(Struct, frozen=True):
    """That a person shows some media. `source` is an event's id, or their own: then it is their avatar."""

    media_id: str
    user_id: str
    source: str


class FoundReference(Struct, frozen=True):
    """A reference; `known` is 1 if the media are its user's, or will be once their content has come."""

    media_id: str
    user_id: str
    source: str
    known: int


class ReleasedRow(Struct, frozen=True):
    """That a person has stopped showing some media somewhere."""

    media_id: str
    user_id: str
    ts: int


class BlobRow(Struct, frozen=True):
    """The name of some bytes."""

    blob: str


MEDIA = Table("media", MediaRow, key=1, append_only=True)
MEDIA_PENDING = Table("media_pending", PendingRow, key=2)
MEDIA_USAGE = Table("media_usage", UsageRow, key=1)
THUMBNAILS = Table("thumbnails", ThumbnailRow, key=2)
MEDIA_REFERENCES = Table("media_references", ReferenceRow, key=3)
MEDIA_RELEASED = Table("media_released", ReleasedRow, key=2)

_sql = QueryFile("amanat.store", "media")
MEDIA_BY_ID = _sql.query("media_by_id", MediaRow)
USAGE_OF_USER = _sql.query("usage_of_user", UsageRow)
MEDIA_OF_USER = _sql.query("media_of_user", MediaRow)
PENDING_BY_ID = _sql.query("pending_by_id", PendingRow)
PENDING_OF_USER = _sql.query("pending_of_user", PendingRow)
EXPIRED_PENDING = _sql.query("expired_pending", PendingRow)
THUMBNAIL = _sql.query("thumbnail", ThumbnailRow)
RELEASED = _sql.query("released", ReleasedRow)
REFERENCES_AFTER = _sql.query("references_after", FoundReference)
BLOBS_IN_USE = _sql.query("blobs_in_use", BlobRow)
