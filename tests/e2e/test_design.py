"""The page of every component in every state: nothing on it stands in the way of anybody, in either theme and width."""

from pathlib import Path
from typing import Any

from playwright.async_api import Playwright

from tests import processes
from tests.e2e.web_app import PHONE, WIDE, AppPerson


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
