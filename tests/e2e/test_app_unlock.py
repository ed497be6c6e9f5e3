"""What opens old messages on a new device, and what is left when nothing does."""

import asyncio

from playwright.async_api import Playwright, Route, expect

from tests.e2e.web_app import PHONE, AppPerson

NUMBER = "+6281234567890"


async def test_the_code_opens_old_messages(playwright: Playwright, url: str) -> None:
    ani, budi = await AppPerson.arrive(playwright, url), await AppPerson.arrive(playwright, url)
    await ani.sign_up(number=NUMBER, handle="ani", name="Ani")
    await budi.sign_up(number="+6281234567891", handle="budi", name="Budi")
    await budi.leave()
    await ani.start_chat("budi")
    # Its key comes late to the backup, as from a phone with a bad connection.
    looked = asyncio.Event()

    async def hold(route: Route) -> None:
        await looked.wait()
        await route.continue_()

    await ani.page.route("**/room_keys/keys**", hold)
    await ani.say("pesan lama")
    await ani.reads("pesan lama")
    await ani.picks_stickers()
    await ani.makes_a_sticker("kucing oranye")

    tablet = await AppPerson.arrive(playwright, url, view=PHONE, theme="dark")
    await sign_in(tablet)
    page = tablet.page
    await page.get_by_label("Message unlock code").fill("EsTx not the code")
    await page.get_by_role("button", name="Open", exact=True).click()
    await expect(page.get_by_text("This code does not fit.")).to_be_visible(timeout=20_000)
    await tablet.look()
    await page.get_by_label("Message unlock code").fill(ani.unlock_code)
    await page.get_by_role("button", name="Open", exact=True).click()
    await expect(page.get_by_role("heading", name="Chats", exact=True)).to_be_visible(timeout=30_000)
    # Budi has not accepted yet, so nobody has told Ani his name.
    await page.get_by_role("listitem").get_by_role("link").first.click()
    await expect(page.get_by_text("This message cannot be read yet")).to_be_visible()
    looked.set()
    await tablet.reads("pesan lama")
    # And what one's own devices share: the server has it sealed with a key that the code opened.
    await tablet.picks_stickers()
    sticker = page.get_by_role("tabpanel").get_by_role("button", name="kucing oranye")
    await expect(sticker.locator("img")).to_be_visible()
    await tablet.look()

    assert (ani.strange, tablet.strange) == ([], [])
    for person in (ani, tablet):
        await person.leave()


async def test_beginning_anew_is_offered_when_two_ways_have_failed(playwright: Playwright, url: str) -> None:
    lost = await AppPerson.arrive(playwright, url)
    await lost.sign_up(number=NUMBER, handle="ani", name="Ani")
    await lost.leave()

    ani = await AppPerson.arrive(playwright, url)
    await sign_in(ani)
    page = ani.page
    await page.get_by_label("Message unlock code").fill("forgotten")
    await page.get_by_role("button", name="Open", exact=True).click()
    await expect(page.get_by_text("This code does not fit.")).to_be_visible(timeout=20_000)
    await expect(page.get_by_role("button", name="Begin anew")).to_have_count(0)
    await page.get_by_role("button", name="With another phone that is signed in").click()
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_role("button", name="Begin anew").click()
    await page.get_by_role("button", name="I have allowed it").click()
    await expect(page.get_by_text("It is not allowed on the account page yet")).to_be_visible(timeout=20_000)
    await ani.look()

    async with page.expect_popup() as opening:
        await page.get_by_role("link", name="Allow it on the account page").click()
    account = await opening.value
    await account.get_by_role("button", name="Allow it").click()
    await expect(account.get_by_text("Go back to the app")).to_be_visible()
    await account.close()
    await page.get_by_role("button", name="I have allowed it").click()
    await expect(page.get_by_label("Message unlock code")).not_to_be_empty(timeout=30_000)
    assert await page.get_by_label("Message unlock code").inner_text() != lost.unlock_code
    await page.get_by_role("button", name="I have kept it").click()
    await expect(page.get_by_role("heading", name="Chats", exact=True)).to_be_visible(timeout=30_000)
    assert ani.strange == []
    await ani.leave()


async def sign_in(person: AppPerson) -> None:
    """Come to an account that has keys, on a browser that does not have them."""
    page = person.page
    await page.get_by_role("button", name="I have an account").click()
    await person.give_number(NUMBER)
    allow = page.get_by_role("button", name="Allow")
    opened = page.get_by_role("heading", name="Open your messages")
    await expect(allow.or_(opened).first).to_be_visible(timeout=30_000)
    if await allow.count():
        await allow.click()
    await expect(opened).to_be_visible(timeout=30_000)
