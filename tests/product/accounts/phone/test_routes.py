"""The JSON API for apps that sign people in themselves."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from amanat.app import Mode
from amanat.product.accounts.phone.work import WorkChallenge
from tests.product.accounts.phone.people import ANI, solve
from tests.product.rights.people import give_number
from tests.server import Server, start

CODE = "/_amanat/v1/phone/code"


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Server]:
    """A server as `amanat demo` runs it: an inbox, and limits."""
    server = await start(tmp_path, mode=Mode.DEMO)
    yield server
    await server.amanat.close()


async def ask(server: Server, path: str, body: Any = None) -> Any:
    """Ask the front door for something below /_amanat."""
    return await server.request("GET" if body is None else "POST", path, body=body)


async def work(server: Server) -> str:
    asked = (await ask(server, "/_amanat/v1/phone/work")).json
    return solve(WorkChallenge(challenge=asked["challenge"], bits=asked["bits"], expires_ts=asked["expires_ts"]))


async def test_somebody_is_told_which_number_is_theirs_and_not_all_of_it(amanat: Server) -> None:
    ani = await amanat.user("ani")
    assert (await ani.get("/_amanat/v1/phone")).json == {"masked": None}
    await give_number(amanat, ani, ANI)
    masked = (await ani.get("/_amanat/v1/phone")).json["masked"]
    assert (masked[:3], masked[-2:], ANI[3:-2] in masked) == (ANI[:3], ANI[-2:], False)
    assert (await ask(amanat, "/_amanat/v1/phone")).status == 401


async def test_a_lab_sends_a_code_to_whoever_asks(amanat: Server) -> None:
    for _ in range(3):
        sent = await ask(amanat, CODE, {"number": ANI})
        assert (sent.status, sent.json["resend_after_s"]) == (200, 0)
    (newest, *_) = (await ask(amanat, f"/_amanat/lab/inbox?to={ANI.replace('+', '%2B')}")).json["texts"]
    code = re.search(r"@localhost #(\d{6})$|@127.0.0.1 #(\d{6})$", newest["text"])
    assert code is not None
    phone = await amanat.amanat.phone.codes.verify(sent.json["challenge"], code[1] or code[2])
    assert phone.number == ANI


async def test_elsewhere_work_comes_first(demo: Server) -> None:
    demo.amanat.phone.work._bits = 6
    demo.clock.look_ms = 0
    refused = await ask(demo, CODE, {"number": ANI})
    assert (refused.status, refused.errcode, refused.json["bits"]) == (403, "ID.AMANAT_WORK_NEEDED", 6)
    sent = await ask(demo, CODE, {"number": ANI, "purpose": "sign-in", "language": "en", "work": await work(demo)})
    assert (sent.status, sorted(sent.json)) == (200, ["challenge", "resend_after_s"])
    early = await ask(demo, CODE, {"number": ANI})
    assert (early.status, early.errcode, early.json["retry_after_ms"]) == (429, "M_LIMIT_EXCEEDED", 60_000)


async def test_a_server_that_has_no_adapter_sends_nothing(serving: Server) -> None:
    refused = await ask(serving, CODE, {"number": ANI})
    assert (refused.status, refused.errcode) == (503, "ID.AMANAT_SMS_UNAVAILABLE")


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({}, "M_BAD_JSON"),
        ([], "M_BAD_JSON"),
        ({"number": 62812}, "M_BAD_JSON"),
        ({"number": None}, "M_BAD_JSON"),
        ({"number": ANI, "purpose": "sign-up"}, "M_BAD_JSON"),
        ({"number": ANI, "language": "xx"}, "M_BAD_JSON"),
        ({"number": ANI, "work": 7}, "M_BAD_JSON"),
        ({"number": ANI, "nummer": ANI}, "M_BAD_JSON"),
        (b"{", "M_NOT_JSON"),
        ({"number": ""}, "ID.AMANAT_NUMBER_REFUSED"),
        ({"number": "+62 809 123 4567"}, "ID.AMANAT_NUMBER_REFUSED"),
        ({"number": "+1 202 555 0123"}, "ID.AMANAT_NUMBER_REFUSED"),
        ({"number": "\u0000" * 10}, "ID.AMANAT_NUMBER_REFUSED"),
    ],
)
async def test_bad_input_is_refused_by_its_kind(amanat: Server, body: Any, errcode: str) -> None:
    refused = await ask(amanat, CODE, body)
    assert (refused.status, refused.errcode) == (400, errcode)
