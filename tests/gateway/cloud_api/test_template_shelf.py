import pytest

from amanat.gateway.cloud_api import template_shelf
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.templates import MOST, make
from tests.gateway.cloud_api.stand import Stand

ASKED = {"language": "id", "category": "UTILITY", "components": [{"type": "BODY", "text": "Halo."}]}


async def test_a_shelf_has_an_end_and_keeps_what_is_on_it(cloud: Stand) -> None:
    for number in range(1, 4):
        await template_shelf.put(cloud.line, make(ASKED | {"name": f"t{number}"}, number=number))
    assert template_shelf.next_number(await template_shelf.all_of(cloud.line)) == 4
    assert (await template_shelf.find(cloud.line, "t2", language="id")).number == 2
    with pytest.raises(GraphError) as other_language:
        await template_shelf.find(cloud.line, "t2", language="en")
    assert other_language.value.code == 132001
    await template_shelf.keep(cloud.line, [make(ASKED | {"name": f"t{n}"}, number=n) for n in range(1, MOST + 1)])
    with pytest.raises(GraphError):
        await template_shelf.put(cloud.line, make(ASKED | {"name": "lagi"}, number=MOST + 1))
    assert await template_shelf.drop(cloud.line, "t1", number=None)
    assert not await template_shelf.drop(cloud.line, "t1", number=None)
