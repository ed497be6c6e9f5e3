"""Refusals in the form of the Telegram Bot API; source: core.telegram.org/bots/api#making-requests."""

from typing import Any, ClassVar, Final

from amanat.core.errors import InternalError, MatrixError, MethodNotAllowed, TooLarge, TooSlow, Unrecognized
from amanat.edge.responses import Headers, Response, json_response


class TelegramError(MatrixError):
    """An answer of refusal: `{"ok": false, "error_code", "description", "parameters"?}`, with the same HTTP status."""

    prefix: ClassVar[str] = "Internal Server Error"
    status = 500

    def __init__(self, reason: str = "", *, retry_after: int | None = None) -> None:
        self.description = f"{self.prefix}: {reason}" if reason else self.prefix
        self.retry_after = retry_after
        super().__init__(self.description)

    def body(self) -> dict[str, Any]:
        """Return the JSON object that the bot is answered with."""
        body: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        return body | ({"parameters": {"retry_after": self.retry_after}} if self.retry_after is not None else {})


class BadRequest(TelegramError):
    """The call cannot be understood, or asks for what there is not."""

    prefix, status = "Bad Request", 400


class Unauthorized(TelegramError):
    """The token is no bot's, or no longer."""

    prefix, status = "Unauthorized", 401


class Forbidden(TelegramError):
    """The person has left the chat, which other messengers call a blocked bot; or the token may not do this."""

    prefix, status = "Forbidden", 403


class NotFound(TelegramError):
    """There is nothing at this address."""

    prefix, status = "Not Found", 404


class Conflict(TelegramError):
    """Somebody else takes the bot's updates."""

    prefix, status = "Conflict", 409


class TooLargeRequest(TelegramError):
    """The request is larger than an upload may be."""

    prefix, status = "Request Entity Too Large", 413


class TooManyRequests(TelegramError):
    """The bot says more than it may, or the server cannot be asked just now; `retry_after` in seconds."""

    prefix, status = "Too Many Requests", 429

    def __init__(self, *, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after}", retry_after=retry_after)
        self.seconds = retry_after


NOT_AVAILABLE: Final = "method not available on this server"
CHAT_NOT_FOUND: Final = "chat not found"

# What the edge refuses by itself. No route, or another HTTP method than GET and POST, is no address of the API's.
_OF_EDGE: Final[tuple[tuple[type[MatrixError], TelegramError], ...]] = (
    (Unrecognized, NotFound()),
    (MethodNotAllowed, NotFound()),
    (TooLarge, TooLargeRequest()),
    (TooSlow, BadRequest("the request came too slowly")),
    (InternalError, TelegramError()),
)


def refused(error: MatrixError, *, headers: Headers | None = None) -> Response:
    """Turn an error into the API's answer."""
    if not isinstance(error, TelegramError):
        found = next((ours for kind, ours in _OF_EDGE if isinstance(error, kind)), None)
        error = found or BadRequest(error.error)
    own = list(headers or [])
    if error.retry_after is not None:
        own.append((b"retry-after", b"%d" % error.retry_after))
    return json_response(error.status, error.body(), headers=own)
