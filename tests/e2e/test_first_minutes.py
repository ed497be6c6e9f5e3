"""What a newcomer meets in the first two minutes of `make run`: sign-up, the code, a friend who answers, who can read.

With `SCREENS=1` it is told in both languages, both themes and both widths, and leaves its pictures in docs/screens.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.async_api import Playwright, expect

from amanat.cli.demo_friend import ANSWERS, NAME
from tests.e2e.web_app import PHONE, WIDE, AppPerson
from tests.processes import AmanatProcess, free_port

SCREENS: Final = Path(__file__).parents[2] / "docs" / "screens"
LOOKS: Final = [("id-ID", "light", PHONE), ("en-GB", "dark", PHONE), ("id-ID", "dark", WIDE), ("en-GB", "light", WIDE)]
PAINTING: Final = bool(os.environ.get("SCREENS"))


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[str]:
    """What `make run` starts; the address that it prints."""
    process = AmanatProcess(
        "demo", "--listen", f"127.0.0.1:{free_port()}", "--data", str(tmp_path / "data"), log=tmp_path / "log"
    )
    yield process.start()
    process.stop()


@pytest.mark.parametrize(("language", "theme", "view"), LOOKS if PAINTING else LOOKS[:1])
async def test_a_newcomer_talks_with_a_friend_and_sees_who_can_read(
    playwright: Playwright, demo: str, *, language: str, theme: str, view: Any
) -> None:
    rina = await AppPerson.arrive(playwright, demo, language=language, theme=theme, view=view)
    look = f"{language[:2]}-{theme}-{view['width']}"

    async def see(screen: str) -> None:
        await rina.look(SCREENS / f"{screen}-{look}.png" if PAINTING else None)

    await see("1-welcome")
    await rina.sign_up(number="+6281234567890", handle="rina", name="Rina")
    await see("2-no-chats")
    await rina.start_chat(NAME.lower())
    await rina.say("Halo Citra! Ini Rina.")
    await rina.reads(ANSWERS[0])
    await rina.say("Jadi server tidak tahu apa yang kutulis?")
    await rina.reads(ANSWERS[1])
    who_reads = "Hanya kamu dan Citra yang bisa membaca" if language == "id-ID" else "Only you and Citra can read this"
    await expect(rina.page.get_by_text(who_reads).first).to_be_visible(timeout=20_000)
    await see("3-chat")
    await rina.page.goto(f"{demo}/#/chats")
    await see("4-chats")
    await rina.page.goto(f"{demo}/#/me")
    await see("5-me")
    assert rina.strange == []
    await rina.leave()
