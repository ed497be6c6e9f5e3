"""Signing in by QR code, as js-sdk speaks it on both devices; a person decides with a browser in between."""

import asyncio
import re
from html import unescape
from typing import Any
from urllib.parse import urljoin

import httpx
from msgspec import json

from tests.clients.js_person import node
from tests.clients.person import PATIENCE_SECONDS
from tests.processes import AmanatProcess

PASSWORD = "/_amanat/account/sign-in/password"
PASSWORD_OF_ALL = "correct horse battery staple"
"""What `js/person.mjs` gives everybody."""


async def test_a_new_device_signs_in_by_qr_code(lab: AmanatProcess) -> None:
    process = await asyncio.create_subprocess_exec(
        *node("qr.mjs"),
        lab.url,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        asked = await asyncio.wait_for(_asked(process.stdout), PATIENCE_SECONDS)
        if asked is not None:
            await _let_in(**asked)
            process.stdin.write(b"decided\n")
        said, complained = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, f"{said.decode()}\n{complained.decode()}"


async def _asked(said: asyncio.StreamReader) -> dict[str, Any] | None:
    """Return what the devices want a person to do; None if they have given up."""
    async for line in said:
        if line.startswith(b"{"):
            asked: dict[str, Any] = json.decode(line)
            return asked
    return None


async def _let_in(*, name: str, link: str, code: str) -> None:
    """Sign in to the pages, open the link of the old device and type the digits that the new one shows."""
    async with httpx.AsyncClient(base_url=urljoin(link, "/"), follow_redirects=True) as browser:
        page = await browser.get(PASSWORD)
        await browser.post(PASSWORD, data=_fields(page) | {"user": name, "password": PASSWORD_OF_ALL})
        page = await browser.get(link)
        assert "Story" in page.text, page.text
        decide = urljoin(str(page.url), _action(page))
        done = await browser.post(decide, data=_fields(page) | {"digits": code[-2:], "decision": "allow"})
        assert done.status_code == 200, done.text


def _fields(page: httpx.Response) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    return {name: unescape(value) for name, value in found}


def _action(page: httpx.Response) -> str:
    match = re.search(r'<form method="post" action="([^"]+)"', page.text)
    assert match is not None, page.text
    return unescape(match[1])
