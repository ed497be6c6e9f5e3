"""Somebody who walks through the account pages with Chromium, on a small phone, and looks at each page closely."""

from pathlib import Path
from shutil import which
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Playwright, Request

AXE: Final = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PHONE: Final[Any] = {"width": 360, "height": 740}
# Only what is wrong is collected, and no style sheet is fetched again: nothing here is about a screen that is turned.
_FIND: Final = """async () => (await axe.run({ resultTypes: ["violations"], preload: false }))
  .violations.map(each => [each.id, ...each.nodes.map(node => node.html)])"""
_WIDTH: Final = "() => document.documentElement.scrollWidth"


class Walk:
    """A browser with one page; `strange` is what a page should not have done. Without `scripts` it runs none."""

    def __init__(self, url: str, *, context: BrowserContext, page: Page, scripts: bool) -> None:
        self.page = page
        self._scripts = scripts
        self.strange: list[str] = []
        self._context = context
        self._origin = url
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.strange.append(str(error)))

    @classmethod
    async def begin(cls, playwright: Playwright, url: str, *, language: str, scripts: bool) -> "Walk":
        """Start a browser that prefers a language."""
        # Without a sandbox: CI runs as root in a container, and visits nothing but our own pages.
        browser = await playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        context = await browser.new_context(viewport=PHONE, locale=language, java_script_enabled=scripts)
        return cls(url, context=context, page=await context.new_page(), scripts=scripts)

    async def open(self, path: str) -> None:
        """Type an address."""
        await self.page.goto(path if urlsplit(path).scheme else self._origin + path)
        await self.look()

    async def follow(self, link: str) -> None:
        """Follow a link, by what it says."""
        async with self.page.expect_navigation():
            await self.page.get_by_role("link", name=link).click()
        await self.look()

    async def fill(self, **fields: str) -> None:
        """Fill in fields, by their labels with `_` for a space."""
        for label, text in fields.items():
            await self.page.get_by_label(label.replace("_", " "), exact=True).fill(text)

    async def press(self, button: str) -> None:
        """Press a button, by what it says."""
        async with self.page.expect_navigation():
            await self.page.get_by_role("button", name=button, exact=True).click()
        await self.look()

    async def reads(self, text: str) -> bool:
        """Whether the page says something."""
        return text in " ".join((await self.page.locator("main").inner_text()).split())

    async def look(self) -> None:
        """Look at a page as a checker of accessibility does, which is a script, and whether it fits the phone."""
        if self._scripts:
            await self.page.evaluate(AXE.read_text())
            found = await self.page.evaluate(_FIND)
            assert found == [], f"{self.page.url}: {found}"
        assert await self.page.evaluate(_WIDTH) <= PHONE["width"], f"{self.page.url} is wider than the phone."

    async def end(self) -> None:
        """Close the browser."""
        browser = self._context.browser
        await self._context.close()
        assert browser is not None
        await browser.close()

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self._origin}/", "data:")):
            self.strange.append(f"asked {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.strange.append(message.text)
