"""The page of every component in every state: nothing on it stands in the way of anybody, in either theme and width."""

from pathlib import Path
from typing import Any

from playwright.async_api import Playwright, expect

from tests import processes
from tests.e2e.web_app import PHONE, WIDE, AppPerson

# What happens between the browser's closing a dialog on Escape and the app's hearing of it.
_CLOSED_AND_WRITING = """() => {
    document.querySelector("dialog").close();
    document.querySelector("main textarea").focus();
}"""


async def test_every_component_can_be_seen_and_reached(playwright: Playwright, tmp_path: Path) -> None:
    looks: list[tuple[Any, str]] = [(PHONE, "light"), (WIDE, "dark")]
    with processes.lab(tmp_path) as lab:
        for view, theme in looks:
            person = await AppPerson.arrive(
                playwright, lab.url.replace("127.0.0.1", "localhost"), view=view, theme=theme
            )
            await person.page.goto(f"{person.url}/design")
            await person.page.get_by_role("heading", name="Colours").wait_for()
            await person.look()
            await person.page.get_by_role("button", name="Buka lembar").click()
            await person.page.get_by_role("dialog").wait_for()
            await person.look()
            await person.page.keyboard.press("Escape")
            await person.page.get_by_role("dialog").wait_for(state="detached")
            assert person.strange == []
            await person.leave()


async def test_a_dialog_gives_the_focus_back_only_where_nobody_has_it(playwright: Playwright, url: str) -> None:
    person = await AppPerson.arrive(playwright, url)
    page = person.page
    await page.goto(f"{url}/design")
    opener, dialog = page.get_by_role("button", name="Buka lembar"), page.get_by_role("dialog")

    await opener.click()
    await page.get_by_role("button", name="Mengerti").click()
    await expect(dialog).to_have_count(0)
    await expect(opener).to_be_focused()

    await opener.click()
    await dialog.wait_for()
    await page.evaluate(_CLOSED_AND_WRITING)
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("main").locator("textarea").first).to_be_focused()
    assert person.strange == []
    await person.leave()
