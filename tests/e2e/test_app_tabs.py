"""A session in its browser: between tabs, without a network, when it is ended from elsewhere, and when it is left."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page, Route, async_playwright, expect

from tests.e2e.web_app import AppPerson

# Which language and colours somebody likes is of the browser, not of the account.
KEPT = "async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name !== 'amanat-look')"

REFUSAL = {"errcode": "M_UNKNOWN_TOKEN", "error": "Not now.", "soft_logout": True}


@pytest.fixture
async def ani(url: str) -> AsyncIterator[AppPerson]:
    """Somebody who has signed up."""
    async with async_playwright() as playwright:
        ani = await AppPerson.arrive(playwright, url)
        await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
        yield ani
        await ani.leave()


async def test_one_session_through_tabs_builds_crashes_and_bad_networks(ani: AppPerson) -> None:
    await make_group(ani.page, "Catatan")
    await _newer_build(ani)
    await _two_tabs(ani)
    await _broken_screen(ani)
    await _no_network(ani)
    await _mistaken_refusal(ani)
    await _jumping_clock(ani)


async def _newer_build(ani: AppPerson) -> None:
    """A newer build waits until it is wanted, and a draft is there in it."""
    page = ani.page
    await begin_with_an_older_build(ani)
    await page.get_by_label("Write a message").fill("belum selesai")
    await page.evaluate("async () => { await (await navigator.serviceWorker.ready).update() }")
    ready = page.get_by_text("A new version of Amanat is ready.")
    await expect(ready).to_be_visible(timeout=30_000)
    await ani.look()
    await page.evaluate("() => { window.before = true }")
    await page.get_by_role("button", name="Reload").click()
    await page.wait_for_function("() => !window.before", timeout=30_000)
    await expect(page.get_by_label("Write a message")).to_have_value("belum selesai", timeout=30_000)
    await page.evaluate("async () => { await (await navigator.serviceWorker.ready).update() }")
    await expect(ready).to_have_count(0)


async def _two_tabs(ani: AppPerson) -> None:
    """One tab at a time has the session."""
    second = await ani.context.new_page()
    ani.watch(second)
    await second.goto(f"{ani.url}/")
    await expect(second.get_by_role("heading", name="Amanat is open in another tab")).to_be_visible(timeout=20_000)
    await second.get_by_role("button", name="Use it here").click()
    await at_home(second)
    await expect(ani.page.get_by_role("heading", name="Amanat is open in another tab")).to_be_visible(timeout=20_000)
    await ani.look()
    # A tab that loses the session while it is opening it lets go as well.
    await ani.page.get_by_role("button", name="Use it here").click()
    elsewhere = second.get_by_role("heading", name="Amanat is open in another tab")
    await expect(elsewhere).to_be_visible(timeout=20_000)
    await second.get_by_role("button", name="Use it here").click()
    await expect(ani.page.get_by_role("heading", name="Amanat is open in another tab")).to_be_visible(timeout=60_000)
    await ani.page.get_by_role("button", name="Use it here").click()
    await expect(elsewhere).to_be_visible(timeout=60_000)
    await at_home(ani.page)
    await second.close()
    assert ani.strange == []


async def _broken_screen(ani: AppPerson) -> None:
    """A screen that breaks keeps the draft."""
    page = ani.page
    await make_group(page, "Belanja")
    draft = page.get_by_label("Write a message")
    await draft.fill("belum selesai")
    await page.evaluate("() => { HTMLDialogElement.prototype.showModal = () => { throw new Error('broken') } }")
    for way in ("Reload", "Back to the list of chats"):
        await page.get_by_role("button", name="New chat").click()
        await expect(page.get_by_role("alert").filter(has_text="drafts and what waits to be sent")).to_be_visible()
        await ani.look()
        await page.get_by_role("button", name=way).click()
        await ani.open_chat("Belanja")
        await expect(draft).to_have_value("belum selesai", timeout=30_000)
        await page.evaluate("() => { HTMLDialogElement.prototype.showModal = () => { throw new Error('broken') } }")


async def _no_network(ani: AppPerson) -> None:
    """It opens without a network."""
    await ani.page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    await ani.context.set_offline(True)
    await ani.page.reload()
    await at_home(ani.page)
    await expect(ani.page.get_by_text("You are offline.")).to_be_visible(timeout=20_000)
    await ani.look()
    await ani.context.set_offline(False)
    await expect(ani.page.get_by_text("You are offline.")).to_have_count(0, timeout=60_000)


async def _mistaken_refusal(ani: AppPerson) -> None:
    """A token that is refused by mistake ends nothing."""
    refused = 0

    async def refuse(route: Route) -> None:
        nonlocal refused
        refused += 1
        await route.fulfill(status=401, json=REFUSAL)

    await ani.page.route("**/_matrix/client/v3/sync*", refuse)
    # What is said ends the sync that is under way.
    await ani.open_chat("Catatan")
    await ani.say("halo")
    while refused < 2:
        await ani.page.wait_for_timeout(200)
    await ani.page.unroute("**/_matrix/client/v3/sync*")
    await at_home(ani.page)
    await ani.page.reload()
    await at_home(ani.page)


async def _jumping_clock(ani: AppPerson) -> None:
    """A clock that jumps ends nothing, and disorders nothing."""
    page, now = ani.page, datetime.now(UTC)
    await ani.open_chat("Catatan")
    await page.clock.install()
    said = []
    for hours in (1, -1, 0):
        await page.clock.set_system_time(now + timedelta(hours=hours))
        said.append(f"jam {hours}")
        await ani.say(said[-1])
        sent = page.get_by_role("article", name="Sent").filter(has_text=said[-1])
        await expect(sent).to_be_visible(timeout=30_000)
    await page.reload()
    await ani.reads(said[-1])
    # Of a row that is not measured yet, the inner text is empty.
    told = await page.get_by_role("article").all_text_contents()
    order = [next(text for text in said if text in article) for article in told if "jam" in article]
    assert order == said


async def test_a_tab_takes_over_while_the_other_renews_its_token(ani: AppPerson) -> None:
    """The server has given the next tokens, and their answer is on its way to the tab that has lost the session."""
    asked, taken_over = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        answer = await route.fetch()
        asked.set()
        await taken_over.wait()
        await route.fulfill(response=answer)

    first, second = ani.page, await ani.context.new_page()
    ani.watch(second)
    await make_group(first, "Catatan")
    await second.goto(f"{ani.url}/")
    await first.route("**/oauth2/token", hold)
    await refuse_token_once(first)
    await ani.say("satu")
    await asyncio.wait_for(asked.wait(), 60)
    await second.get_by_role("button", name="Use it here").click()
    await at_home(second)
    taken_over.set()
    await expect(first.get_by_role("heading", name="Amanat is open in another tab")).to_be_visible(timeout=20_000)

    # Not even a late answer ends what the second tab has: it renews the same tokens, and sends what the first began.
    ani.page = second
    await ani.open_chat("Catatan")
    await ani.reads("satu")
    async with second.expect_response(lambda answer: answer.url.endswith("/oauth2/token") and answer.ok):
        await refuse_token_once(second)
        await ani.say("dua")
    sent = second.get_by_role("article", name="Sent")
    await expect(sent).to_have_text([re.compile("satu"), re.compile("dua")], timeout=20_000)
    assert ani.strange == []


async def test_a_device_that_is_signed_out_from_elsewhere_keeps_nothing(ani: AppPerson) -> None:
    account = await ani.context.new_page()
    await account.goto(f"{ani.url}/_amanat/account/devices")
    await account.get_by_role("listitem").get_by_role("link", name="Amanat").click()
    await account.get_by_role("button", name="Sign it out").click()
    await expect(ani.page.get_by_role("heading", name="The session on this device has ended")).to_be_visible(
        timeout=60_000
    )
    await ani.look()
    assert await ani.page.evaluate(KEPT) == []


async def test_signing_out_asks_first_where_messages_would_be_lost(ani: AppPerson) -> None:
    page = ani.page
    await make_group(page, "Catatan")
    await page.route("**/room_keys/keys**", lambda route: route.abort())
    await ani.say("belum tercadang")
    await ani.sends("belum tercadang")
    await page.goto(f"{ani.url}/#/me")
    await page.get_by_role("button", name="Sign out of this device").click()
    await page.get_by_role("dialog").get_by_role("button", name="Sign out", exact=True).click()
    behind = page.get_by_role("dialog", name="Your newest messages are not backed up")
    await expect(behind.get_by_role("button", name="Sign out anyway")).to_be_visible(timeout=20_000)
    await ani.look()
    await behind.get_by_role("button", name="Close").click()
    await page.unroute("**/room_keys/keys**")

    await page.goto(f"{ani.url}/#/me/recovery")
    await page.get_by_role("button", name="Make a new code").click()
    await expect(page.get_by_label("Message unlock code")).not_to_be_empty(timeout=30_000)
    assert await page.get_by_label("Message unlock code").inner_text() != ani.unlock_code
    await ani.look()
    await page.get_by_role("button", name="Later").click()
    await page.goto(f"{ani.url}/#/me")
    await page.get_by_role("button", name="Sign out of this device").click()
    await page.get_by_role("dialog").get_by_role("button", name="Sign out", exact=True).click()
    await expect(page.get_by_role("heading", name="You will lose your messages")).to_be_visible(timeout=20_000)
    await ani.look()
    await page.get_by_role("button", name="Sign out and lose them").click()
    await expect(page.get_by_role("button", name="Sign up with your phone number")).to_be_visible(timeout=20_000)
    assert await page.evaluate(KEPT) == []


async def refuse_token_once(page: Page) -> None:
    """Have the next message of a tab refused, so that it renews its token."""

    async def refuse(route: Route) -> None:
        await route.fulfill(status=401, json=REFUSAL)

    await page.route("**/_matrix/client/v3/rooms/*/send/**", refuse, times=1)


async def make_group(page: Page, name: str) -> None:
    """Make a group of one, and open it."""
    await page.get_by_role("button", name="New chat").click()
    await page.get_by_role("button", name="New group").click()
    await page.get_by_label("Name of the group").fill(name)
    await page.get_by_role("button", name="Make the group").click()
    await expect(page.locator("header").get_by_text(name, exact=True)).to_be_visible(timeout=30_000)


async def begin_with_an_older_build(person: AppPerson) -> None:
    """Load the app anew as if this browser had got it from an older build, by which the server was replaced since."""

    async def older(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, body=f"{await answer.text()}\n// older")

    page = person.page
    await page.evaluate("async () => { await (await navigator.serviceWorker.ready).unregister() }")
    await person.context.route("**/sw.js", older)
    await page.reload()
    await page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    await person.context.unroute("**/sw.js")


async def at_home(page: Page) -> None:
    """See the list of chats."""
    await expect(page.get_by_role("heading", name="Chats", exact=True)).to_be_visible(timeout=30_000)
