"""A passkey that also opens old messages: offered at sign-up, used later on, and no wall before the other ways."""

from typing import Any, Final

from playwright.async_api import CDPSession, Page, Playwright, expect

from tests.e2e.web_app import AppPerson

NUMBER = "+6281234567890"
AUTHENTICATOR: Final[Any] = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "hasPrf": True,
}


async def test_a_passkey_made_at_sign_up_opens_old_messages(playwright: Playwright, url: str) -> None:
    ani = await AppPerson.arrive(playwright, url)
    page, finger = ani.page, await Finger.of(ani)
    await begin_account(ani)
    await page.goto(f"{url}/_amanat/account/passkeys")
    await page.get_by_label("What to call it").fill("My phone")
    await page.get_by_role("button", name="Add a passkey").click()
    await expect(page.get_by_text("My phone").first).to_be_visible(timeout=20_000)

    await page.goto(url)
    await enter(page, "Keep your message unlock code")
    code = await page.get_by_label("Message unlock code").inner_text()
    await page.get_by_role("button", name="Use my passkey as well").click()
    await expect(page.get_by_text("Your passkey opens your messages as well.")).to_be_visible(timeout=20_000)
    await ani.look()
    await page.get_by_role("button", name="Later").click()
    await page.get_by_role("button", name="New chat").click()
    await page.get_by_role("button", name="New group").click()
    await page.get_by_label("Name of the group").fill("Catatan")
    await page.get_by_role("button", name="Make the group").click()
    await ani.say("pesan lama")
    await ani.reads("pesan lama")

    await sign_out(ani)
    await enter(page, "Open your messages")
    await page.get_by_role("button", name="With a passkey").click()
    await ani.open_chat("Catatan")
    await ani.reads("pesan lama")

    # A prompt that nobody answers leaves the other ways open, and goes when one is chosen.
    await sign_out(ani)
    await enter(page, "Open your messages")
    await finger.stays_away()
    await page.get_by_role("button", name="With a passkey").click()
    await expect(page.get_by_role("button", name="With a passkey")).to_be_disabled()
    await page.get_by_role("button", name="With another phone that is signed in").click()
    await page.get_by_role("button", name="Cancel").click()
    await page.get_by_role("button", name="With a passkey").click()
    await ani.look()
    await page.get_by_label("Message unlock code").fill(code)
    await page.get_by_role("button", name="Open", exact=True).click()
    await ani.open_chat("Catatan")
    await ani.reads("pesan lama")
    assert ani.strange == []
    await ani.leave()


class Finger:
    """Whoever answers the browser's prompts for passkeys, at once or not at all."""

    def __init__(self, tools: CDPSession, authenticator: str) -> None:
        self._tools = tools
        self._authenticator = authenticator

    @classmethod
    async def of(cls, person: AppPerson) -> "Finger":
        """Give somebody's browser a maker of passkeys, and answer whatever it asks."""
        tools = await person.devtools()
        await tools.send("WebAuthn.enable")
        made = await tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        return cls(tools, made["authenticatorId"])

    async def stays_away(self) -> None:
        """Answer nothing from now on."""
        await self._tools.send(
            "WebAuthn.setAutomaticPresenceSimulation", {"authenticatorId": self._authenticator, "enabled": False}
        )


async def begin_account(person: AppPerson) -> None:
    """Make an account on the server's pages, and stay there before the last one."""
    page = person.page
    await page.get_by_role("button", name="Sign up with your phone number").click()
    await person.give_number(NUMBER)
    await page.get_by_label("Name", exact=True).fill("Ani")
    await page.get_by_label("User name", exact=True).fill("ani")
    await page.get_by_role("button", name="Continue").click()
    await expect(page.get_by_role("link", name="No PIN")).to_be_visible(timeout=20_000)


async def enter(page: Page, until: str) -> None:
    """Come into the app with the account that is signed in on the server's pages."""
    await page.get_by_role("button", name="I have an account").click(timeout=30_000)
    allow = page.get_by_role("button", name="Allow")
    reached = page.get_by_role("heading", name=until)
    await expect(allow.or_(reached).first).to_be_visible(timeout=30_000)
    if await allow.count():
        await allow.click()
    await expect(reached).to_be_visible(timeout=30_000)


async def sign_out(person: AppPerson) -> None:
    """Leave, by Me."""
    await person.page.goto(f"{person.url}/#/me")
    await person.page.get_by_role("button", name="Sign out of this device").click()
    await person.page.get_by_role("dialog").get_by_role("button", name="Sign out", exact=True).click()
