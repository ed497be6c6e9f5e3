"""Me: settings survive, what is private stays private, and what was said is found again."""

import re
from urllib.parse import quote, unquote

import httpx
from playwright.async_api import Playwright, expect

from tests.e2e.web_app import PHONE, AppPerson

# Where on the disk a text stands: every row of every database, as bytes.
_FIND_ON_DISK = """async (sought) => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const bytes = (value) => value instanceof CryptoKey ? "" : ArrayBuffer.isView(value) || value instanceof ArrayBuffer
    ? new TextDecoder().decode(value) : JSON.stringify(value, (_, each) =>
      ArrayBuffer.isView(each) || Array.isArray(each) && each.every(Number.isInteger)
        ? new TextDecoder().decode(Uint8Array.from(each)) : each) ?? "";
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(all.getAllKeys()), done(all.getAll())]);
      for (const each of [...keys, ...values]) if (bytes(each).includes(sought)) found.push(`${name}/${store}`);
    }
    database.close();
  }
  return found;
}"""


async def test_settings_survive_and_the_account_is_one_link_away(playwright: Playwright, url: str) -> None:
    ani = await AppPerson.arrive(playwright, url)
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    page = ani.page
    await page.get_by_role("link", name="Me", exact=True).click()
    await expect(page.get_by_text("@ani")).to_be_visible()
    await ani.look()
    await page.get_by_role("link", name="Phones and computers").click()
    await expect(page.get_by_text("This one")).to_be_visible()
    await expect(page.get_by_text("Unrecognised app")).to_have_count(0)
    await ani.look()

    await page.get_by_role("link", name="Name and picture").click()
    await page.get_by_label("Name", exact=True).fill("Ani Lestari")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved.")).to_be_visible()

    await page.get_by_role("link", name="Privacy", exact=False).first.click()
    await page.get_by_role("switch", name="Read marks").click()
    await ani.look()

    await page.get_by_role("link", name="Language and look").click()
    await page.get_by_role("radio", name="Dark").check(force=True)
    await page.get_by_role("radio", name="Bahasa Indonesia").check(force=True)
    await expect(page.get_by_role("heading", name="Bahasa dan tampilan")).to_be_visible()
    await ani.look()
    await ani.pauses()

    await page.reload()
    await expect(page.get_by_role("radio", name="Gelap")).to_be_checked()
    assert await page.evaluate("document.documentElement.dataset.theme") == "dark"
    await page.goto(f"{url}/#/me/privacy")
    await expect(page.get_by_role("switch", name="Tanda dibaca")).not_to_be_checked()
    await page.goto(f"{url}/#/me/data")
    await expect(page.get_by_role("link", name="Siapa membaca dataku")).to_have_attribute(
        "href", f"{url}/_amanat/account/readers"
    )
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Tombol pintas")).to_be_visible()
    await ani.look()
    assert ani.strange == []
    await ani.leave()


async def test_what_was_said_is_found_until_it_is_deleted_and_a_locked_chat_by_its_code_alone(
    playwright: Playwright, url: str
) -> None:
    ani = await AppPerson.arrive(playwright, url)
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    budi = await AppPerson.arrive(playwright, url, view=PHONE, theme="dark")
    await budi.sign_up(number="+6281234567891", handle="budi", name="Budi")
    await budi.page.goto(f"{url}/#/me/privacy")
    await budi.page.get_by_role("switch", name="Read marks").click()
    await ani.start_chat("budi")
    await ani.say("Ibu sudah mengirimkan rahasianya")
    await budi.page.goto(f"{url}/#/chats")
    await budi.open_chat("Ani")
    await budi.page.get_by_role("button", name="Accept").click()
    await budi.reads("rahasianya")
    await budi.say("sudah kubaca")
    await ani.reads("sudah kubaca")
    # Budi has read it, and Ani does not learn so.
    await expect(ani.page.get_by_label("Read", exact=True)).to_have_count(0)

    page = ani.page
    await page.goto(f"{url}/#/me/search")
    search = page.get_by_label("Search your messages")
    found = page.get_by_role("link").filter(has_text="mengirimkan rahasianya")
    await expect(page.get_by_text("2 messages can be searched")).to_be_visible()
    await page.reload()
    await search.fill("dikirim")
    await expect(found).to_be_visible()
    await ani.look()
    await page.get_by_role("button", name="Index older messages").click()
    await expect(page.get_by_text("1 of 1 chats")).to_be_visible()
    assert await _disk_has(ani, "rahasia") == []

    await _lock_away(ani, "Budi", code="kopi susu")
    await page.goto(f"{url}/#/me/search")
    await search.fill("dikirim")
    await expect(page.get_by_text("0 messages found")).to_be_visible()
    await search.fill("kopi susu")
    await page.get_by_role("link", name="Budi").click()
    await ani.reads("rahasianya")

    await page.goto(f"{url}/#/me/lock")
    await page.get_by_role("button", name="Remove this lock").click()
    await page.goto(f"{url}/#/me/search")
    await page.get_by_role("button", name="Index older messages").click()
    await search.fill("dikirim")
    await expect(found).to_be_visible()
    await _delete(ani, await found.get_attribute("href") or "")
    await search.fill("")
    await search.fill("kirim")
    await expect(page.get_by_text("0 messages found")).to_be_visible(timeout=20_000)
    assert (ani.strange, budi.strange) == ([], [])
    for person in (ani, budi):
        await person.leave()


async def _lock_away(person: AppPerson, chat: str, *, code: str) -> None:
    """Lock a person's only chat behind a secret code, from its details: nothing shows then that it is there."""
    page = person.page
    await page.goto(f"{person.url}/#/chats")
    await person.open_chat(chat)
    await person.about()
    await page.get_by_role("link", name="Lock this chat").click()
    for field in ("PIN or code", "Type it once more"):
        await page.get_by_label(field).fill(code)
    await page.get_by_role("button", name="Set the lock").click()
    await expect(page.get_by_role("switch", name=chat)).not_to_be_checked()
    await page.go_back()
    await page.get_by_role("switch", name="Lock this chat").click()
    await person.look()
    await page.goto(f"{person.url}/#/me/lock")
    await expect(page.get_by_role("switch", name=chat)).to_be_checked()
    # A lock that may be seen is found in the list; one that hides is not.
    await page.get_by_role("button", name="Lock now").click()
    await page.goto(f"{person.url}/#/chats")
    await page.get_by_role("link", name="Locked chats").click()
    await page.get_by_label("PIN or code").fill(code)
    await page.get_by_role("button", name="Open", exact=True).click()
    await page.get_by_role("switch", name="Hide the lock too").click()
    await person.look()
    await page.get_by_role("button", name="Lock now").click()
    await expect(page.get_by_role("button", name="Set the lock")).to_be_visible()
    await page.goto(f"{person.url}/#/chats")
    await expect(page.get_by_text("No chats yet")).to_be_visible()
    await expect(page.get_by_role("link", name="Locked chats")).to_have_count(0)


async def _disk_has(person: AppPerson, sought: str) -> list[str]:
    found: list[str] = await person.page.evaluate(_FIND_ON_DISK, sought)
    return found


async def _delete(person: AppPerson, link: str) -> None:
    """Delete the message that a link leads to, as another app of the same person would."""
    found = re.fullmatch(r"#/chats/(.*)/at/(.*)", link)
    assert found is not None
    room_id, event_id = (unquote(part) for part in found.groups())
    async with person.page.expect_request(lambda request: "authorization" in request.headers) as asked:
        pass
    token = (await asked.value).headers["authorization"]
    path = f"/_matrix/client/v3/rooms/{quote(room_id, safe='')}/redact/{quote(event_id, safe='')}/1"
    async with httpx.AsyncClient(base_url=person.url, headers={"Authorization": token}) as http:
        assert (await http.put(path, json={})).status_code == 200
