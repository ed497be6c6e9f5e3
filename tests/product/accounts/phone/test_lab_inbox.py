"""The phone inbox of labs and demos."""

from pathlib import Path

import pytest

from amanat.app import Mode
from tests.edge.asking import Answered, ask
from tests.product.accounts.phone.people import ANI, BUDI
from tests.server import Server, start

INBOX = "/_amanat/lab/inbox"


async def get(server: Server, path: str, *, host: str = "localhost") -> Answered:
    return await ask(server.amanat.client_app, "GET", path, headers={"Host": host})


async def send(server: Server, number: str) -> None:
    reply = await server.request("POST", "/_amanat/v1/phone/code", body={"number": number})
    assert reply.status == 200


@pytest.mark.parametrize("to", ["%2B6281234567890", "+6281234567890", "6281234567890", "0812-3456-7890"])
async def test_texts_to_a_number_are_found_however_it_is_written(amanat: Server, to: str) -> None:
    await send(amanat, ANI)
    await send(amanat, BUDI)
    (text,) = (await get(amanat, f"{INBOX}?to={to}")).json["texts"]
    assert (text["to"], text["purpose"]) == (ANI, "sign-in")


async def test_letters_are_found_by_their_address(amanat: Server) -> None:
    inbox = amanat.amanat.phone.inbox
    assert inbox is not None
    inbox.keep("ani@example.org", "Hello", purpose="notice")
    (text,) = (await get(amanat, f"{INBOX}?to=ani@example.org")).json["texts"]
    assert text["text"] == "Hello"


async def test_a_newcomer_reads_them_on_a_page(amanat: Server) -> None:
    assert b"There is nothing yet." in (await get(amanat, INBOX)).body
    inbox = amanat.amanat.phone.inbox
    assert inbox is not None
    inbox.keep("<b>", "<script>alert(1)</script>", purpose="&")
    page = await get(amanat, INBOX)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert b"&lt;script&gt;" in page.body
    assert b"<script" not in page.body


@pytest.mark.parametrize("path", [INBOX, f"{INBOX}?to={BUDI}"])
async def test_no_page_of_another_origin_reads_them(amanat: Server, path: str) -> None:
    answer = await get(amanat, path)
    assert answer.status == 200
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert answer.headers["cache-control"] == "no-store"
    assert (await get(amanat, path, host="evil.example.org")).status == 403


async def test_a_number_that_takes_no_texts_is_refused(amanat: Server) -> None:
    refused = await get(amanat, f"{INBOX}?to=hello")
    assert (refused.status, refused.errcode) == (400, "ID.AMANAT_NUMBER_REFUSED")


async def test_a_demo_has_one_and_a_real_server_has_none(tmp_path: Path) -> None:
    found = {}
    for mode in (Mode.DEMO, Mode.SERVE):
        server = await start(tmp_path / mode, mode=mode)
        found[mode] = (await get(server, INBOX)).status
        await server.amanat.close()
    assert found == {Mode.DEMO: 200, Mode.SERVE: 404}
