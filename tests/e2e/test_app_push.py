"""Notifications of the web app: of what comes while nobody looks, and by the worker when no window is open."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import CDPSession, Page, Playwright, Request, Worker, expect

from tests import processes
from tests.e2e.web_app import PHONE, AppPerson
from tests.outbound.push.browser import Browser
from tests.processes import AmanatProcess

SHOWN = """async () => {
    const registration = await navigator.serviceWorker.ready;
    const shown = await registration.getNotifications();
    return shown.map(({ title, body, silent, data }) => ({ title, body, silent, roomId: data.roomId }));
}"""
# What is shown once it is this, or after a minute.
SHOWN_SOON = f"""async (wanted) => {{
    const end = performance.now() + 60_000;
    for (;;) {{
        const shown = await ({SHOWN})();
        const said = shown.map(({{ title, body }}) => [title, body]);
        if (JSON.stringify(said) === JSON.stringify(wanted) || performance.now() > end) return shown;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }}
}}"""
UNTOLD = ("New message", "Open Amanat to read it.")
LOOK_AWAY = "() => Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })"
# Whether the list of chats that is kept for the next start knows Budi.
KNOWS_BUDI = """async () => {
    const answer = (request) => new Promise((resolve) => {
        request.onsuccess = () => resolve(request.result);
    });
    const vault = await answer(indexedDB.open("amanat"));
    const get = (store, key) => answer(vault.transaction(store).objectStore(store).get(key));
    const [key, sealed] = [await get("keys", "vault"), await get("items", ["last-list", "own"])];
    vault.close();
    if (sealed === undefined) return false;
    const additionalData = new TextEncoder().encode("last-list/own");
    const how = { name: "AES-GCM", iv: sealed.subarray(0, 12), additionalData };
    const list = JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, sealed.subarray(12))));
    return list.chats.some(({ name, kind }) => name === "Budi" && kind === "person");
}"""
# The token has grown old, as it mostly has when a push comes.
EXPIRED_ONCE = """() => {
    const [ask, old] = [self.fetch, { errcode: "M_UNKNOWN_TOKEN", soft_logout: true }];
    self.asked = [];
    self.fetch = (request, options) => {
        const { pathname } = new URL(request.url ?? request, location.origin);
        const what = /(context|auth_metadata|token)/.exec(pathname);
        if (what === null) return ask(request, options);
        self.asked.push(what[1]);
        return self.asked.length === 1 ? Response.json(old, { status: 401 }) : ask(request, options);
    };
}"""
# Which language and colours somebody likes is of the browser, not of the account.
KEPT = "async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name !== 'amanat-look')"
HOLD = """(name) => new Promise((held) => {
    navigator.locks.request(name, () => new Promise((resolve) => {
        self.letGo = resolve;
        held();
    }));
})"""
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

    def __init__(self, session: CDPSession, url: str, worker: Worker) -> None:
        self.worker = worker
        self._session = session
        self._url = url
        self._registration = ""
        self._known = asyncio.Event()
        session.on("ServiceWorker.workerRegistrationUpdated", self._seen)

    @classmethod
    async def of(cls, page: Page, url: str) -> "PushService":
        """Find the worker of a page."""
        await page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")
        workers = page.context.service_workers
        worker = workers[0] if workers else await page.context.wait_for_event("serviceworker")
        service = cls(await page.context.new_cdp_session(page), url, worker)
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


async def shown(page: Page, title: str, body: str) -> dict[str, Any]:
    """Wait for the one notification there is to say something."""
    found: list[dict[str, Any]] = await page.evaluate(SHOWN_SOON, [[title, body]])
    assert [(each["title"], each["body"]) for each in found] == [(title, body)]
    return found[0]


async def until(page: Page, holds: str) -> None:
    """Wait until an asynchronous condition holds; `wait_for_function` takes its promise for true."""
    async with asyncio.timeout(60):
        await page.evaluate(
            f"async () => {{ while (!(await ({holds})())) await new Promise((go) => setTimeout(go, 100)); }}"
        )


async def sent(person: AppPerson, text: str) -> str:
    """Have somebody write into the chat that is open; return the event's id."""
    async with person.page.expect_response(lambda answer: "/send/" in answer.url) as answer:
        await person.say(text)
    event_id: str = (await (await answer.value).json())["event_id"]
    return event_id


async def opened_by_the_worker(service: PushService, watcher: Page, budi: AppPerson, *, room: str) -> None:
    """No window has the keys: the worker opens what Budi says, with new tokens if need be."""
    await service.worker.evaluate(EXPIRED_ONCE)
    await service.push(event_id=await sent(budi, "dua"), room_id=room, unread=4, room_unread=3)
    notified = await shown(watcher, "Budi", "dua")
    assert (notified["roomId"], notified["silent"]) == (room, False)
    assert await service.worker.evaluate("() => self.asked") == ["context", "auth_metadata", "token", "context"]

    # What it cannot open it does not name, nor while a window has the keys.
    await service.push(event_id="$unknown", room_id=room, unread=4, room_unread=3)
    await shown(watcher, "New message", "3 unread messages")
    await watcher.evaluate(HOLD, "amanat-session")
    await service.push(event_id=await sent(budi, "tiga"), room_id=room, unread=1, room_unread=1)
    await shown(watcher, *UNTOLD)
    await watcher.evaluate("() => letGo()")


async def waits_for_the_worker(page: Page, watcher: Page, *, place: str) -> None:
    """Open the app while the worker has the keys, as far as the app can see."""
    await watcher.evaluate(HOLD, "amanat-session-stand-in")
    await page.goto(place)
    await until(watcher, "async () => (await navigator.locks.query()).pending.length > 0")
    await watcher.evaluate("() => letGo()")


async def sign_out(person: AppPerson) -> None:
    """Sign out, and see that the worker holds nothing that could then not be destroyed."""
    page = person.page
    await page.goto(f"{person.url}/#/me")
    await page.get_by_role("button", name="Sign out of this device").click()
    await page.get_by_role("dialog").get_by_role("button", name="Sign out", exact=True).click()
    await expect(page.get_by_role("button", name="Sign up with your phone number")).to_be_visible(timeout=20_000)
    assert await page.evaluate(KEPT) == []


async def lock_away(person: AppPerson, chat: str) -> None:
    """Put a chat that is open behind a PIN."""
    page = person.page
    await person.about()
    await page.get_by_role("link", name="Lock this chat").click()
    for field in ("PIN or code", "Type it once more"):
        await page.get_by_label(field).fill("2468")
    await page.get_by_role("button", name="Set the lock").click()
    chosen = page.get_by_role("switch", name=chat)
    await chosen.click()
    await expect(chosen).to_be_checked()


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
    assert (await shown(ani.page, "Budi", "masih di sana?"))["roomId"] == room
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
    await budi.sends("rahasia")
    await shown(ani.page, *UNTOLD)
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
    await shown(ani.page, "Budi", "satu")
    await until(ani.page, KNOWS_BUDI)

    # No window of the app: the worker opens it.
    await ani.page.goto(f"{url}/manifest.webmanifest")
    watcher = await ani.context.new_page()
    await watcher.goto(f"{url}/icon.svg")
    service = await PushService.of(watcher, url)
    await opened_by_the_worker(service, watcher, budi, room=room)
    # A window waits for the worker to be done. Whoever presses the notification is led to the chat.
    await waits_for_the_worker(ani.page, watcher, place=f"{url}/#/me")
    await expect(ani.page.get_by_role("heading", name="Me", exact=True)).to_be_visible(timeout=20_000)
    await service.worker.evaluate(
        """async () => {
            const [notification] = await registration.getNotifications();
            dispatchEvent(new NotificationEvent("notificationclick", { notification }));
        }"""
    )
    await expect(ani.page.get_by_role("log")).to_be_visible()
    assert await watcher.evaluate(SHOWN) == []

    await lock_away(ani, "Budi")
    # Of a chat with a lock nothing is said, though it could be opened.
    await ani.page.goto(f"{url}/manifest.webmanifest")
    await service.push(event_id=await sent(budi, "empat"), room_id=room, unread=1, room_unread=1)
    await shown(watcher, *UNTOLD)
    await sign_out(ani)
    assert ani.strange + budi.strange == []
    for person in (ani, budi):
        await person.leave()
