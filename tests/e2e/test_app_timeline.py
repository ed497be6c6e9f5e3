"""What the app shows of a chat, with somebody at another client on the other side: history, edits, deletions, keys."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import nio
import pytest
from playwright.async_api import Locator, Playwright, Route, async_playwright, expect

from tests.clients.nio_person import NioPerson
from tests.e2e.web_app import AppPerson
from tests.processes import AmanatProcess

_READ = 20
_MANY = 62  # More were not read than a first look holds.
_HOSTILE = """<mx-reply>before</mx-reply><h3>Rapat</h3><p>jam <strong>tiga</strong>
<script>document.title = "owned"</script>
<img src="https://evil.example/x.png" onerror="document.title = 'owned'"><style>* { display: none }</style>
<a href="javascript:document.title='owned'">klik</a> <a href="https://jahat.example/">bank.example</a></p>
<svg><script>document.title = "owned"</script></svg><ul><li onclick="document.title = 'owned'">satu</li></ul>"""


@pytest.fixture
async def ani(lab: AmanatProcess) -> AsyncIterator[AppPerson]:
    """Ani, who uses the app."""
    async with async_playwright() as playwright:
        person = await _arrive(playwright, lab.url.replace("127.0.0.1", "localhost"))
        yield person
        await person.leave()


async def _arrive(playwright: Playwright, url: str) -> AppPerson:
    person = await AppPerson.arrive(playwright, url)
    await person.sign_up(number="+6281234567890", handle="ani", name="Ani")
    return person


async def _meet(ani: AppPerson, budi: NioPerson) -> str:
    """Bring both into a chat that is open at Ani's."""
    token = {"Authorization": f"Bearer {budi.client.access_token}"}
    async with httpx.AsyncClient(base_url=budi.client.homeserver, headers=token) as http:
        found = await http.post("/_matrix/client/v3/user_directory/search", json={"search_term": "ani"})
    ani_id = found.json()["results"][0]["user_id"]
    room_id = await budi.create_room(invite=[ani_id])
    await ani.open_chat("Budi")
    await ani.page.get_by_role("button", name="Accept").click()
    await budi.knows_members(room_id, [budi.user_id, ani_id])
    await budi.until(lambda: any(budi.client.device_store.active_user_devices(ani_id)) or None, "knows Ani's device")
    return room_id


async def _react(budi: NioPerson, room_id: str, relation: dict[str, Any]) -> None:
    """React as our own app does: the emoji inside the ciphertext."""
    kind, content = budi.client.encrypt(room_id, "m.reaction", {"m.relates_to": relation, "id.amanat.key": "👍"})
    token = {"Authorization": f"Bearer {budi.client.access_token}"}
    async with httpx.AsyncClient(base_url=budi.client.homeserver, headers=token) as http:
        (await http.put(f"/_matrix/client/v3/rooms/{room_id}/send/{kind}/react", json=content)).raise_for_status()


def _message(ani: AppPerson, text: str) -> Locator:
    return ani.page.get_by_role("log", name="Messages").get_by_role("article").filter(has_text=text)


async def test_what_becomes_of_a_message_shows(ani: AppPerson, budi: NioPerson) -> None:
    room_id = await _meet(ani, budi)
    first = await budi.say(room_id, "see https://example.org/a_(b).")
    link = _message(ani, "see").get_by_role("link")
    await expect(link).to_have_attribute("href", "https://example.org/a_(b)")
    assert await link.get_attribute("rel") == "noreferrer noopener"

    await budi.send(
        room_id,
        {
            "msgtype": "m.text",
            "body": "* hello",
            "m.new_content": {"msgtype": "m.text", "body": "hello Ani"},
            "m.relates_to": {"rel_type": "m.replace", "event_id": first},
        },
    )
    await expect(_message(ani, "hello Ani")).to_contain_text("edited")
    await ani.page.get_by_role("button", name="edited").click()
    await expect(ani.page.get_by_role("dialog")).to_contain_text("see https://example.org")
    await ani.look()
    await ani.page.keyboard.press("Escape")

    await _react(budi, room_id, {"rel_type": "m.annotation", "event_id": first})
    await expect(ani.page.get_by_role("button", name="👍 from Budi")).to_be_visible()
    in_reply = {"m.in_reply_to": {"event_id": first}}
    await budi.send(room_id, {"msgtype": "m.text", "body": "an answer", "m.relates_to": in_reply})
    await expect(_message(ani, "an answer").get_by_role("button", name="Budi")).to_contain_text("hello Ani")

    await _formats(ani, budi, room_id)
    wrong = await budi.say(room_id, "not for you")
    await ani.reads("not for you")
    await budi.redact(room_id, wrong)
    await expect(_message(ani, "This message was deleted")).to_be_visible()
    await expect(_message(ani, "not for you")).to_have_count(0)

    branch = {"rel_type": "m.thread", "event_id": first, "is_falling_back": True, **in_reply}
    await budi.send(room_id, {"msgtype": "m.text", "body": "beside it", "m.relates_to": branch})
    await ani.page.get_by_role("link", name="1 answer").click()
    beside = ani.page.get_by_role("log", name="Answers").get_by_role("article")
    await expect(beside.filter(has_text="beside it")).to_be_visible()
    await expect(beside.filter(has_text="beside it")).to_be_in_viewport()
    await expect(_message(ani, "beside it")).to_have_count(0)
    await ani.look()

    # A key answers where one is: in the branch. Esc leaves the answer, the field and the branch.
    await ani.page.keyboard.press("r")
    answering = ani.page.get_by_role("region", name="Answers").get_by_text("Replying to Budi")
    await expect(answering).to_be_visible()
    await expect(ani.page.get_by_label("Write a message").last).to_be_focused()
    await ani.page.keyboard.press("Escape")
    await expect(answering).to_have_count(0)
    await ani.page.keyboard.press("Escape")
    await ani.page.keyboard.press("Escape")
    await expect(beside).to_have_count(0)
    # What parses a hostile text is held to the page's policy, and says what that refused; nothing was asked for.
    assert [each for each in ani.strange if "violates the following Content Security Policy" not in each] == []


async def _formats(ani: AppPerson, budi: NioPerson, room_id: str) -> None:
    """Read a formatted text that would do harm, and write one."""
    html = {"format": "org.matrix.custom.html", "formatted_body": _HOSTILE}
    await budi.send(room_id, {"msgtype": "m.text", "body": "formatted", **html})
    rapat = _message(ani, "Rapat")
    await expect(rapat.locator("strong")).to_have_text("tiga")
    await expect(rapat.get_by_role("listitem")).to_have_text("satu")
    await expect(rapat.get_by_role("link")).to_have_text("bank.example")
    await expect(rapat).to_contain_text("bank.example (jahat.example)")
    await rapat.get_by_role("listitem").click()
    assert "owned" not in await ani.page.title()

    # One's own marks are told to other apps as they tell each other, and come back when one edits.
    await ani.say("*penting* & `a<b`")
    await ani.page.get_by_role("button", name="Send anyway").click()
    await expect(_message(ani, "penting & a<b").locator("strong")).to_have_text("penting")
    await budi.hears(room_id, "*penting* & `a<b`")
    told = budi.events(room_id, nio.RoomMessageText)[-1]
    assert told.formatted_body == "<strong>penting</strong> &amp; <code>a&lt;b</code>"
    await ani.page.get_by_label("Write a message").press("ArrowUp")
    await expect(ani.page.get_by_label("Write a message")).to_have_value("*penting* & `a<b`")
    await ani.page.keyboard.press("Escape")
    await ani.look()


async def test_history_comes_without_a_jump(ani: AppPerson, budi: NioPerson) -> None:
    room_id = await _meet(ani, budi)
    first = await budi.say(room_id, "the very first")
    said = [await budi.say(room_id, f"number {number} of many") for number in range(_READ)]
    (ani_id,) = budi.client.rooms[room_id].users.keys() - {budi.user_id}
    await budi.sees_read(room_id, said[-1], by=ani_id)
    await ani.page.get_by_role("link", name="Me", exact=True).click()
    for number in range(_READ, _MANY):
        await budi.say(room_id, f"number {number} of many")

    # What was not read comes first, under a line that says so, and stays there while more comes in around it.
    await ani.page.get_by_role("link", name="Chats", exact=True).click()
    await ani.open_chat("Budi")
    log = ani.page.get_by_role("log", name="Messages")
    await expect(_message(ani, f"number {_READ} of many")).to_be_in_viewport()
    await asyncio.sleep(0.5)
    await expect(log.get_by_text("Not read yet")).to_be_in_viewport()
    await expect(_message(ani, f"number {_READ} of many")).to_be_in_viewport()

    await ani.page.reload()
    newest = ani.page.get_by_role("button", name="To the newest message")
    await newest.or_(_message(ani, f"number {_MANY - 1} of many")).first.wait_for()
    if await newest.is_visible():
        await newest.click()
    await expect(_message(ani, f"number {_MANY - 1} of many")).to_be_in_viewport()

    # While older messages come in above, what one reads stays where it is.
    for _ in range(40):
        if await _message(ani, "the very first").count():
            break
        before = await _in_sight(log)
        await log.evaluate("log => log.scrollBy(0, -300)")
        await asyncio.sleep(0.2)
        moved = [at - before[key] for key, at in (await _in_sight(log)).items() if key in before]
        # A row that is cut off at the edge may be opened in this moment, and be some pixels higher then.
        assert not moved or max(moved) <= 306, moved
    await log.evaluate("log => log.scrollTo(0, 0)")
    await expect(_message(ani, "the very first")).to_be_visible()
    await expect(log.get_by_text("Today")).to_have_count(1)

    # An answer to something long ago leads there, and back.
    in_reply = {"m.in_reply_to": {"event_id": first}}
    await budi.send(room_id, {"msgtype": "m.text", "body": "do you remember?", "m.relates_to": in_reply})
    await ani.page.get_by_role("button", name="1 new below").click()
    answer = _message(ani, "do you remember?")
    await expect(answer).to_be_in_viewport()
    await answer.get_by_role("button").click()
    await expect(_message(ani, "the very first").first).to_be_in_viewport()

    # With the keyboard alone, from one message to the next.
    await log.focus()
    await ani.page.keyboard.press("End")
    await ani.page.keyboard.press("ArrowUp")
    await expect(_message(ani, f"number {_MANY - 1} of many")).to_be_focused()
    assert ani.strange == []


async def test_who_reads_the_newest_is_carried_along_and_nobody_else(ani: AppPerson, budi: NioPerson) -> None:
    room_id = await _meet(ani, budi)
    log = ani.page.get_by_role("log", name="Messages")

    async def come_at_once(texts: list[str]) -> None:
        await ani.context.set_offline(True)
        await expect(ani.page.get_by_text("You are offline.")).to_be_visible()
        for text in texts:
            await budi.say(room_id, text)
        await ani.context.set_offline(False)
        # Its line moves everything below it.
        await expect(ani.page.get_by_text("You are offline.")).to_have_count(0, timeout=60_000)

    for number in range(20):
        await budi.say(room_id, f"number {number} of many")
    await expect(_message(ani, "number 19 of many")).to_be_in_viewport()
    await come_at_once([f"number {number} of many" for number in range(20, 35)])
    await expect(_message(ani, "number 34 of many")).to_be_in_viewport()

    await _scroll_up(log)
    before = await _in_sight(log)
    await come_at_once([f"late {number}" for number in range(15)])
    below = ani.page.get_by_role("button", name="new below")
    await expect(below).to_be_visible()
    after = await _in_sight(log)
    assert {key: at for key, at in after.items() if key in before} == before
    await below.click()
    await expect(_message(ani, "late 14")).to_be_in_viewport()
    assert [each for each in ani.strange if "ERR_INTERNET_DISCONNECTED" not in each] == []


async def _scroll_up(log: Locator) -> None:
    """Leave the newest messages, once the list is there: who scrolls while it is on its way is taken along."""
    while True:
        before, after = await log.evaluate(
            """async (log) => {
                log.scrollBy(0, -300);
                const before = log.scrollTop;
                await new Promise((then) => setTimeout(then, 300));
                return [before, log.scrollTop];
            }"""
        )
        if before == after:
            return


async def _in_sight(log: Locator) -> dict[str, float]:
    """Return where the messages in sight stand."""
    found: dict[str, float] = await log.evaluate(
        """log => Object.fromEntries([...log.querySelectorAll("article")]
            .map(each => [each.dataset.key, each.getBoundingClientRect().top]))"""
    )
    return found


class LateKeys:
    """Keeps what is sent to the device itself out of the answers to syncs, until it is let in."""

    def __init__(self) -> None:
        self._kept: list[Any] = []
        self._late = True

    def let_in(self) -> None:
        self._late = False

    async def answer(self, route: Route) -> None:
        """Answer a sync."""
        response = await route.fetch(timeout=60_000)
        answer = await response.json()
        events = answer.setdefault("to_device", {}).setdefault("events", [])
        if self._late:
            self._kept += events
            events.clear()
        else:
            events[:0], self._kept = self._kept, []
        await route.fulfill(response=response, json=answer)


async def test_what_cannot_be_read_says_why_and_heals(ani: AppPerson, budi: NioPerson) -> None:
    room_id = await _meet(ani, budi)
    keys = LateKeys()
    await ani.page.route("**/_matrix/client/v3/sync?*", keys.answer)
    await asyncio.sleep(0.5)
    await budi.say(room_id, "a nudge")  # The sync that waited when the route began is not held up by it.
    budi.client.invalidate_outbound_session(room_id)
    await budi.say(room_id, "a late key")
    unreadable = _message(ani, "Its key has not reached this device").first
    await expect(unreadable).to_be_visible(timeout=20_000)
    await unreadable.get_by_role("button", name="Try again").click()
    await expect(unreadable).to_contain_text("We keep looking")
    await ani.look()
    keys.let_in()
    await budi.say(room_id, "another")
    await ani.reads("a late key")
    await ani.reads("another")
