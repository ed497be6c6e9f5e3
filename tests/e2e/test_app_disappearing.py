"""Messages that disappear in the web app: by its own clock, from everywhere, offline and after a reload too."""

from collections.abc import AsyncIterator

import nio
import pytest
from playwright.async_api import Locator, Playwright, expect

from tests.clients.nio_person import NioPerson
from tests.e2e.web_app import AppPerson

DAY_MS = 24 * 60 * 60 * 1000


@pytest.fixture
async def ani(playwright: Playwright, url: str) -> AsyncIterator[AppPerson]:
    """Ani, whose browser has a clock that can be put forward."""
    person = await AppPerson.arrive(playwright, url)
    await person.sign_up(number="+6281234567890", handle="ani", name="Ani")
    await person.context.clock.install()
    yield person
    await person.leave()


def _message(ani: AppPerson, text: str) -> Locator:
    return ani.page.get_by_role("log", name="Messages").get_by_role("article").filter(has_text=text)


def _timer(ani: AppPerson) -> Locator:
    return ani.page.get_by_label("Messages disappear after", exact=True)


async def test_messages_disappear_by_the_timer_they_were_sent_under(ani: AppPerson, budi: NioPerson) -> None:
    page = ani.page
    await page.get_by_role("button", name="New chat").click()
    await page.get_by_text("Disappearing messages").click()
    await _timer(ani).select_option("1 day")
    await ani.look()
    await page.get_by_label("User name", exact=True).fill("budi")
    await page.get_by_role("button", name="Start chatting").click()
    await expect(page.get_by_text("Messages disappear after 1 day").first).to_be_attached()

    room: str = await budi.until(lambda: next(iter(budi.client.invited_rooms), None), "is invited")
    await budi.join(room)
    first = await budi.say(room, "rahasia jeruk")
    await ani.reads("rahasia jeruk")
    await ani.say("rahasia mangga")
    await page.get_by_role("button", name="Send anyway").click()
    await budi.hears(room, "rahasia mangga")
    copies = [each.source["content"].get("id.amanat.retention") for each in budi.events(room, nio.RoomMessageText)]
    assert copies[-1] == {"max_age_ms": DAY_MS}

    await ani.about()
    await _timer(ani).select_option("7 days")
    await expect(_message(ani, "rahasia mangga")).to_be_visible()
    await expect(page.get_by_text("You set messages to disappear after 7 days")).to_be_visible()
    await ani.look()
    in_reply = {"m.in_reply_to": {"event_id": first}}
    await budi.send(room, {"msgtype": "m.text", "body": "tetap seminggu", "m.relates_to": in_reply})
    answer = _message(ani, "tetap seminggu")
    await expect(answer).to_contain_text("rahasia jeruk")
    await _begins_to_answer(ani, "rahasia jeruk")

    await page.clock.fast_forward("25:00:00")
    await expect(_message(ani, "rahasia")).to_have_count(0)
    await expect(answer).to_be_visible()
    await expect(page.get_by_text("Replying to")).to_have_count(0)
    await expect(page.get_by_text("rahasia")).to_have_count(0)

    # What lies on this device was let go of, too.
    await ani.context.set_offline(True)
    await page.reload()
    await expect(answer).to_be_visible(timeout=30_000)
    await expect(page.get_by_text("rahasia")).to_have_count(0)
    # The worker that keeps syncs lives by the machine's clock: for it the message is as young as it is.
    await page.clock.fast_forward(7 * DAY_MS)
    await expect(answer).to_have_count(0)


async def _begins_to_answer(ani: AppPerson, text: str) -> None:
    """Answer a message, and stop halfway."""
    await _message(ani, text).first.click(button="right")
    await ani.page.get_by_role("menuitem", name="Reply", exact=True).click()
