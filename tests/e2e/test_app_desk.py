"""A day at the staff's desk: a clerk signs in, takes a chat, checks somebody in, and changes what the office says.

With `SCREENS=1` it leaves a picture of the desk in docs/screens.
"""

import os
import re
import time
from base64 import b64decode
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

import nio
import pytest
from PIL import Image
from playwright.async_api import Page, Playwright, expect

from amanat.cli.main import main
from amanat.gateway.service.service import LOOK_EVERY_S
from tests import processes
from tests.clients.nio_person import NioPerson
from tests.e2e.lab_told import told_by
from tests.e2e.web_app import PHONE, AppPerson, camera_that_sees
from tests.processes import AmanatProcess

SERVICE: Final = "layanan-paspor"
OFFICE: Final = f"@{SERVICE}:localhost"
PICTURE: Final = Path(__file__).parents[2] / "docs" / "screens" / "6-desk-en-light-1440.png"
PAINTING: Final = bool(os.environ.get("SCREENS"))
CARD: Final = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
FLOW: Final = """\
flow: kantor-cerita
title: {en: Passport Office (sample)}
languages: [en]
start: welcome
human: staff
steps:
  welcome:
    say: welcome
    choose:
      visit: book
      staff: matter
  book:
    book: visit
    when:
      booked: booked
    otherwise: matter
  booked:
    say: booked
    go: welcome
  matter:
    say: matter
    ask: matter
    go: staff
    otherwise: staff
  staff:
    say: staff_comes
    hand_over: front_desk
    with: [matter]
    timeout: 1 hour
    go: goodbye
    otherwise: goodbye
  goodbye:
    say: goodbye
    end: yes
"""
TEXTS: Final = """\
# What the office says

## welcome
Welcome to the office.

- visit: Appointment
- staff: Talk to a person

## booked
Your number is {visit.number}.

## matter
What is it about?

## staff_comes
Somebody will answer here.

## goodbye
Goodbye.
"""
AGENDA: Final = """\
places:
  east:
    title: {{en: East}}
    zone: {zone}
    open:
      mon-sun: 00:00-23:59
    counters:
      main: {{every: 30 minutes, capacity: 50, walk_in: 5}}
services:
  visit:
    title: {{en: Visit}}
    code: KTC
    at: [east.main]
"""


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[AmanatProcess]:
    """A gated lab, whose office says what this story needs and is open at any hour of it."""
    with processes.lab(tmp_path, "--gate", "--gateway", "--desk", "127.0.0.1:0") as process:
        _publish(tmp_path)
        # The gateway looks once a second for what was published.
        time.sleep(3 * LOOK_EVERY_S)
        yield process


async def test_a_clerk_answers_receives_and_publishes(
    playwright: Playwright, lab: AmanatProcess, tmp_path: Path
) -> None:
    async with (
        await NioPerson.register(lab.url, "ani", tmp_path / "ani") as ani,
        await NioPerson.register(lab.url, "budi", tmp_path / "budi") as budi,
    ):
        _staff(tmp_path, budi)
        room_id = await ani.create_room(invite=[OFFICE])
        await ani.knows_members(room_id, [ani.user_id, OFFICE])
        await ani.until(lambda: any(ani.client.device_store.active_user_devices(OFFICE)) or None, "its keys")
        await ani.say(room_id, "hello")
        await _hears(ani, room_id, "Welcome to the office.")
        await ani.say(room_id, "1")
        number = (await _hears(ani, room_id, r"Your number is (KTC-\S+)\."))[1]
        await ani.say(room_id, "2")
        await _hears(ani, room_id, "What is it about?")
        await ani.say(room_id, "A passport for my child")
        await _hears(ani, room_id, "Somebody will answer here.")
        await ani.say(room_id, "Where is my passport?")

        film = _film(await ani.receives_file(room_id, name=f"{number}.png"), tmp_path / "ticket.mjpeg")
        clerk = await _sign_in(playwright, lab, budi, switches=camera_that_sees(film))
        await _answer(clerk, ani, room_id)
        await _scan_without_a_connection(clerk, number)
        await _call(clerk, number)
        await _publish_a_sentence(clerk, ani, room_id)
        assert clerk.strange == []
        await clerk.leave()


def _film(ticket: bytes, file: Path) -> Path:
    """Hold a ticket before a camera: a JPEG is also a film of one frame."""
    with Image.open(BytesIO(ticket)) as picture:
        # Cameras see an even number of points, and more of the room than the code.
        frame = Image.new("RGB", (640, 480), "grey")
        code = picture.convert("RGB").resize((400, 400), Image.Resampling.NEAREST)
        frame.paste(code, (120, 40))
        frame.save(file, "JPEG", quality=95)
    return file


async def _sign_in(
    playwright: Playwright, lab: AmanatProcess, budi: NioPerson, *, switches: Sequence[str]
) -> AppPerson:
    """Come from the desk's door to the homeserver's pages and back."""
    clerk = await AppPerson.arrive(playwright, told_by(lab, "desk"), switches=switches)
    await expect(clerk.page.get_by_role("heading", name="Staff desk")).to_be_visible()
    await clerk.look()
    await clerk.page.get_by_role("button", name="Sign in with your account").click()
    by_password = clerk.page.get_by_role("link", name="Sign in with a password")
    field = clerk.page.get_by_label("Password", exact=True)
    await expect(by_password.or_(field).first).to_be_visible()
    if await by_password.is_visible():
        await by_password.click()
    await clerk.page.get_by_label("User name").fill("budi")
    await field.fill(budi.password)
    await clerk.page.keyboard.press("Enter")
    await clerk.page.get_by_role("button", name="Tell it").click()
    await expect(clerk.page.get_by_role("tab", name="Waiting 1")).to_be_visible()
    # The pages on which one signs in are the homeserver's; from here on the desk asks nobody but its gateway.
    home = lab.url.replace("127.0.0.1", "localhost")
    assert [each for each in clerk.strange if not each.startswith(f"asked {home}/")] == []
    clerk.strange.clear()
    return clerk


async def _answer(clerk: AppPerson, ani: NioPerson, room_id: str) -> None:
    """Take a chat, answer with the keyboard alone, after a reload too, and hand it back."""
    page = clerk.page
    await page.keyboard.press("Alt+ArrowDown")
    await _says(page, "Where is my passport?")
    await page.keyboard.press("t")
    await expect(page.get_by_text("With you").first).to_be_visible()
    await page.keyboard.press("r")
    await page.keyboard.type("I will look")
    await page.keyboard.press("Escape")
    await page.keyboard.press("n")
    await page.keyboard.type("Waits since Monday: call the archive.")
    await page.keyboard.press("Enter")
    beside = page.get_by_role("complementary", name="Details")
    await expect(beside.get_by_role("article")).to_contain_text("call the archive")
    await expect(beside.get_by_text("A passport for my child")).to_be_visible()
    # By the time that a note has come back, the draft lies on the disk.
    await page.reload()
    await expect(page.get_by_label("Write a reply")).to_have_value("I will look")
    await page.keyboard.press("r")
    await page.keyboard.press("End")
    await page.keyboard.type(" into it.")
    await page.keyboard.press("Enter")
    await ani.hears(room_id, "I will look into it.")
    await expect(page.get_by_role("article").filter(has_text="I will look into it.")).to_contain_text("Sent")
    await ani.say(room_id, "Thank you!")
    await _says(page, "Thank you!")
    await clerk.look(PICTURE if PAINTING else None)
    await _exchange_files(clerk, ani, room_id)
    await page.get_by_role("button", name="Hand back to the bot").click()
    await page.get_by_role("dialog").get_by_role("button", name="Hand back to the bot").click()
    await expect(page.get_by_text("This chat is with the bot.")).to_be_visible()
    await expect(page.get_by_role("tab", name="All 0")).to_be_visible()


async def _exchange_files(clerk: AppPerson, ani: NioPerson, room_id: str) -> None:
    """Look at what a citizen sent, and send them a file."""
    page = clerk.page
    await ani.send_file(room_id, name="card.png", data=CARD, kind="m.image")
    await page.get_by_role("button", name="Look", exact=True).click()
    picture = page.get_by_role("img", name="card.png")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
    letter = b"%PDF-1.7 come on Monday"
    field = page.get_by_label("Send a picture or a file").and_(page.locator("input"))
    await field.set_input_files({"name": "letter.pdf", "mimeType": "application/pdf", "buffer": letter})
    assert await ani.receives_file(room_id, name="letter.pdf") == letter
    await clerk.look()


async def _scan_without_a_connection(clerk: AppPerson, number: str) -> None:
    """Let somebody in by their ticket while the gateway cannot be reached; it hears of them when it can."""
    page = clerk.page
    await page.keyboard.press("2")
    row = page.get_by_role("row", name=number)
    await row.wait_for()
    await clerk.context.set_offline(True)
    await page.get_by_role("button", name="Scan with the camera").click()
    sheet = page.get_by_role("dialog", name="Scan tickets")
    await expect(sheet.get_by_text(re.compile(f"{number}, at .*: is on the list. Noted here"))).to_be_visible()
    await clerk.look()
    await page.keyboard.press("Escape")
    await expect(sheet).to_be_hidden()
    await expect(page.get_by_text(f"One arrival waits for a connection: {number}")).to_be_visible()
    await clerk.context.set_offline(False)
    await expect(row).to_contain_text("arrived at")
    await expect(page.get_by_text("One arrival waits")).to_be_hidden()
    # While there was no connection the browser said so.
    clerk.strange[:] = [each for each in clerk.strange if "ERR_INTERNET_DISCONNECTED" not in each]


async def _call(clerk: AppPerson, number: str) -> None:
    """Type the number of somebody who is in line already, and call them."""
    page = clerk.page
    await page.keyboard.press("c")
    await page.keyboard.type(number.lower())
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("They are checked in already.")).to_be_visible()
    await page.get_by_role("button", name=f"Call: {number}").click()
    await expect(page.get_by_role("region", name="Now serving")).to_contain_text(number)
    await clerk.look()


async def _publish_a_sentence(clerk: AppPerson, ani: NioPerson, room_id: str) -> None:
    """Change a sentence, mend a slip, hear it in the trial, publish it; the citizen hears it."""
    page = clerk.page
    await page.get_by_role("link", name="Texts").click()
    editor = page.get_by_label("Content of texts/en.md").and_(page.get_by_role("textbox"))
    await expect(editor).not_to_have_value("")
    text = await editor.input_value()
    await editor.fill(text.replace("{visit.number}", "{visit.nummer}"))
    await expect(page.get_by_role("button", name="texts/en.md, line")).to_be_visible()
    await clerk.look()
    await editor.fill(text.replace("Welcome to", "Good day at"))
    await expect(page.get_by_text("Nothing is wrong.")).to_be_visible()
    await page.get_by_label("Write as a citizen").fill("hello")
    await page.keyboard.press("Enter")
    await _says(page, "Good day at the office.")
    await clerk.look()

    await page.get_by_role("button", name="Publish …").click()
    await expect(page.get_by_role("dialog").get_by_text("Good day at the office.")).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    await expect(page.get_by_text("Published. The bot says it already.")).to_be_visible()
    await page.set_viewport_size(PHONE)
    await clerk.look()
    await ani.say(room_id, "hello")
    await _hears(ani, room_id, "Good day at the office.")


async def _says(page: Page, text: str) -> None:
    await expect(page.get_by_role("log").get_by_role("article").filter(has_text=text).first).to_be_visible()


async def _hears(person: NioPerson, room_id: str, pattern: str) -> re.Match[str]:
    def find() -> re.Match[str] | None:
        texts = [event.body for event in person.events(room_id, nio.RoomMessageText)]
        return next((found for text in texts if (found := re.search(pattern, text))), None)

    return await person.until(find, f"hears {pattern!r}")


def _publish(folder: Path) -> None:
    """Let the office say and do what the story needs; where it lies, midnight is far."""
    office = folder / "office"
    (office / "texts").mkdir(parents=True)
    zone = "Asia/Jayapura" if datetime.now(UTC).hour == 16 else "Asia/Jakarta"
    (office / "flow.yaml").write_text(FLOW)
    (office / "texts" / "en.md").write_text(TEXTS)
    (office / "appointments.yaml").write_text(AGENDA.format(zone=zone))
    assert main(["flow", "publish", str(office), str(folder / "data-gateway" / SERVICE)]) == 0


def _staff(folder: Path, person: NioPerson) -> None:
    data = str(folder / "data-gateway")
    assert main(["service", "staff", SERVICE, "add", person.user_id, "--role", "lead", "--data", data]) == 0
