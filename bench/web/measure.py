"""What is measured of the app: a first visit, a reload with and without the network, a long chat, typing, memory."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import httpx
from msgspec import Struct
from playwright.async_api import CDPSession, Page, async_playwright

from bench.figures import Figure, Line, percentile
from bench.visitor import Visitor
from bench.web.crowd import Crowd
from bench.web.search import search
from bench.wire import LoadError
from tests import processes
from tests.e2e.web_app import AppPerson

PROBE: Final = Path(__file__).with_name("probe.js").read_text()
NUMBER: Final = 77
_WINDOW: Final = "--window-size=1440,987"
"""A page of 1440 x 900. One that a browser is told to take for larger than its window has its lower edge cut off, where
one writes: what is drawn there is never seen, and counts as drawn with whatever is drawn next."""
LINES: Final = (
    Line(key="shell", work="bytes before the first paint, as they travel", unit="kB", must=(120,), aim=(120,)),
    Line(key="visit", work="all bytes of a first visit", unit="kB"),
    Line(key="reload", work="reload with local data: the list is usable after", unit="ms", must=(2_000,), aim=(2_000,)),
    Line(key="offline", work="the same without a network", unit="ms", must=(1_000,), aim=(1_000,)),
    Line(key="whole", work="reload until every chat can be opened, with a network / without", unit="ms"),
    Line(key="open", work="open the long chat", unit="ms", must=(300,), aim=(300,)),
    Line(
        key="scroll", work="scrolling through it: longest task / p95 of frames", unit="ms", must=(50, 33), aim=(50, 33)
    ),
    Line(key="keys", work="key press to glyph, p99, while 20 messages a second come", unit="ms", must=(50,), aim=(50,)),
    Line(
        key="memory",
        work="memory of the page: JavaScript + buffers with the crypto's",
        unit="MB",
        must=(250,),
        aim=(250,),
    ),
    Line(key="search", work="search in the messages of this device, p95", unit="ms", must=(100,), aim=(100,)),
    Line(key="index", work="index a message", unit="µs"),
)


class World(Struct, frozen=True, kw_only=True):
    """How much there is: chats, messages in the long one, in each other one, and in the index that is searched."""

    chats: int
    messages: int
    sought: int = 100_000
    each: int = 3


class Bench:
    """One person's app, measured from the first visit on."""

    def __init__(self, person: AppPerson, *, url: str, world: World) -> None:
        self._person = person
        self._url = url
        self._world = world
        self.figures: dict[str, Figure] = {}

    @property
    def _page(self) -> Page:
        return self._person.page

    async def first_visit(self) -> None:
        """Open the app in a browser that was never here, and wait for all of it."""
        browser = self._person.context.browser
        assert browser is not None
        context = await browser.new_context()
        page = await context.new_page()
        await page.goto(f"{self._url}/")
        await page.get_by_role("button").first.wait_for()
        await page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
        before_paint = await page.evaluate(_BEFORE_PAINT)
        kept = await page.evaluate(_KEPT)
        self.figures["shell"] = Figure(values=(before_paint / 1e3,))
        self.figures["visit"] = Figure(values=(await _travelled(kept) / 1e3,))
        await context.close()

    async def fill(self, crowd: Crowd, member: Visitor, *, client_id: str) -> list[str]:
        """Let the crowd make the world, and wait until the app has all of it and has written it down."""
        rooms = await crowd.make(self._world.chats)
        token = await member.renew(client_id)
        for room in rooms:
            await member.join(token, room)
        await crowd.fill(rooms[1:], each=self._world.each)
        await crowd.fill(rooms[:1], each=self._world.messages)
        await self._page.get_by_role("listitem").first.wait_for(timeout=60_000)
        await self._page.wait_for_timeout(5_000)
        await self._page.evaluate(_HIDE)
        await self._page.wait_for_timeout(10_000)
        return rooms

    async def reloads(self) -> None:
        """Reload with the network, then without."""
        await self._page.goto(f"{self._url}/#/chats")
        online = await self._reload()
        await self._person.context.set_offline(True)
        offline = await self._reload()
        self.figures["reload"] = Figure(values=(online["list"],))
        self.figures["offline"] = Figure(values=(offline["list"],))
        self.figures["whole"] = Figure(values=(online["whole"], offline["whole"]))
        await self._person.context.set_offline(False)
        await self._page.reload()
        await self._page.get_by_role("listitem").first.wait_for(timeout=60_000)
        await self._forget_former_pages()
        await self._page.wait_for_timeout(5_000)

    async def long_chat(self, room: str) -> None:
        """Open the long chat, and scroll back through it."""
        await self._page.evaluate("probe.forget()")
        start = await self._page.evaluate("performance.now()")
        await self._page.evaluate("room => { location.hash = `#/chats/${encodeURIComponent(room)}` }", room)
        await self._page.wait_for_function("() => 'message' in probe.seen")
        opened = (await self._page.evaluate("probe.taken()"))["seen"]["message"]
        self.figures["open"] = Figure(values=(opened - start,))
        await self._page.wait_for_timeout(2_000)
        log = self._page.get_by_role("log")
        await log.hover()
        # It opens at the first message that was not read, which may be the oldest of all.
        step = 400 if await log.evaluate("log => log.scrollTop < 1000") else -400
        before: float = await log.evaluate("log => log.scrollTop")
        await self._page.evaluate("probe.forget()")
        until = perf_counter() + 10
        while perf_counter() < until:
            await self._page.mouse.wheel(0, step)
            await self._page.wait_for_timeout(30)
        taken = await self._page.evaluate("probe.taken()")
        if await log.evaluate("log => log.scrollTop") == before:
            raise LoadError("Nothing scrolled.")
        longest = max(taken["tasks"], default=0.0)
        self.figures["scroll"] = Figure(values=(longest, percentile(taken["frames"], 0.95)))

    async def typing(self, crowd: Crowd, room: str) -> None:
        """Type while messages come in."""
        talking = asyncio.create_task(crowd.talk(room, per_second=20, seconds=25))
        await self._page.get_by_label("Write a message").click()
        await self._page.wait_for_timeout(2_000)
        await self._page.evaluate("probe.forget()")
        text = "besok pagi kita bertemu di stasiun lalu makan " * 4
        await self._page.keyboard.type(text, delay=100)
        taken = await self._page.evaluate("probe.taken()")
        # The browser lists only presses that took 16 ms or more.
        quick = [16.0] * max(0, len(text) - len(taken["keys"]))
        self.figures["keys"] = Figure(values=(percentile([*taken["keys"], *quick], 0.99),))
        await talking

    async def _forget_former_pages(self) -> None:
        """Collect what the pages before the reloads have left in the same process: a hundred megabytes, which else are
        collected in one go while the chat is scrolled. Whoever opens the app has none of it."""
        await self._collect_garbage(await self._session())

    async def memory(self) -> None:
        """Collect garbage, and ask what is left."""
        session = await self._session()
        await self._collect_garbage(session)
        usage = await session.send("Runtime.getHeapUsage")
        used = usage["usedSize"] + usage.get("backingStorageSize", 0)
        self.figures["memory"] = Figure(values=(used / 1e6,))

    async def _reload(self) -> dict[str, float]:
        """Reload; return when what was first seen, in ms."""
        await self._page.reload()
        await self._page.wait_for_function("() => 'list' in probe.seen && 'whole' in probe.seen", timeout=60_000)
        taken: dict[str, Any] = await self._page.evaluate("probe.taken()")
        seen: dict[str, float] = taken["seen"]
        await self._page.wait_for_timeout(3_000)
        return seen

    async def _collect_garbage(self, session: CDPSession) -> None:
        await session.send("HeapProfiler.enable")
        await session.send("HeapProfiler.collectGarbage")
        await session.send("HeapProfiler.disable")

    async def _session(self) -> CDPSession:
        return await self._page.context.new_cdp_session(self._page)


async def measure(world: World) -> dict[str, Figure]:
    """Measure everything on a fresh server."""
    with tempfile.TemporaryDirectory() as folder, processes.lab(Path(folder), "--gate") as lab:
        url = lab.url.replace("127.0.0.1", "localhost")
        port = int(url.rpartition(":")[2])
        async with async_playwright() as playwright, Visitor(("127.0.0.1", port), number=NUMBER) as visitor:
            person = await AppPerson.arrive(playwright, url, view=None, switches=(_WINDOW,))
            await person.context.add_init_script(PROBE)
            bench = Bench(person, url=url, world=world)
            await bench.first_visit()
            await person.sign_up(number=visitor.phone, handle="person", name="Person")
            client_id = await visitor.register_app()
            _token, user_id = await visitor.sign_in(client_id)
            crowd = await Crowd.begin(url, user_id)
            try:
                rooms = await bench.fill(crowd, visitor, client_id=client_id)
                await bench.reloads()
                await bench.long_chat(rooms[0])
                await bench.typing(crowd, rooms[0])
                await bench.memory()
            finally:
                await crowd.end()
                await person.leave()
            return bench.figures | await search(playwright, messages=world.sought)


async def _travelled(addresses: Sequence[str]) -> int:
    """Return the bytes of answers as a browser is sent them."""
    async with httpx.AsyncClient(headers={"accept-encoding": "br"}, timeout=60) as http:
        return sum([(await http.get(address)).num_bytes_downloaded for address in addresses])


_BEFORE_PAINT: Final = """() => {
    const painted = performance.getEntriesByName("first-contentful-paint")[0].startTime;
    const files = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    return files.filter((each) => each.responseEnd <= painted).reduce((sum, each) => sum + each.encodedBodySize, 0);
}"""
# What the worker keeps for the next visit: everything, asked for once.
_KEPT: Final = """async () => {
    await navigator.serviceWorker.ready;
    const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    const kept = await Promise.all(caches_.map((cache) => cache.keys()));
    return kept.flat().map(({ url }) => url);
}"""
# As when a phone puts the app away: it writes down what has come.
_HIDE: Final = """() => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    delete document.hidden;
}"""
