"""Texts through any gateway that takes one HTTP request per text: the operator writes the request, with gaps in it.

The gaps are `{number}` (+62812345678), `{digits}` (62812345678) and `{text}`, in the URL and in the body. What fills
them is escaped as the place asks: a URL, or a body of JSON, of a form or of XML.
"""

import re
from collections.abc import Callable, Mapping
from secrets import token_hex
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape

from msgspec import Struct, json

from amanat.outbound.http import HttpClient, Unreachable
from amanat.outbound.sms.sms import Delivery, SmsFailed

_GAP: Final = re.compile(r"\{(number|digits|text)\}")


def _url(value: str) -> str:
    return quote(value, safe="")


def _json(value: str) -> str:
    return json.encode(value).decode()[1:-1]


def _xml(value: str) -> str:
    return escape(value, {'"': "&quot;", "'": "&apos;"})


ESCAPES: Final[Mapping[str, Callable[[str], str]]] = {
    "application/json": _json,
    "application/x-www-form-urlencoded": _url,
    "application/xml": _xml,
    "text/xml": _xml,
}


class SmsRequest(Struct, frozen=True, kw_only=True):
    """The request of one text. `success` is what the answer must hold, for gateways that refuse with a 200."""

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = {}
    body: str = ""
    success: str | None = None

    @property
    def content_type(self) -> str:
        """The media type of the body, without its parameters."""
        named = {name.lower(): value for name, value in self.headers.items()}
        return named.get("content-type", "application/json").partition(";")[0].strip().lower()


class HttpTemplate:
    """Sends each text as one request."""

    def __init__(self, client: HttpClient, request: SmsRequest, *, price: int) -> None:
        self._client = client
        self._request = request
        self._price = price
        self._headers = {"content-type": request.content_type, **request.headers} if request.body else request.headers

    async def send(self, number: str, text: str, *, purpose: str) -> str:  # noqa: ARG002 - has no gap
        """Fill the gaps and make the request."""
        values = {"number": number, "digits": number.removeprefix("+"), "text": text}
        url = _fill(self._request.url, values, escape=_url)
        body = _fill(self._request.body, values, escape=ESCAPES[self._request.content_type])
        try:
            answer = await self._client.ask(self._request.method, url, headers=self._headers, body=body.encode())
        except Unreachable as error:
            raise SmsFailed(str(error), maybe_sent=error.maybe_received) from None
        if not answer.is_good:
            raise SmsFailed(f"status {answer.status}", maybe_sent=answer.is_in_doubt)
        if self._request.success is not None and self._request.success.encode() not in answer.body:
            raise SmsFailed("the answer does not say that it was sent", maybe_sent=False)
        return token_hex(8)

    async def status(self, message_id: str) -> Delivery:  # noqa: ARG002 - no two gateways tell it alike
        """Return that nothing is known: a gateway of this kind is not asked."""
        return "unknown"

    async def price(self, number: str) -> int:  # noqa: ARG002 - one price for all
        """Return what the operator says a text costs."""
        return self._price


def _fill(template: str, values: Mapping[str, str], *, escape: Callable[[str], str]) -> str:
    # In one pass: a text with a gap's name in it fills nothing.
    return _GAP.sub(lambda gap: escape(values[gap[1]]), template)
