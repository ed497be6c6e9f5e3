"""A person who uses the web app with Chromium: signs up on the server's pages, keeps the code, opens chats."""

import io
import re
from collections.abc import Sequence
from pathlib import Path
from shutil import which
from typing import Any, Final

import httpx
from PIL import Image, ImageDraw
from playwright.async_api import BrowserContext, CDPSession, ConsoleMessage, Page, Playwright, Request, expect

from tests.e2e.walk import AXE

PHONE: Final[Any] = {"width": 360, "height": 740}
WIDE: Final[Any] = {"width": 1440, "height": 900}
# Only what is wrong is collected, and no style sheet is fetched again: nothing here is about a screen that is turned.
_FIND: Final = """async () => (await axe.run({ resultTypes: ["violations"], preload: false }))
  .violations.map(each => [each.id, ...each.nodes.map(node => node.html)])"""
# Controls that lie beside the screen, but for those in a strip that one swipes.
_CUT_OFF: Final = """() => [...document.querySelectorAll("a, button, input, select, textarea")].filter((each) => {
  const { left, right, width } = each.getBoundingClientRect();
  if (width === 0 || !each.checkVisibility({ checkOpacity: true })) return false;
  if (left > -1 && right < innerWidth + 1) return false;
  for (let box = each.parentElement; box; box = box.parentElement) {
    if (box.dataset.swiped === "true") return false;
    if (box.scrollWidth > box.clientWidth && box.clientHeight < 100 && getComputedStyle(box).overflowX === "auto")
      return false;
  }
  return true;
}).map((each) => each.outerHTML)"""
_PAUSE_MS: Final = 2_500
# The browser says so of every answer that is a refusal; apps read those answers.
_HARMLESS: Final = re.compile(r"Failed to load resource: .*(401|404|409)")


# What stories look for, in the app's other language.
_INDONESIAN: Final = {
    "Sign up with your phone number": "Daftar dengan nomor HP",
    "Phone number": "Nomor telepon",
    "Send the code": "Kirim kode",
    "Code from the SMS": "Kode dari SMS",
    "Continue": "Lanjut",
    "Name": "Nama",
    "User name": "Nama pengguna",
    "No PIN": "Tanpa PIN",
    "Message unlock code": "Kode pembuka pesan",
    "I have kept it": "Sudah kusimpan",
    "Chats": "Chat",
    "New chat": "Obrolan baru",
    "Start chatting": "Mulai mengobrol",
    "Write a message": "Tulis pesan",
    "Chat options": "Pilihan obrolan",
    "Who can read this": "Siapa yang bisa membaca",
}


class AppPerson:
    """Somebody with a browser of their own. `strange` is what the app should not have done."""

    def __init__(self, url: str, *, context: BrowserContext, page: Page, language: str = "en-GB") -> None:
        self.url = url
        self._language = language
        self.context = context
        self.page = page
        self.unlock_code = ""
        self.strange: list[str] = []
        self._devtools: CDPSession | None = None
        self.watch(page)

    @classmethod
    async def arrive(
        cls,
        playwright: Playwright,
        url: str,
        *,
        language: str = "en-GB",
        view: Any = WIDE,
        theme: Any = "light",
        switches: Sequence[str] = (),
    ) -> "AppPerson":
        """Open the app in a fresh browser. `url` is the server's public address: http://localhost:PORT.

        `view`: what the page takes for its size; `None` for that of the window.
        """
        # Without a sandbox: CI runs as root in a container, and visits nothing but our own pages.
        browser = await playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox", *switches])
        size: Any = {"no_viewport": True} if view is None else {"viewport": view}
        context = await browser.new_context(**size, locale=language, color_scheme=theme)
        person = cls(url, context=context, page=await context.new_page(), language=language)
        await person.page.goto(f"{url}/")
        return person

    async def sign_up(self, *, number: str, handle: str, name: str) -> None:
        """Make an account from the app's first screen to the list of chats."""
        page, said = self.page, self.said
        await page.get_by_role("button", name=said("Sign up with your phone number")).click()
        await self.give_number(number)
        await page.get_by_label(said("Name"), exact=True).fill(name)
        await page.get_by_label(said("User name"), exact=True).fill(handle)
        await page.get_by_role("button", name=said("Continue")).click()
        await page.get_by_role("link", name=said("No PIN")).click()
        code = page.get_by_label(said("Message unlock code"))
        await expect(code).not_to_be_empty(timeout=30_000)
        self.unlock_code = await code.inner_text()
        await page.get_by_role("button", name=said("I have kept it")).click()
        await expect(page.get_by_role("heading", name=said("Chats"), exact=True)).to_be_visible()

    async def give_number(self, number: str) -> None:
        """Give a number on the server's page, and the code that comes to it."""
        page, said = self.page, self.said
        await page.get_by_label(said("Phone number")).fill(number)
        await page.get_by_role("button", name=said("Send the code")).click()
        await page.get_by_label(said("Code from the SMS")).fill(await self.code(number))
        await page.get_by_role("button", name=said("Continue")).click()

    def said(self, english: str) -> str:
        """Return what the app says in this person's language."""
        return _INDONESIAN[english] if self._language.startswith("id") else english

    async def code(self, number: str) -> str:
        """Read the newest code in the inbox of the lab."""
        async with httpx.AsyncClient(base_url=self.url, timeout=30) as http:
            texts = (await http.get("/_amanat/lab/inbox", params={"to": number})).json()["texts"]
        found = re.search(r"#(\d{6})", texts[0]["text"])
        assert found is not None
        return found[1]

    async def start_chat(self, handle: str) -> None:
        """Begin a chat with whoever has a handle."""
        await self.page.get_by_role("button", name=self.said("New chat")).click()
        await self.page.get_by_label(self.said("User name"), exact=True).fill(handle)
        await self.page.get_by_role("button", name=self.said("Start chatting")).click()
        await expect(self.page.get_by_label(self.said("Write a message"))).to_be_visible()

    async def open_chat(self, name: str) -> None:
        """Open a chat of the list; where it is the invitation of a stranger, which shows no name, that one."""
        row = self.page.get_by_role("listitem").filter(has_text=name).get_by_role("link")
        requests = self.page.get_by_role("link", name="Requests")
        await expect(row.or_(requests).first).to_be_visible()
        if await requests.is_visible() and not await row.is_visible():
            await requests.click()
            row = self.page.get_by_role("listitem").filter(has_text="Somebody you do not know").get_by_role("link")
        await row.first.click()

    async def about(self) -> None:
        """Open, beside the chat that is open, who can read it."""
        await self.page.get_by_role("button", name=self.said("Chat options")).click()
        await self.page.get_by_role("menuitem", name=self.said("Who can read this")).click()

    async def say(self, text: str) -> None:
        """Write into the chat that is open."""
        await self.page.get_by_label(self.said("Write a message")).fill(text)
        await self.page.keyboard.press("Enter")

    async def pauses(self) -> None:
        """Stop writing for so long that what was begun is on disk, on a machine that is slow, too."""
        await self.page.wait_for_timeout(_PAUSE_MS)

    async def sends(self, text: str) -> None:
        """See that the server has what was written."""
        sent = self.page.get_by_role("log").get_by_role("article", name=re.compile("Sent|Read|Terkirim|Dibaca"))
        await expect(sent.filter(has_text=text).first).to_be_visible(timeout=30_000)

    async def picks_stickers(self) -> None:
        """Look at one's own stickers in the chat that is open."""
        await self.page.get_by_role("button", name="Emoji and stickers").click()
        await self.page.get_by_role("tab", name="Stickers").click()

    async def makes_a_sticker(self, name: str) -> None:
        """Make a sticker from a picture that is larger than one."""
        picture, out = Image.new("RGBA", (900, 600)), io.BytesIO()
        ImageDraw.Draw(picture).ellipse((150, 50, 750, 550), fill="orange", outline="brown", width=20)
        picture.save(out, "PNG")
        async with self.page.expect_file_chooser() as chooser:
            await self.page.get_by_role("button", name="Make a sticker").click()
        await (await chooser.value).set_files({"name": "a.png", "mimeType": "image/png", "buffer": out.getvalue()})
        made = self.page.get_by_role("dialog", name="Make a sticker")
        await made.get_by_label("What is in the picture?").fill(name)
        await self.look()
        await made.get_by_role("button", name="Keep the sticker").click()
        await expect(made).to_be_hidden()

    async def reads(self, text: str) -> None:
        """See a message in the chat that is open."""
        log = self.page.get_by_role("log")
        await expect(log.get_by_role("article").filter(has_text=text).first).to_be_visible(timeout=20_000)

    async def look(self, picture: Path | None = None) -> None:
        """Look at the screen as a checker of accessibility does, and whether it fits; keep a picture of it."""
        # Whoever looks at once sees a page that is being loaded.
        await expect(self.page.get_by_role("main").first).to_be_visible(timeout=20_000)
        width = await self.page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], f"{self.page.url} is wider than the screen."
        cut_off = await self.page.evaluate(_CUT_OFF)
        assert cut_off == [], f"{self.page.url} has controls beside the screen: {cut_off}"
        found = await self._violations()
        assert found == [], f"{self.page.url}: {found}"
        if picture is not None:
            picture.parent.mkdir(parents=True, exist_ok=True)
            await self.page.screenshot(path=picture)

    async def devtools(self) -> CDPSession:
        """Return the one session with the browser's tools: as one of several ends, Chromium takes passkeys away."""
        if self._devtools is None:
            self._devtools = await self.context.new_cdp_session(self.page)
        return self._devtools

    async def _violations(self) -> Any:
        # The page's own policy lets no script in but its own: the checker runs where that policy does not count.
        session = await self.devtools()
        tree = await session.send("Page.getFrameTree")
        world = await session.send(
            "Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"], "worldName": "axe"}
        )
        context = world["executionContextId"]
        await session.send("Runtime.evaluate", {"expression": AXE.read_text(), "contextId": context})
        answer = await session.send(
            "Runtime.evaluate",
            {"expression": f"({_FIND})()", "contextId": context, "awaitPromise": True, "returnByValue": True},
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"]["value"]

    async def leave(self) -> None:
        """Close the browser."""
        browser = self.context.browser
        # What a story stands in the way of may be under way: nobody waits for it.
        for page in self.context.pages:
            await page.unroute_all(behavior="ignoreErrors")
        await self.context.unroute_all(behavior="ignoreErrors")
        await self.context.close()
        assert browser is not None
        await browser.close()

    def watch(self, page: Page) -> None:
        """Note what a page should not do: ask anybody else, or complain."""
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.strange.append(str(error)))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "data:", "blob:")):
            self.strange.append(f"asked {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # A device that waits to be let in asks for its tokens until it is: 400 says not yet (RFC 8628, 3.5).
        waits = message.text.endswith("(Bad Request)") and message.location["url"].endswith("/oauth2/token")
        if message.type in ("error", "warning") and not waits and not _HARMLESS.match(message.text):
            self.strange.append(message.text[:300])


def camera_that_sees(film: Path) -> list[str]:
    """Return the switches of a Chromium that has a camera before which a film is shown."""
    return [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
