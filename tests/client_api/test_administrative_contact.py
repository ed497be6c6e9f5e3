import pytest

from tests.server import Server


async def test_an_account_has_no_third_party_ids(amanat: Server) -> None:
    ani = await amanat.user("ani")
    assert (await ani.get("/account/3pid")).json == {"threepids": []}


@pytest.mark.parametrize("path", ["", "/add", "/bind", "/delete", "/unbind"])
async def test_none_is_linked_or_unlinked(amanat: Server, path: str) -> None:
    ani = await amanat.user("ani")
    reply = await ani.post(f"/account/3pid{path}", {})
    assert (reply.status, reply.errcode) == (403, "M_THREEPID_DENIED")


@pytest.mark.parametrize("path", ["account/3pid/email", "account/3pid/msisdn", "register/email", "register/msisdn"])
async def test_nobody_is_written_to(amanat: Server, path: str) -> None:
    reply = await amanat.request("POST", f"/{path}/requestToken", body={})
    assert (reply.status, reply.errcode) == (403, "M_THREEPID_DENIED")
