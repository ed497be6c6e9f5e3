"""Media by a link: fetched by the guard, of the right type and size; and what is answered."""

import pytest

from amanat.edge.rate_limit import Rate, RateLimiter
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.sending import admit
from amanat.gateway.cloud_api.settings import Rates
from tests.gateway.cloud_api.stand import Stand
from tests.outbound.answering import answering

PNG = b"\x89PNG\r\n\x1a\n not quite"


async def test_links_and_answers(cloud: Stand) -> None:
    visitor, who = await cloud.guest()
    async with answering() as web:
        web.body, web.headers = PNG, "content-type: image/png; charset=binary\r\n"
        sent = await cloud.send(who, "image", {"link": f"{web.url}/foto.png", "caption": "Ini"})
        assert sent.status_code == 200
        assert (await visitor.gets("foto.png")).opened() == PNG
        refused = {
            "type": await cloud.send(who, "video", {"link": web.url}),
            "scheme": await cloud.send(who, "image", {"link": "file:///etc/passwd"}),
            "nobody": await cloud.send(who, "image", {"link": "http://nobody.invalid/"}),
        }
        web.status = 404
        refused["status"] = await cloud.send(who, "image", {"link": web.url})
        web.status, web.body, web.headers = 200, b"x" * 500_001, "content-type: image/webp\r\n"
        refused["size"] = await cloud.send(who, "sticker", {"link": web.url})
    assert {name: answer.json()["error"]["code"] for name, answer in refused.items()} == {
        "type": 131053, "scheme": 131052, "nobody": 131052, "status": 131052, "size": 131052,
    }  # fmt: skip
    # Nothing of our own network is fetched.
    for link in ("http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[::ffff:10.0.0.1]/"):
        answer = await cloud.send(who, "image", {"link": link})
        assert answer.json()["error"]["code"] == 131052
    # What is answered is shown with the answer.
    first = (await cloud.send(who, "text", {"body": "satu"})).json()["messages"][0]["id"]
    await visitor.hears("satu")
    assert (await cloud.send(who, "text", {"body": "dua"}, context={"message_id": first})).status_code == 200
    answered = await visitor.citizen.echo.hears("dua")
    assert "m.in_reply_to" in answered.content["m.relates_to"]


def test_a_bot_has_a_rate_in_all_and_one_to_each_person() -> None:
    rates = Rates(throughput=Rate(per_second=0.01, burst=2))
    limiter = RateLimiter(rates.table(), now=lambda: 0.0)
    for number in range(2):
        admit(limiter, bot=77, chat=number)
    with pytest.raises(GraphError) as refused:
        admit(limiter, bot=77, chat=2)
    assert refused.value.code == 130429
    admit(limiter, bot=78, chat=2)
