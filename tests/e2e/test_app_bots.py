"""A bot in the app: people see which programs reach their chat with it."""

from pathlib import Path
from typing import Final

from playwright.async_api import expect

from amanat.cli.main import main
from tests.e2e.conftest import GATEWAY
from tests.e2e.web_app import PHONE, AppPerson

pytestmark = GATEWAY

BOT: Final = "bot-telegram"
PATIENCE_MS: Final = 100_000
"""The gateway is told at once; the app looks each minute."""


async def test_people_see_which_programs_read_their_chat(ani: AppPerson, tmp_path: Path) -> None:
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    page = ani.page
    await page.get_by_role("button", name="New chat").click()
    await page.get_by_label("User name", exact=True).fill(BOT)
    await page.get_by_role("button", name="Start chatting").click()
    await page.get_by_role("button", name="Rather not").wait_for()
    await page.get_by_role("button", name="Start chatting").click()
    await expect(page.get_by_label("Write a message")).to_be_visible()
    await ani.about()
    programs = page.get_by_role("region", name="Programs that come in through Bot telegram")
    await expect(programs.get_by_role("listitem").filter(has_text="first")).to_contain_text("until it is revoked")
    _token(tmp_path, "add", "kasir", "--hours", "5", "--scopes", "read,write")
    kasir = programs.get_by_role("listitem").filter(has_text="kasir")
    await expect(kasir).to_contain_text("reads, writes", timeout=PATIENCE_MS)
    await programs.scroll_into_view_if_needed()
    await ani.look()

    _token(tmp_path, "revoke", "kasir")
    await page.set_viewport_size(PHONE)
    await expect(kasir).to_contain_text("ended", timeout=PATIENCE_MS)
    await ani.look()


def _token(folder: Path, *arguments: str) -> None:
    assert main(["bot", "token", BOT, *arguments, "--data", str(folder / "data-gateway")]) == 0
