"""Writing in the web app: what is written arrives once, in order, and encrypted, whatever happens in between."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Playwright, expect

from tests.e2e.web_app import PHONE, AppPerson
from tests.processes import AmanatProcess


@pytest.fixture
async def pair(playwright: Playwright, url: str) -> AsyncIterator[tuple[AppPerson, AppPerson]]:
    """Ani on a computer and Budi on a phone, who have begun to talk."""
    ani = await AppPerson.arrive(playwright, url)
    await ani.sign_up(number="+6281234567890", handle="ani", name="Ani")
    budi = await AppPerson.arrive(playwright, url, view=PHONE, theme="dark")
    await budi.sign_up(number="+6281234567891", handle="budi", name="Budi")
    await ani.start_chat("budi")
    await ani.say("halo Budi")
    await budi.open_chat("Ani")
    await budi.page.get_by_role("button", name="Accept").click()
    await budi.reads("halo Budi")
    yield ani, budi
    for person in (ani, budi):
        await person.leave()


async def test_what_two_people_write_arrives_once_and_nobody_else_reads_it(
    pair: tuple[AppPerson, AppPerson], lab: AmanatProcess, tmp_path: Path
) -> None:
    ani, budi = pair
    await _a_sticker_goes_to_a_friend_who_keeps_it_and_sends_it_back(ani, budi)
    await _what_can_be_done_with_a_message(ani, budi)
    assert (ani.strange, budi.strange) == ([], [])
    await _nothing_written_is_lost_or_doubled(ani, budi, lab)

    lab.stop()
    written = b"".join(file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())
    texts = (
        "❤",
        "kabra",
        "kabar berantai",
        "id.amanat.key",
        "Makan apa",
        "kucing",
        "si oren",
        "WEBPVP8",
        "belum selesai",
    )
    for clear in texts:
        assert clear.encode() not in written, clear


def messages(person: AppPerson) -> Locator:
    """Return what is said in the chat that is open."""
    return person.page.get_by_role("log").get_by_role("article")


async def _what_can_be_done_with_a_message(ani: AppPerson, budi: AppPerson) -> None:
    field = ani.page.get_by_label("Write a message")

    # A reaction: Ani sees it, and the server has no emoji anywhere.
    await menu(budi, "halo Budi", "React with ❤️")
    await expect(ani.page.get_by_role("button", name="❤️ from Budi")).to_be_visible()
    await menu(budi, "halo Budi", "React with ❤️")
    await expect(ani.page.get_by_role("button", name="❤️ from Budi")).to_have_count(0)

    # An answer, with what it answers; the last one is edited with the arrow key.
    await menu(budi, "halo Budi", "Reply")
    await expect(budi.page.get_by_text("Replying to Ani")).to_be_visible()
    await budi.look()
    await budi.say("apa kabra?")
    await expect(messages(ani).filter(has_text="apa kabra?")).to_contain_text("halo Budi")
    await budi.page.get_by_label("Write a message").press("ArrowUp")
    await expect(budi.page.get_by_label("Write a message")).to_have_value("apa kabra?")
    await budi.say("apa kabar?")
    await ani.reads("apa kabar?")
    await expect(messages(ani).filter(has_text="kabra")).to_have_count(0)

    # Deleted for all, after a plain question.
    await ani.say("ini keliru")
    await budi.reads("ini keliru")
    await menu(ani, "ini keliru", "Delete for everybody")
    await ani.page.get_by_role("dialog").get_by_role("button", name="Delete for everybody").click()
    await expect(messages(budi).filter(has_text="ini keliru")).to_have_count(0)

    # A code is not given away without a thought.
    await ani.say("kode OTP saya 482913")
    await expect(ani.page.get_by_text("This looks like a secret code")).to_be_visible()
    await ani.look()
    await ani.page.get_by_role("button", name="Do not send").click()
    await expect(field).to_have_value("kode OTP saya 482913")
    await field.fill("")

    # People are named by an @, emoji found by a word.
    await field.press_sequentially("@bu")
    await field.press("Enter")
    await expect(field).to_have_value("@Budi ")
    await ani.page.get_by_role("button", name="Emoji").click()
    await ani.page.get_by_label("Search emoji").fill("kopi")
    await ani.page.get_by_role("button", name="coffee").click()
    await expect(field).to_have_value("@Budi ☕")
    await ani.look()
    await field.press("Enter")
    await budi.reads("@Budi ☕")

    await a_poll_is_asked_answered_and_closed(ani, budi)
    await what_goes_around_says_so(ani, budi)


async def menu(person: AppPerson, text: str, act: str) -> None:
    """Choose something from the menu of a message."""
    await messages(person).filter(has_text=text).last.click(button="right")
    await person.page.get_by_role("menuitem", name=act, exact=True).click()


async def a_poll_is_asked_answered_and_closed(ani: AppPerson, budi: AppPerson) -> None:
    await ani.page.get_by_role("button", name="Attach").click()
    await ani.page.get_by_role("button", name="Make a poll").click()
    await ani.page.get_by_label("Question").fill("Makan apa?")
    await ani.page.get_by_label("Answer 1").fill("Soto")
    await ani.page.get_by_label("Answer 2").fill("Sate")
    await ani.look()
    await ani.page.get_by_role("button", name="Send the poll").click()
    await budi.page.get_by_role("radio", name="Sate").click()
    await expect(ani.page.get_by_role("group", name="Makan apa?")).to_contain_text("1 vote")
    await menu(ani, "Makan apa?", "Close the poll")
    await ani.page.get_by_role("dialog").get_by_role("button", name="Close the poll").click()
    await expect(budi.page.get_by_role("radio", name="Sate")).to_have_count(0)


async def what_goes_around_says_so(ani: AppPerson, budi: AppPerson) -> None:
    """Passed on again and again, a message says so, and goes to one chat at a time."""
    await ani.say("kabar berantai")
    mine = messages(ani).filter(has_text="kabar berantai")
    for times in range(5):
        await expect(mine).to_have_count(times + 1)
        await menu(ani, "kabar berantai", "Forward")
        await ani.page.get_by_role("checkbox").first.check()
        await ani.page.get_by_role("button", name="Forward to 1 chat").click()
    often = messages(budi).filter(has_text="kabar berantai").last
    await expect(often).to_contain_text("Forwarded many times")
    await menu(budi, "kabar berantai", "Forward")
    await expect(budi.page.get_by_role("dialog")).to_contain_text("it goes to one chat only")
    await budi.look()
    await budi.page.keyboard.press("Escape")


async def _a_sticker_goes_to_a_friend_who_keeps_it_and_sends_it_back(ani: AppPerson, budi: AppPerson) -> None:
    await ani.picks_stickers()
    await expect(ani.page.get_by_text("No stickers yet")).to_be_visible()
    await ani.makes_a_sticker("kucing oranye")
    tile = ani.page.get_by_role("tabpanel").get_by_role("button", name="kucing oranye")
    await expect(tile.locator("img")).to_be_attached()
    await ani.look()
    await tile.focus()
    await ani.page.keyboard.press("Enter")
    await expect(messages(ani).get_by_role("img", name="Sticker kucing oranye")).to_be_visible()

    # Budi sees it, keeps it under a name of his own, and answers with it.
    theirs = messages(budi).get_by_role("img", name="Sticker kucing oranye")
    await expect(theirs).to_be_visible(timeout=20_000)
    longest = "image => image.decode().then(() => Math.max(image.naturalWidth, image.naturalHeight))"
    assert await theirs.evaluate(longest) == 512
    await theirs.click(button="right")
    await budi.page.get_by_role("menuitem", name="Add to my stickers").click()
    kept = budi.page.get_by_role("dialog", name="Add to my stickers")
    await expect(kept.get_by_label("What is in the picture?")).to_have_value("kucing oranye")
    await kept.get_by_label("What is in the picture?").fill("si oren")
    await kept.get_by_role("button", name="Keep the sticker").click()
    await expect(kept).to_be_hidden()
    await theirs.click(button="right")
    await budi.page.get_by_role("menuitem", name="Reply", exact=True).click()
    await budi.picks_stickers()
    await budi.look()
    await budi.page.get_by_role("tabpanel").get_by_role("button", name="si oren").click()
    answer = messages(ani).filter(has=ani.page.get_by_role("img", name="Sticker si oren"))
    await expect(answer).to_be_visible(timeout=20_000)
    await expect(answer.get_by_role("button", name="You").or_(answer.get_by_role("button", name="Ani"))).to_be_visible()

    await budi.picks_stickers()
    await budi.page.get_by_role("button", name="Remove stickers").click()
    await budi.page.get_by_role("button", name="Remove sticker si oren").click()
    await expect(budi.page.get_by_text("No stickers yet")).to_be_visible()


async def _nothing_written_is_lost_or_doubled(ani: AppPerson, budi: AppPerson, lab: AmanatProcess) -> None:
    field = ani.page.get_by_label("Write a message")

    # Offline, and the page goes away: the queue and the draft stay.
    await ani.context.set_offline(True)
    await ani.say("satu")
    await ani.say("dua")
    await expect(messages(ani).filter(has_text="dua")).to_contain_text("Not sent yet")
    await field.fill("belum selesai")
    lab.kill()
    await ani.pauses()
    await expect(ani.page.get_by_text("You are offline")).to_be_visible(timeout=40_000)
    await ani.context.set_offline(False)
    await ani.page.reload()
    await expect(messages(ani).filter(has_text="dua")).to_contain_text("Not sent yet")
    await expect(field).to_have_value("belum selesai")

    # A refusal is said in words, and can be tried again.
    refusal = '{"errcode": "M_FORBIDDEN", "error": "You are not in this room."}'
    await ani.page.route(
        "**/send/m.room.encrypted/**",
        lambda route: route.fulfill(status=403, body=refusal, content_type="application/json"),
    )
    lab.start()
    await expect(ani.page.get_by_text("You are no longer in this chat.")).to_be_visible(timeout=30_000)
    await ani.page.unroute_all()
    await ani.page.get_by_role("button", name="Try to send again").click()
    await budi.reads("dua")

    # The server is killed again, and more is written meanwhile.
    lab.kill()
    await ani.say("tiga")
    lab.start()
    await ani.say("empat")
    await budi.reads("empat")
    await expect(messages(ani).filter(has_text="empat")).to_contain_text(re.compile("Sent|Read"), timeout=20_000)
    said = ["satu", "dua", "tiga", "empat"]
    for person in (ani, budi):
        # Of a row that is not measured yet, the inner text is empty.
        shown = await messages(person).all_text_contents()
        assert [word for text in shown for word in said if word in text] == said
