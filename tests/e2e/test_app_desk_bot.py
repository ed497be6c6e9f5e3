"""A bot at the staff's desk: what its webhook got is looked at and sent again, and a token is made and revoked."""

import re
from pathlib import Path
from typing import Any, Final

import httpx
from msgspec import json
from playwright.async_api import Playwright, expect

from amanat.cli.main import main
from tests.clients.nio_person import NioPerson
from tests.e2e.conftest import DESK
from tests.e2e.lab_told import told_by
from tests.e2e.web_app import PHONE, AppPerson
from tests.processes import AmanatProcess

pytestmark = DESK

BOT: Final = "bot-telegram"
BOT_ID: Final = f"@{BOT}:localhost"
NOWHERE: Final = "http://127.0.0.1:9/kasir"


async def test_a_lead_looks_after_a_bot(playwright: Playwright, lab: AmanatProcess, tmp_path: Path) -> None:
    async with (
        await NioPerson.register(lab.url, "ani", tmp_path / "ani") as ani,
        await NioPerson.register(lab.url, "budi", tmp_path / "budi") as budi,
    ):
        data = str(tmp_path / "data-gateway")
        assert main(["bot", "staff", BOT, "add", budi.user_id, "--role", "lead", "--data", data]) == 0
        access = json.decode(told_by(lab, "bots"))["telegram"]
        await _call(access, "setWebhook", url=NOWHERE, allowed_updates=["message"])
        room_id = await ani.create_room(invite=[BOT_ID])
        await ani.knows_members(room_id, [ani.user_id, BOT_ID])
        await ani.until(lambda: any(ani.client.device_store.active_user_devices(BOT_ID)) or None, "its keys")
        await ani.say(room_id, "Apakah masih buka?")

        clerk = await _sign_in(playwright, lab, budi)
        await _looks_after_deliveries(clerk)
        # The command asks the same gateway, which alone writes.
        assert main(["bot", "deliveries", BOT, "1", "--data", data]) == 0
        assert main(["bot", "replay", BOT, "1", "--data", data]) == 0
        await expect(clerk.page.get_by_text("3 updates")).to_be_visible()
        token = await _makes_a_token(clerk)
        assert (await _call({**access, "token": token}, "getMe"))["is_bot"]
        page = clerk.page
        await page.get_by_role("button", name="Revoke kasir").click()
        await page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
        kasir = page.get_by_role("listitem").filter(has_text="kasir")
        await expect(kasir).to_contain_text("ended")
        await page.get_by_role("link", name="Staff").click()
        trail = page.get_by_role("region", name="Trail")
        for act in (
            "tested the webhook",
            "looked into a delivery",
            "delivered again",
            "made a token",
            "revoked a token",
        ):
            await expect(trail.get_by_text(act)).to_be_visible()
        await clerk.look()
        assert clerk.strange == []
        await clerk.leave()


async def _looks_after_deliveries(clerk: AppPerson) -> None:
    page = clerk.page
    state = page.get_by_role("region", name="How the bot is doing")
    await expect(state).to_contain_text(NOWHERE)
    first = page.get_by_role("region", name="The last 100 deliveries").get_by_role("listitem").last
    await expect(first).to_contain_text("Will be tried again")
    await expect(page.get_by_text("Apakah masih buka?")).to_be_hidden()
    # By keyboard: with each try the rows move down under a pointer.
    await first.get_by_role("button", name=re.compile("Look inside: message")).press("Enter")
    await expect(first.get_by_role("region", name="What was delivered")).to_contain_text("Apakah masih buka?")
    await clerk.look()
    await first.get_by_role("button", name=re.compile("Deliver again: message")).press("Enter")
    await expect(page.get_by_text("It waits to be delivered again.")).to_be_visible()
    await expect(state).to_contain_text("2 updates")
    await page.get_by_role("button", name="Send a test").click()
    await expect(page.get_by_text("The test was sent.")).to_be_visible()
    tested = page.get_by_role("listitem").filter(has=page.get_by_text("test", exact=True))
    await expect(tested).to_contain_text("Failed")
    view = page.viewport_size
    await page.set_viewport_size(PHONE)
    await clerk.look()
    assert view is not None
    await page.set_viewport_size(view)


async def _makes_a_token(clerk: AppPerson) -> str:
    page = clerk.page
    await page.get_by_role("link", name="Tokens").click()
    await expect(page.get_by_role("listitem").filter(has_text="first")).to_contain_text("until it is revoked")
    await page.get_by_label("Name of the token").fill("kasir")
    await page.get_by_label("Lasts").select_option("8 hours")
    await clerk.look()
    await page.get_by_role("button", name="Make a token").click()
    made = page.get_by_role("dialog", name="Token kasir")
    token = await made.locator("code").inner_text()
    await clerk.look()
    await made.get_by_role("button", name="I have kept it").click()
    await expect(made).to_be_hidden()
    await expect(page.get_by_role("listitem").filter(has_text="kasir")).to_contain_text("Read")
    await page.set_viewport_size(PHONE)
    await clerk.look()
    return token


async def _sign_in(playwright: Playwright, lab: AmanatProcess, budi: NioPerson) -> AppPerson:
    clerk = await AppPerson.arrive(playwright, told_by(lab, "desk"))
    page = clerk.page
    await page.get_by_role("button", name="Sign in with your account").click()
    by_password = page.get_by_role("link", name="Sign in with a password")
    field = page.get_by_label("Password", exact=True)
    await expect(by_password.or_(field).first).to_be_visible()
    if await by_password.is_visible():
        await by_password.click()
    await page.get_by_label("User name").fill("budi")
    await field.fill(budi.password)
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Tell it").click()
    await expect(page.get_by_role("link", name="Deliveries")).to_be_visible()
    clerk.strange.clear()  # the homeserver's pages, on which one signs in
    return clerk


async def _call(access: dict[str, Any], method: str, **fields: Any) -> Any:
    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        answer = await http.post(f"{access['base_url']}{access['token']}/{method}", json=fields)
    assert answer.is_success, answer.text
    return answer.json()["result"]
