"""Notifications of the web app: of what comes while nobody looks, and by the worker when no window is open."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import CDPSession, Page, Playwright, Request, expect

from tests import processes
from tests.e2e.web_app import PHONE, AppPerson
from tests.outbound.push.browser import Browser
from tests.processes import AmanatProcess

SHOWN = """async () => {
    const registration = await navigator.serviceWorker.ready;
    const shown = await registration.getNotifications();
    return shown.map(({ title, body, silent, data }) => ({ title, body, silent, roomId: data.roomId }));
}"""
# What is shown once these titles are, or after a minute.
SHOWN_SOON = f"""async (titles) => {{
    const end = performance.now() + 60_000;
    for (;;) {{
        const shown = await ({SHOWN})();
        if (String(shown.map(({{ title }}) => title)) === String(titles) || performance.now() > end) return shown;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }}
}}"""
LOOK_AWAY = "() => Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })"
SUBSCRIBE = """(keys) => {
    PushManager.prototype.subscribe = async (options) => {
        localStorage.setItem("subscribed for", options.applicationServerKey);
        return { toJSON: () => keys };
    };
}"""


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[AmanatProcess]:
    """A lab that serves the built app."""
    with processes.lab(tmp_path) as process:
        yield process


class PushService:
    """The push service of a browser, as far as the browser sees it: something arrives at the worker."""

    def __init__(self, session: CDPSession, url: str) -> None:
        self._session = session
        self._url = url
        self._registration = ""
        self._known = asyncio.Event()
        session.on("ServiceWorker.workerRegistrationUpdated", self._seen)

    @classmethod
    async def of(cls, page: Page, url: str) -> "PushService":
        """Find the worker of a page."""
        service = cls(await page.context.new_cdp_session(page), url)
        await page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")
        await service._session.send("ServiceWorker.enable")
        return service

    def _seen(self, event: Any) -> None:
        for each in event["registrations"]:
            if each["scopeURL"] == f"{self._url}/":
                self._registration = each["registrationId"]
                self._known.set()

    async def push(self, **said: Any) -> None:
        """Deliver a push that says something, decrypted as the browser hands it over."""
        async with asyncio.timeout(20):
            await self._known.wait()
        wanted = {"origin": f"{self._url}/", "registrationId": self._registration, "data": json.dumps(said)}
        await self._session.send("ServiceWorker.deliverPushMessage", wanted)


async def shown(page: Page, *, title: str) -> dict[str, Any]:
    """Wait for the one notification there is."""
    found: list[dict[str, Any]] = await page.evaluate(SHOWN_SOON, [title])
    assert [each["title"] for each in found] == [title]
    return found[0]


async def test_what_comes_while_nobody_looks_is_notified(playwright: Playwright, url: str) -> None:
    ani = await AppPerson.arrive(playwright, url, view=PHONE)
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    budi = await AppPerson.arrive(playwright, url)
    await budi.sign_up(number="+6281234567891", handle="budi", name="Budi")
    await ani.context.grant_permissions(["notifications"], origin=url)
    await ani.page.reload()

    await ani.page.goto(f"{url}/#/me/notifications")
    await ani.page.get_by_role("switch", name="Notify me on this device").click()
    # The maker of this Chromium has no push service.
    await expect(ani.page.get_by_text("only notify you while Amanat is open")).to_be_visible()
    await ani.look()

    await budi.start_chat("ani")
    await budi.say("halo Ani")
    await ani.page.goto(f"{url}/#/chats")
    await ani.open_chat("Budi")
    await ani.page.get_by_role("button", name="Accept").click()
    await ani.reads("halo Ani")
    assert await ani.page.evaluate(SHOWN) == []

    place = await ani.page.evaluate("() => location.hash")
    room = await ani.page.evaluate("() => decodeURIComponent(location.hash.split('/')[2])")
    await ani.page.goto(f"{url}/#/chats")
    await ani.page.evaluate(LOOK_AWAY)
    await budi.say("masih di sana?")
    await budi.sends("masih di sana?")
    notified = await shown(ani.page, title="Budi")
    assert (notified["body"], notified["roomId"]) == ("masih di sana?", room)
    await expect(ani.page).to_have_title("(1) Amanat")

    # Who opens the chat has read it: nothing is left to notify of.
    await ani.page.goto(f"{url}/{place}")
    await ani.page.reload()
    await ani.reads("masih di sana?")
    assert await ani.page.evaluate(SHOWN_SOON, []) == []
    await expect(ani.page).to_have_title("Amanat")

    await ani.page.goto(f"{url}/#/me/notifications")
    await ani.page.get_by_role("switch", name="Show names and messages").click()
    await ani.page.evaluate(LOOK_AWAY)
    await budi.say("rahasia")
    assert (await shown(ani.page, title="New message"))["body"] == "Open Amanat to read it."
    # A browser that keeps nothing, as tests have it, says so when it is to be pushed to.
    assert [each for each in ani.strange + budi.strange if "Push API in incognito" not in each] == []
    for person in (ani, budi):
        await person.leave()


async def test_a_push_is_shown_by_an_open_window_or_else_by_the_worker(playwright: Playwright, url: str) -> None:
    ani = await AppPerson.arrive(playwright, url)
    keys = Browser("https://push.invalid/send/1")
    subscribed = {"endpoint": keys.data["endpoint"], "keys": {"p256dh": keys.pushkey, "auth": keys.data["auth"]}}
    await ani.context.add_init_script(f"({SUBSCRIBE})({json.dumps(subscribed)})")
    await ani.sign_up(number="+6281234567892", handle="ani", name="Ani")
    budi = await AppPerson.arrive(playwright, url)
    await budi.sign_up(number="+6281234567893", handle="budi", name="Budi")
    await ani.context.grant_permissions(["notifications"], origin=url)
    await ani.page.reload()

    asked: list[Any] = []

    def note(request: Request) -> None:
        if "/pushers/set" in request.url:
            asked.append(request.post_data_json)

    ani.page.on("request", note)
    await ani.page.goto(f"{url}/#/me/notifications")
    await ani.page.get_by_role("switch", name="Notify me on this device").click()
    await expect(ani.page.get_by_text("This device is notified too.")).to_be_visible()
    (set_pusher,) = asked
    assert (set_pusher["pushkey"], set_pusher["data"]["endpoint"]) == (keys.pushkey, keys.data["endpoint"])
    assert len(await ani.page.evaluate("() => localStorage.getItem('subscribed for')")) == 87

    await budi.start_chat("ani")
    await budi.say("halo Ani")
    await ani.page.goto(f"{url}/#/chats")
    await ani.open_chat("Budi")
    await ani.page.get_by_role("button", name="Accept").click()
    await ani.reads("halo Ani")
    room = await ani.page.evaluate("() => decodeURIComponent(location.hash.split('/')[2])")

    # An open window says what it is about; the push adds nothing.
    await ani.page.goto(f"{url}/#/chats")
    await ani.page.evaluate(LOOK_AWAY)
    await budi.say("satu")
    await budi.sends("satu")
    assert (await shown(ani.page, title="Budi"))["body"] == "satu"

    # No window of the app: the worker says only that there is something.
    await ani.page.goto(f"{url}/manifest.webmanifest")
    watcher = await ani.context.new_page()
    await watcher.goto(f"{url}/icon.svg")
    service = await PushService.of(watcher, url)
    await service.push(event_id="$unknown", room_id=room, unread=4, room_unread=3)
    notified = await shown(watcher, title="New message")
    assert (notified["body"], notified["roomId"]) == ("3 unread messages", room)

    # Whoever presses it is led to the chat.
    await ani.page.goto(f"{url}/#/me")
    await expect(ani.page.get_by_role("heading", name="Me", exact=True)).to_be_visible(timeout=20_000)
    (worker,) = ani.context.service_workers
    await worker.evaluate(
        """async () => {
            const [notification] = await registration.getNotifications();
            dispatchEvent(new NotificationEvent("notificationclick", { notification }));
        }"""
    )
    await expect(ani.page.get_by_role("log")).to_be_visible()
    assert await watcher.evaluate(SHOWN) == []
    for person in (ani, budi):
        await person.leave()
