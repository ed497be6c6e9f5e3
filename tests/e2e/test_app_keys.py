"""The app without a mouse: the keys that `?` lists, one after the other."""

from playwright.async_api import Page, Playwright, expect

from tests.e2e.web_app import AppPerson


async def test_everything_is_reached_by_keys(playwright: Playwright, url: str) -> None:
    ani = await AppPerson.arrive(playwright, url)
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    page, press = ani.page, ani.page.keyboard.press
    for name in ("Satu", "Dua"):
        await make_group(page, name)

    field = page.get_by_label("Write a message")
    await press("c")
    await expect(field).to_be_focused()
    await page.keyboard.type("remember")
    await press("Enter")
    await ani.reads("remember")
    # The list goes round, and the field one writes in leaves these two keys alone.
    await expect(page.get_by_role("listitem").first).to_contain_text("Dua", timeout=20_000)
    await press("Alt+ArrowUp")
    await expect(page.get_by_role("heading", name="Satu", exact=True)).to_be_visible(timeout=20_000)
    await press("Alt+ArrowDown")
    await expect(page.get_by_role("heading", name="Dua", exact=True)).to_be_visible(timeout=20_000)

    await ani.reads("remember")
    await press("e")
    await expect(field).to_have_value("remember")
    await expect(field).to_be_focused()
    await press("Escape")
    await expect(field).to_have_value("")
    await press("Escape")
    await press("m")
    await expect(page.get_by_role("listitem").filter(has_text="Dua").get_by_label("Muted")).to_be_visible(
        timeout=20_000
    )

    await press("?")
    await expect(page.get_by_role("dialog").get_by_text("The next unread chat")).to_be_visible()
    await ani.look()
    await press("Escape")
    # While it stands the keys are its own.
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await press("/")
    await expect(page.get_by_label("Search chats and messages", exact=True)).to_be_focused()
    await page.keyboard.type("sa")
    await expect(page.get_by_role("listitem").filter(has_text="Dua")).to_have_count(0)
    await press("Escape")
    await expect(page.get_by_role("listitem").filter(has_text="Dua")).to_be_visible()
    await press("Escape")
    await expect(page.get_by_text("Pick a chat")).to_be_visible()
    assert ani.strange == []
    await ani.leave()


async def make_group(page: Page, name: str) -> None:
    """Make a group of one and open it, by keys alone."""
    await page.keyboard.press("n")
    await expect(page.get_by_label("User name", exact=True)).to_be_visible()
    await page.get_by_role("button", name="New group").press("Enter")
    await page.get_by_label("Name of the group").press_sequentially(name)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible(timeout=20_000)
