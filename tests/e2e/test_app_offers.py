"""Offers of a business in the app: one lets it send them, sees that it may, and takes that back."""

from typing import Any, Final

import httpx
from msgspec import json
from playwright.async_api import expect

from tests.e2e.conftest import GATEWAY
from tests.e2e.lab_told import told_by
from tests.e2e.web_app import PHONE, AppPerson
from tests.gateway.cloud_api.hook import VERIFY_TOKEN, Hook, hook
from tests.processes import AmanatProcess

pytestmark = GATEWAY

BOT: Final = "bot-cloud"
OFFER: Final = {"name": "diskon", "language": {"code": "id"}}


class _Business:
    """Calls the API with what the lab printed."""

    def __init__(self, lab: AmanatProcess) -> None:
        self.held = json.decode(told_by(lab, "bots"))["cloud"]
        headers = {"authorization": f"Bearer {self.held['access_token']}"}
        self._http = httpx.AsyncClient(base_url=self.held["base_url"], headers=headers, timeout=60)

    async def call(self, method: str, path: str, **fields: Any) -> dict[str, Any]:
        answer: dict[str, Any] = (await self._http.request(method, path, json=fields or None)).json()
        return answer

    async def send(self, to: str, kind: str, value: object) -> dict[str, Any]:
        phone = self.held["phone_number_id"]
        return await self.call(
            "POST", f"/{phone}/messages", messaging_product="whatsapp", to=to, type=kind, **{kind: value}
        )

    async def close(self) -> None:
        await self._http.aclose()


async def test_somebody_lets_a_business_send_offers_and_stops_it(ani: AppPerson, lab: AmanatProcess) -> None:
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    page, business = ani.page, _Business(lab)
    async with hook() as told:
        who = await _begins(ani, business, told)
        template = {"type": "BODY", "text": "Kopi gratis hari ini."}
        shelf = f"/{business.held['business_account_id']}/message_templates"
        await business.call("POST", shelf, name="diskon", language="id", category="MARKETING", components=[template])
        await business.send(who, "text", {"body": "Selamat datang."})
        log = page.get_by_role("log")
        await expect(log.get_by_text("Selamat datang.")).to_be_visible()

        await ani.about()
        offers = page.get_by_role("region", name="Offers")
        switch = offers.get_by_role("switch", name="Get offers here")
        await expect(switch).not_to_be_checked()
        await switch.scroll_into_view_if_needed()
        await switch.press("Space")
        await expect(log.get_by_text("You get offers from here.")).to_be_visible()
        await expect(switch).to_be_checked()
        await expect(offers.get_by_text("Waiting for the service to answer.")).to_have_count(0)
        assert (await told.gets("user_preferences"))["user_preferences"][0]["value"] == "resume"
        await ani.look()

        assert "error" not in await business.send(who, "template", OFFER)
        offer = log.get_by_role("article").filter(has_text="Kopi gratis hari ini.")
        await offer.get_by_role("button", name="Stop offers").click()
        await expect(log.get_by_text("You get no offers from here.")).to_be_visible()
        await expect(switch).not_to_be_checked()
        assert (await told.gets("user_preferences"))["user_preferences"][0]["value"] == "stop"
        assert (await business.send(who, "template", OFFER))["error"]["code"] == 131050
        await page.set_viewport_size(PHONE)
        await switch.scroll_into_view_if_needed()
        await ani.look()
    await business.close()


async def _begins(ani: AppPerson, business: _Business, told: Hook) -> str:
    """Let Ani write to the business, and return what it knows her by."""
    page, app = ani.page, business.held["business_account_id"]
    set_ = await business.call(
        "POST", f"/{app}/subscribed_apps", override_callback_uri=told.url, verify_token=VERIFY_TOKEN
    )
    assert set_ == {"success": True}
    await page.get_by_role("button", name="New chat").click()
    await page.get_by_label("User name", exact=True).fill(BOT)
    await page.get_by_role("button", name="Start chatting").click()
    await page.get_by_role("button", name="Rather not").wait_for()
    await page.get_by_role("button", name="Start chatting").click()
    await ani.say("halo")
    who: str = (await told.gets("messages"))["contacts"][0]["user_id"]
    return who
