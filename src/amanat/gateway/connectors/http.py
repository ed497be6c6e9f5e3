"""A source over HTTP: one request, one JSON answer of a bounded size, and of that only what the flow declares."""

from typing import Final
from urllib.parse import quote

import msgspec

from amanat.gateway.connectors.pointers import NoJson, read_json, text_at
from amanat.gateway.connectors.settings import PLACE, HttpSettings
from amanat.gateway.connectors.source import NOT_FOUND, Call, Reply, SourceFailed, found
from amanat.outbound.http import HttpAnswer, HttpClient, Unreachable

_NOT_THERE: Final = frozenset({404, 410})
_HEADERS: Final = {"Accept": "application/json", "Accept-Encoding": "identity"}


class HttpSource:
    """Asks a web service. A GET that fails is asked once more; what may change something is not."""

    def __init__(self, settings: HttpSettings) -> None:
        self._settings = settings
        self._client = HttpClient(private_networks=settings.networks, deadline_s=settings.deadline_s)

    async def ask(self, call: Call) -> Reply:
        """Return what the answer says where the pointers lead; an answer in which none leads anywhere is none."""
        url = self._url(call)
        if url is None:
            return NOT_FOUND
        answer = await self._answer(url, call)
        if answer.status in _NOT_THERE:
            return NOT_FOUND
        if not answer.is_good:
            raise SourceFailed(f"status {answer.status}")
        try:
            document = read_json(answer.body)
        except NoJson:
            raise SourceFailed("the answer is no JSON") from None
        pointers = self._settings.gives
        return found({name: text_at(document, pointers[name]) for name in call.gives if name in pointers})

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.close()

    def _url(self, call: Call) -> str | None:
        """Return the address; None where a value would be no part of a path: it names nothing, or a folder above."""
        values = {name: call.arguments.get(name, "") for name in self._settings.takes}
        if any(not value.strip(".") for value in values.values()):
            return None
        return PLACE.sub(lambda place: quote(values[place[1]], safe=""), self._settings.url)

    async def _answer(self, url: str, call: Call) -> HttpAnswer:
        if self._settings.method == "POST":
            headers = {"Content-Type": "application/json", "Idempotency-Key": call.request}
            return await self._once(url, headers=headers, body=msgspec.json.encode(call.arguments))
        try:
            answer = await self._once(url)
            if not answer.is_in_doubt:
                return answer
        except SourceFailed:
            pass
        return await self._once(url)

    async def _once(self, url: str, *, headers: dict[str, str] | None = None, body: bytes = b"") -> HttpAnswer:
        sent = {**_HEADERS, **self._settings.headers, **(headers or {})}
        try:
            return await self._client.ask(self._settings.method, url, headers=sent, body=body)
        except Unreachable as unreachable:
            raise SourceFailed(str(unreachable)) from None
