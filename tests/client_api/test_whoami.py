import pytest

from tests.server import Server


async def test_a_token_says_whose_it_is(amanat: Server) -> None:
    ani = await amanat.user("ani")
    reply = await ani.get("/account/whoami")
    assert reply.json == {"user_id": ani.user_id, "device_id": ani.device_id, "is_guest": False}


async def test_without_a_token_nobody_is_told(amanat: Server) -> None:
    reply = await amanat.request("GET", "/account/whoami")
    assert (reply.status, reply.errcode) == (401, "M_MISSING_TOKEN")


@pytest.mark.parametrize("token", ["nonsense", "x" * 5000, "é"])
async def test_an_unknown_token_is_refused_every_time(amanat: Server, token: str) -> None:
    for _ in range(2):
        reply = await amanat.request("GET", "/account/whoami", token=token)
        assert (reply.status, reply.errcode) == (401, "M_UNKNOWN_TOKEN")
