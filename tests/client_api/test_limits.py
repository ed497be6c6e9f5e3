from amanat.client_api.limits import LIMITS
from tests.server import Server


async def test_an_account_that_asks_too_often_is_told_when_to_come_back(serving: Server) -> None:
    ani = await serving.newcomer("ani")
    replies = [await ani.post("/user_directory/search", {"search_term": "x"}) for _ in range(35)]
    assert replies[0].status == 200
    assert (replies[-1].status, replies[-1].errcode) == (429, "M_LIMIT_EXCEEDED")
    assert replies[-1].json["retry_after_ms"] > 0


async def test_a_lab_has_no_limits(amanat: Server) -> None:
    ani = await amanat.user("ani")
    replies = [await ani.post("/user_directory/search", {"search_term": "x"}) for _ in range(35)]
    assert {reply.status for reply in replies} == {200}


def test_an_address_may_ask_more_often_than_one_of_its_accounts() -> None:
    for limit in LIMITS.values():
        assert limit.address is not None
        assert limit.account is None or limit.account.per_second < limit.address.per_second
