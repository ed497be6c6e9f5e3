"""Pinned messages in the app: led to, far back too; stepped through; pinned by those who may."""

import re
from urllib.parse import unquote

import httpx
from playwright.async_api import Locator, expect

from tests.clients.nio_person import NioPerson
from tests.e2e.service import Service
from tests.e2e.web_app import PHONE, AppPerson

_MANY = 60  # More than is here when the app is opened again.
_NOWHERE = "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


async def _pin(budi: NioPerson, room_id: str, *event_ids: str) -> None:
    await budi.client.room_put_state(room_id, "m.room.pinned_events", {"pinned": list(event_ids)})


async def _says_with_a_lost_key(budi: NioPerson, room_id: str) -> str:
    kind, content = budi.client.encrypt(room_id, "m.room.message", {"msgtype": "m.text", "body": "hilang"})
    path = f"/_matrix/client/v3/rooms/{room_id}/send/{kind}/lost"
    token = {"Authorization": f"Bearer {budi.client.access_token}"}
    async with httpx.AsyncClient(base_url=budi.client.homeserver, headers=token) as http:
        sent = await http.put(path, json=content | {"session_id": 43 * "A"})
    return str(sent.raise_for_status().json()["event_id"])


def _bar(ani: AppPerson) -> Locator:
    return ani.page.get_by_role("region", name="Pinned messages")


async def _menu(ani: AppPerson, text: str) -> Locator:
    said = ani.page.get_by_role("log").get_by_role("article").filter(has_text=text).last
    await said.click(button="right")
    return ani.page.get_by_role("menu", name="Message options")


async def test_what_is_pinned_stands_above_the_chat(ani: AppPerson, budi: NioPerson) -> None:
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    await Service(budi).publish_identity()
    await ani.start_chat("budi")
    room_id = unquote(re.findall(r"#/chats/([^/]+)", ani.page.url)[0])
    await budi.join(room_id)
    await ani.say("halo")
    await budi.hears(room_id, "halo")
    first = await budi.say(room_id, "alamat kantor: Jalan Merdeka 1")
    await ani.reads("Jalan Merdeka 1")
    locked = await _says_with_a_lost_key(budi, room_id)
    await _pin(budi, room_id, first, locked, _NOWHERE)
    # The newest that can be read here.
    await expect(_bar(ani)).to_contain_text("Pinned 3 of 3")
    await expect(_bar(ani)).to_contain_text("Budi: alamat kantor: Jalan Merdeka 1")
    await expect(ani.page.get_by_role("log").get_by_text("Budi pinned a message")).to_be_visible()
    await ani.look()

    for place in range(_MANY):
        await budi.say(room_id, f"pesan {place}")
    await expect(ani.page.get_by_role("list", name="List of chats")).to_contain_text(f"pesan {_MANY - 1}")
    await ani.page.set_viewport_size(PHONE)
    await ani.page.reload()
    await ani.reads("pesan")
    await expect(_bar(ani)).to_contain_text("Jalan Merdeka 1")
    await _bar(ani).get_by_role("button", name="Pinned 3 of 3").click()
    there = ani.page.get_by_role("log").get_by_role("article").filter(has_text="Jalan Merdeka 1")
    await expect(there).to_be_in_viewport()
    await ani.look()
    await ani.page.get_by_role("button", name=re.compile("To the newest message|new below")).click()
    await ani.reads(f"pesan {_MANY - 1}")

    # She made the chat with him: both may pin.
    await (await _menu(ani, f"pesan {_MANY - 1}")).get_by_role("menuitem", name="Pin", exact=True).click()
    await expect(_bar(ani)).to_contain_text("Pinned 1 of 4")
    await _bar(ani).get_by_role("button", name="See all that is pinned").click()
    sheet = ani.page.get_by_role("dialog", name="Pinned messages")
    await expect(sheet.get_by_text("This message is not on this device")).to_be_visible()
    await expect(sheet.get_by_text("This message cannot be read on this device yet")).to_be_visible()
    await expect(sheet.get_by_role("listitem").first).to_contain_text(f"pesan {_MANY - 1}")
    await ani.look()
    for left in (3, 2):
        await sheet.get_by_role("listitem").nth(1).get_by_role("button", name="Unpin").click()
        await expect(sheet.get_by_role("listitem")).to_have_count(left)
    await ani.page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await (await _menu(ani, f"pesan {_MANY - 1}")).get_by_role("menuitem", name="Unpin").click()
    await expect(_bar(ani).get_by_role("button", name="Pinned Budi")).to_be_visible()
    await budi.redact(room_id, first)
    await expect(_bar(ani)).to_have_count(0)
    await _in_a_group(ani, budi, room_id)


async def _in_a_group(ani: AppPerson, budi: NioPerson, room_id: str) -> None:
    """Who may not pin sees what is pinned."""
    (ani_id,) = (user_id for user_id in budi.client.rooms[room_id].users if user_id != budi.user_id)
    group = await budi.create_room(invite=[ani_id])
    await ani.page.goto(f"{ani.url}/#/chats/{group}")
    await ani.page.get_by_role("button", name="Accept").click()
    await budi.knows_members(group, [budi.user_id, ani_id])
    rule = await budi.say(group, "rapat tiap Senin")
    await _pin(budi, group, rule)
    await expect(_bar(ani)).to_contain_text("rapat tiap Senin")
    await expect(_bar(ani).get_by_role("button", name="See all that is pinned")).to_have_count(0)
    menu = await _menu(ani, "rapat tiap Senin")
    await expect(menu.get_by_role("menuitem", name="Reply", exact=True)).to_be_visible()
    await expect(menu.get_by_role("menuitem", name="Unpin")).to_have_count(0)
