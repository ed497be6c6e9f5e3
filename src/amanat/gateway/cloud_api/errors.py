"""Refusals in the Graph API's form: a code that clients branch on, and details for their developer."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import json

from amanat.core.errors import (
    InternalError,
    LimitExceeded,
    MatrixError,
    MethodNotAllowed,
    MissingToken,
    TooLarge,
    Unrecognized,
)
from amanat.edge.request import current_request
from amanat.edge.responses import JSON_HEADERS, Headers, Response

# Meta's list of error codes: the HTTP status and the message of each. Where Meta answers 400 to who asks too often, the
# status here is HTTP's own, with the header that says when to come back.
CODES: Final[Mapping[int, tuple[int, str]]] = {
    3: (400, "Application does not have the capability to make this API call"),
    4: (429, "Application request limit reached"),
    10: (403, "Application does not have permission for this action"),
    100: (400, "Invalid parameter"),
    190: (401, "Invalid OAuth access token"),
    2200: (400, "Callback verification failed"),
    2500: (400, "Unknown path components"),
    130429: (429, "Rate limit hit"),
    131000: (500, "Something went wrong"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (503, "Service unavailable"),
    131021: (400, "Recipient cannot be sender"),
    131026: (400, "Message undeliverable"),
    131047: (400, "Re-engagement message"),
    131049: (400, "This message was not delivered to maintain healthy ecosystem engagement."),
    131050: (400, "User has stopped marketing messages from this business"),
    131051: (400, "Unsupported message type"),
    131052: (400, "Media download error"),
    131053: (400, "Media upload error"),
    131056: (429, "(Business Account, Consumer Account) pair rate limit hit"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
    132005: (400, "Translated text too long"),
    132012: (400, "Parameter format does not match format in the created template"),
    132015: (400, "Template is paused"),
    132016: (400, "Template is disabled"),
    139000: (400, "Flow cannot be created"),
    139001: (400, "Flow failed to update"),
    139002: (400, "Flow failed to publish"),
    139003: (400, "Flow failed to deprecate"),
    139004: (400, "Flow failed to delete"),
    139100: (400, "Failed to block/unblock some users"),
}


class GraphError(MatrixError):
    """A refusal by its code. `details` says which parameter it is, or what to do."""

    def __init__(self, code: int, details: str = "", *, subcode: int | None = None, retry_ms: int = 0) -> None:
        status, title = CODES[code]
        super().__init__(title)
        self.code, self.details, self.subcode, self.retry_ms = code, details or f"{title}.", subcode, retry_ms
        self.http_status = status

    def body(self) -> dict[str, Any]:
        """Return the JSON object that the client is answered with."""
        told = {"error": _told(self.code, self.error, self.details)}
        return told if self.subcode is None else {"error": told["error"] | {"error_subcode": self.subcode}}


def as_graph(error: MatrixError) -> GraphError:
    """Return an error of the edge's in the Graph API's words."""
    if isinstance(error, GraphError):
        return error
    if isinstance(error, MissingToken):
        return GraphError(190, "The request has no access token.")
    if isinstance(error, LimitExceeded):
        return GraphError(4, retry_ms=int(error.fields.get("retry_after_ms", 1000)))
    if isinstance(error, Unrecognized):
        return GraphError(2500, "There is no such address: write /v23.0/ID/EDGE.")
    if isinstance(error, MethodNotAllowed):
        return GraphError(100, "This address does not take that method.", subcode=33)
    if isinstance(error, TooLarge):
        return GraphError(131053, error.error)
    if isinstance(error, InternalError) or error.status >= 500:
        return GraphError(131000)
    return GraphError(100, error.error)


def refused(error: MatrixError, *, headers: Headers | None = None) -> Response:
    """Turn an error into an answer."""
    graph = as_graph(error)
    own = list(headers or [])
    if graph.retry_ms:
        own.append((b"retry-after", b"%d" % -(-graph.retry_ms // 1000)))
    return Response(graph.http_status, json.encode(graph.body()), [*JSON_HEADERS, *own])


def in_status(code: int, details: str) -> dict[str, Any]:
    """Return an error as a status or a message of a webhook has it."""
    _, title = CODES[code]
    return {"code": code, "title": title, "message": title, "error_data": {"details": details}}


def _told(code: int, title: str, details: str) -> dict[str, Any]:
    request = current_request.get()
    return {
        "message": f"(#{code}) {title}",
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": details},
        "fbtrace_id": request.id if request else "",
        "is_transient": code in (4, 130429, 131000, 131016, 131056),
    }
