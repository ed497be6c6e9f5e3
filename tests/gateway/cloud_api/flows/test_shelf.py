"""Where flows are kept."""

import pytest

from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.flows import shelf
from amanat.gateway.cloud_api.flows.shelf import MOST, Flow
from tests.gateway.cloud_api.stand import Stand


def made(number: int, name: str) -> Flow:
    return Flow(number=number, name=name, categories=("OTHER",), updated_ts=1)


async def test_a_name_is_of_one_flow_and_there_are_so_many(cloud: Stand) -> None:
    line = cloud.line
    await shelf.put(line, made(1, "a"), text="{}")
    with pytest.raises(GraphError, match="Invalid parameter"):
        await shelf.put(line, made(2, "a"))
    assert (await shelf.find(line, name="a"), await shelf.find(line, number=2)) == (made(1, "a"), None)
    for number in range(2, MOST + 1):
        await shelf.put(line, made(number, str(number)))
    with pytest.raises(GraphError):
        await shelf.put(line, made(MOST + 1, "z"))


async def test_what_is_dropped_leaves_nothing(cloud: Stand) -> None:
    line = cloud.line
    await shelf.put(line, made(1, "a"), text="{}")
    assert await shelf.text_of(line, 1) == "{}"
    await shelf.drop(line, 1)
    assert (await shelf.text_of(line, 1), await shelf.all_of(line)) == (None, [])
    await shelf.put(line, made(1, "b"), text="")
    assert await shelf.text_of(line, 1) is None
    assert shelf.next_number(await shelf.all_of(line)) == 2
