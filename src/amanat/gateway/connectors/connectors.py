"""Answers a flow's calls: whom to ask, for how long, and what was answered a moment ago."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import structlog
from msgspec import Struct

from amanat.gateway.connectors.http import HttpSource
from amanat.gateway.connectors.postgres import PostgresSource
from amanat.gateway.connectors.settings import HttpSettings, PostgresSettings, Settings
from amanat.gateway.connectors.source import FAILED, Call, Reply, Source, SourceFailed
from amanat.gateway.connectors.sqlite import SqliteSource

AT_ONCE: Final = 8
"""Questions to one source at the same time; others wait for their turn, within their deadline."""
REMEMBERED: Final = 1000
"""Answers that are kept, of all sources together."""

log = structlog.get_logger()

_Question: TypeAlias = tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]


class _Kept(Struct, frozen=True):
    until_ms: int
    reply: Reply


class _Asked:
    """A source with what `connectors.toml` says of it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.source = _source_of(settings)
        self.turn = asyncio.Semaphore(AT_ONCE)

    async def close_when_idle(self) -> None:
        """Let its connections go once whoever has a turn has had it: a deadline bounds how long that takes."""
        try:
            for _ in range(AT_ONCE):
                await self.turn.acquire()
        finally:
            await self.source.close()


class Connectors:
    """The other systems of one service."""

    def __init__(
        self,
        held: Mapping[str, Settings],
        *,
        now_ms: Callable[[], int],
        within: Callable[[float], asyncio.Timeout] = asyncio.timeout,
    ) -> None:
        """`within` bounds what is done in it to so many seconds."""
        self._within = within
        self._asked = {name: _Asked(settings) for name, settings in held.items()}
        self._now_ms = now_ms
        self._closing: set[asyncio.Task[None]] = set()
        self._kept: OrderedDict[_Question, _Kept] = OrderedDict()

    async def ask(self, call: Call) -> Reply:
        """Return an answer, whatever happens over there: `error` if it is away, too slow, or not known here."""
        asked = self._asked.get(call.source)
        if asked is None:
            log.warning("connector_unknown", source=call.source)
            return FAILED
        question = (call.source, tuple(sorted(call.arguments.items())), call.gives)
        kept = self._kept.get(question)
        if kept is not None and kept.until_ms > self._now_ms():
            return kept.reply
        try:
            reply = await self._in_time(asked, call)
        except SourceFailed as failed:
            log.warning("connector_failed", source=call.source, reason=str(failed))
            return FAILED
        if asked.settings.cache_s:
            self._keep(question, _Kept(self._now_ms() + asked.settings.cache_s * 1000, reply))
        return reply

    async def take(self, held: Mapping[str, Settings]) -> None:
        """Ask as other settings say from now on. What is as before goes on; others finish what they were asked."""
        before = self._asked
        self._asked = {
            name: before[name] if name in before and before[name].settings == settings else _Asked(settings)
            for name, settings in held.items()
        }
        self._kept.clear()
        for name, asked in before.items():
            if self._asked.get(name) is not asked:
                closing = asyncio.create_task(asked.close_when_idle())
                self._closing.add(closing)
                closing.add_done_callback(self._closing.discard)

    async def close(self) -> None:
        """Let every connection go."""
        for closing in self._closing:
            closing.cancel()
        await asyncio.gather(*self._closing, return_exceptions=True)
        for asked in self._asked.values():
            await asked.source.close()

    async def _in_time(self, asked: _Asked, call: Call) -> Reply:
        left_s = min(asked.settings.deadline_s, (call.deadline_ms - self._now_ms()) / 1000)
        if left_s <= 0:
            raise SourceFailed("the flow waits no more")
        try:
            async with self._within(left_s), asked.turn:
                return await asked.source.ask(call)
        except TimeoutError:
            raise SourceFailed("no answer in time") from None

    def _keep(self, question: _Question, kept: _Kept) -> None:
        self._kept[question] = kept
        self._kept.move_to_end(question)
        while len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)


def _source_of(settings: Settings) -> Source:
    if isinstance(settings, HttpSettings):
        return HttpSource(settings)
    return PostgresSource(settings) if isinstance(settings, PostgresSettings) else SqliteSource(settings)
