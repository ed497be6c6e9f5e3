"""A service comes into a group: who brings it in is told what that means, and nobody else writes to it unasked."""

import re
from pathlib import Path
from urllib.parse import unquote

from playwright.async_api import Locator, Playwright, expect

from tests.clients.nio_person import NioPerson
from tests.e2e.service import Service
from tests.e2e.web_app import PHONE, AppPerson

NAME = "Keluarga"


async def test_nothing_is_encrypted_to_a_service_in_a_group_before_one_goes_on(
    playwright: Playwright, url: str, budi: NioPerson, tmp_path: Path
) -> None:
    office = Service(budi)
    await office.publish_identity()
    await office.state(1, host="PT Contoh")
    ani = await AppPerson.arrive(playwright, url)
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    sari = await AppPerson.arrive(playwright, url, view=PHONE, theme="dark")
    await sari.sign_up(number="+6281234567891", handle="sari", name="Sari")
    room_id = await _make_group(ani)
    await sari.open_chat(NAME)
    await sari.page.get_by_role("button", name="Accept").click()
    await sari.reads("selamat datang")
    # A member who is no admin is told so, and the service hears of nothing.
    await _asks_for(sari, room_id)
    await expect(sari.page.get_by_text("This is a service. Only an admin can bring it in.")).to_be_visible()
    await sari.page.goto(f"{url}/#/chats/{room_id}")

    await _asks_for(ani, room_id)
    sheet = ani.page.get_by_role("dialog", name="Bring in Budi?")
    await expect(sheet.get_by_text("Run by PT Contoh for Budi: PT Contoh can read this")).to_be_visible()
    await ani.look(tmp_path / "bring-in.png")
    await sheet.get_by_role("button", name="Bring into the group").click()
    await expect(sheet).to_be_hidden()
    await budi.join(room_id)

    # Whoever brought it in goes on; the others are asked, and who asked it in is told.
    await ani.page.goto(f"{url}/#/chats/{room_id}")
    await ani.say("halo semua")
    await budi.hears(room_id, "halo semua")
    assert len(_keys(budi, room_id)) == 1
    await expect(sari.page.get_by_role("log").get_by_text("Ani invited Budi")).to_be_visible()
    await expect(sari.page.locator("header").get_by_text("PT Contoh can read this")).to_be_visible()
    await _is_asked_first(sari, ani, budi=budi, room_id=room_id, picture=tmp_path / "held.png")
    await sari.look(tmp_path / "agreed.png")

    # Asked once, also after a reload; another host is another reader.
    await sari.page.reload()
    await sari.say("satu lagi")
    await budi.hears(room_id, "satu lagi")
    await office.state(2, host="PT Lain")
    await sari.page.reload()
    await expect(_held(sari).get_by_text("PT Lain can read all that you write here")).to_be_visible()
    for person in (ani, sari):
        assert person.strange == []
        await person.leave()


def _held(person: AppPerson) -> Locator:
    return person.page.get_by_role("region", name="Your messages are held back")


async def _is_asked_first(sari: AppPerson, ani: AppPerson, *, budi: NioPerson, room_id: str, picture: Path) -> None:
    """Let somebody write who is asked about the service first, and then goes on."""
    held = _held(sari)
    await expect(held.get_by_text("The service Budi is in this group.")).to_be_visible()
    await expect(held.get_by_text("PT Contoh can read all that you write here from now on")).to_be_visible()
    await sari.say("hanya untuk keluarga")
    await sari.look(picture)
    await ani.say("masih di sini?")
    await budi.hears(room_id, "masih di sini?")
    await expect(ani.page.get_by_text("hanya untuk keluarga")).to_have_count(0)
    assert len(_keys(budi, room_id)) == 1, "the service has a key of somebody who has not gone on"
    await held.get_by_role("button", name="Leave the group").click()
    leave = sari.page.get_by_role("dialog", name="Leave the group?")
    await leave.get_by_role("button", name="Stay").click()
    await expect(leave).to_be_hidden()

    await held.get_by_role("button", name="Go on sending").click()
    await budi.hears(room_id, "hanya untuk keluarga")
    await expect(held).to_be_hidden()
    assert len(_keys(budi, room_id)) == 2


async def _make_group(person: AppPerson) -> str:
    """Make a group with Sari in it, greet her, and return its room."""
    page = person.page
    await page.get_by_role("button", name="New chat").click()
    await page.get_by_role("button", name="New group").click()
    await page.get_by_label("Name of the group").fill(NAME)
    await page.get_by_label("Add by user name").fill("sari")
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.get_by_role("button", name="Sari")).to_be_visible()
    await page.get_by_role("button", name="Make the group").click()
    await expect(page.get_by_role("listitem").filter(has_text=NAME)).to_be_visible()
    await person.say("selamat datang")
    return unquote(re.findall(r"#/chats/([^/]+)", page.url)[0])


async def _asks_for(person: AppPerson, room_id: str) -> None:
    """Ask the service into the group, on its page."""
    await person.page.goto(f"{person.url}/#/chats/{room_id}/group")
    await person.page.get_by_role("button", name="Invite somebody").click()
    sheet = person.page.get_by_role("dialog", name="Invite somebody")
    await sheet.get_by_label("User name").fill("budi")
    await sheet.get_by_role("button", name="Invite", exact=True).click()


def _keys(service: NioPerson, room_id: str) -> set[str]:
    """Return whose keys of a group a service has, by their devices."""
    assert service.client.olm is not None
    return {session.sender_key for session in service.client.olm.inbound_group_store if session.room_id == room_id}
