"""Finding a route: what is literal, what is a parameter, and what is not there."""

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.core.errors import InvalidParam, LimitExceeded, MethodNotAllowed, Unrecognized
from amanat.edge.request import Request
from amanat.edge.routes import Router, collect, delete, get, post, put, refuses_by
from tests.edge.asking import Client, asking

V3 = "/_matrix/client/v3"


class State:
    """Routes that overlap as the specification's do."""

    @get(f"{V3}/rooms/{{roomId}}/state", spec="getRoomState")
    async def all(self) -> str:
        return "all"

    @get(f"{V3}/rooms/{{roomId}}/state/{{eventType}}", f"{V3}/rooms/{{roomId}}/state/{{eventType}}/")
    async def unnamed(self) -> str:
        return "unnamed"

    @get(f"{V3}/rooms/{{roomId}}/state/{{eventType}}/{{stateKey}}")
    async def one(self) -> str:
        return "one"


class Profile:
    @get(f"{V3}/profile/{{userId}}/displayname")
    @put(f"{V3}/profile/{{userId}}/displayname")
    async def displayname(self) -> str:
        return "displayname"

    @delete(f"{V3}/profile/{{userId}}/{{keyName}}")
    async def remove(self) -> str:
        return "remove"

    @post("/a/b/c")
    async def deep(self) -> str:
        return "deep"

    @post("/{x}/b/d")
    async def other(self) -> str:
        return "other"


router = Router(collect(State(), Profile()))


async def found(method: str, path: str) -> tuple[str, dict[str, str]]:
    bound, params = router.find(method, path)
    return await bound.endpoint(), params


@pytest.mark.parametrize(
    ("method", "path", "endpoint", "params"),
    [
        ("GET", f"{V3}/rooms/!r:x/state", "all", {"roomId": "!r:x"}),
        ("HEAD", f"{V3}/rooms/!r:x/state", "all", {"roomId": "!r:x"}),
        ("GET", f"{V3}/rooms/!r:x/state/m.room.name", "unnamed", {"roomId": "!r:x", "eventType": "m.room.name"}),
        ("GET", f"{V3}/rooms/!r:x/state/m.room.name/", "unnamed", {"roomId": "!r:x", "eventType": "m.room.name"}),
        ("GET", f"{V3}/rooms/%21r%3Ax/state/t/a%2Fb", "one", {"roomId": "!r:x", "eventType": "t", "stateKey": "a/b"}),
        ("GET", f"{V3}/%72ooms/!r:x/state", "all", {"roomId": "!r:x"}),
        ("PUT", f"{V3}/profile/@a:x/displayname", "displayname", {"userId": "@a:x"}),
        ("DELETE", f"{V3}/profile/@a:x/displayname", "remove", {"userId": "@a:x", "keyName": "displayname"}),
        ("POST", "/a/b/c", "deep", {}),
        ("POST", "/a/b/d", "other", {"x": "a"}),
    ],
)
async def test_the_most_literal_route_of_the_method_answers(
    method: str, path: str, endpoint: str, params: dict[str, str]
) -> None:
    assert await found(method, path) == (endpoint, params)


@pytest.mark.parametrize(
    "path",
    ["/", "", "*", f"{V3}/rooms", f"{V3}/rooms//state", f"{V3}/rooms/!r:x/state/", f"{V3}/rooms/!r:x/state/t/k/"],
)
async def test_what_nobody_declared_is_not_there(path: str) -> None:
    with pytest.raises(Unrecognized):
        await found("GET", path)


async def test_a_known_path_under_another_method_is_told_apart() -> None:
    with pytest.raises(MethodNotAllowed) as refused:
        await found("POST", f"{V3}/profile/@a:x/displayname")
    assert refused.value.allow == "DELETE, GET, HEAD, OPTIONS, PUT"  # type: ignore[attr-defined]
    with pytest.raises(MethodNotAllowed):
        await found("BREW", "/a/b/c")


async def test_a_path_that_cannot_be_decoded_is_refused() -> None:
    with pytest.raises(InvalidParam):
        await found("GET", f"{V3}/rooms/%ff/state")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_a_parameter_may_hold_any_text(text: str) -> None:
    _, params = router.find("GET", f"{V3}/rooms/{quote(text, safe='')}/state")
    assert params == {"roomId": text}


def test_collect_lists_every_path_with_what_was_declared() -> None:
    routes = [bound.route for bound in collect(State())]
    assert [route.spec for route in routes] == ["getRoomState", None, None]
    assert {(route.method, route.auth, route.limit) for route in routes} == {("GET", "required", "default")}


def test_a_subclass_declares_each_route_once() -> None:
    class Louder(State):
        async def more(self) -> Any: ...

    assert len(collect(Louder())) == 3


def test_declaring_an_address_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Router(collect(State(), State()))


def test_a_path_begins_with_a_slash() -> None:
    class Wrong:
        @get("versions")
        async def versions(self) -> None: ...

    with pytest.raises(ValueError, match="slash"):
        Router(collect(Wrong()))


async def test_a_method_may_show_refusals_in_its_own_way() -> None:
    class Shown:
        name = "shown"

        @get("/shown")
        @refuses_by(lambda self: lambda _request, error: _said(f"{self.name}: {error.error}"))
        async def shown(self, request: Request) -> None: ...

        @get("/plain")
        async def plain(self, request: Request) -> None: ...

    bound = {bound.route.paths[0]: bound for bound in collect(Shown())}
    refused = bound["/shown"].refused
    assert bound["/plain"].refused is None
    assert refused is not None
    assert (
        await refused(asking("GET", "/shown", None, incoming=Client(()).incoming), LimitExceeded("slower"))
        == "shown: slower"
    )


async def _said(words: str) -> str:
    return words
