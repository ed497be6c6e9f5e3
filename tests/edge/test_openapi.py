"""Routes as OpenAPI: nothing is written twice."""

from typing import Any

from msgspec import Struct

from amanat.edge.openapi import described, document
from amanat.edge.request import Request
from amanat.edge.responses import Response
from amanat.edge.routes import collect, get, put


class Wish(Struct):
    """What somebody wants."""

    words: str


class Thing(Struct):
    """A thing.

    It is described at length.
    """

    name: str
    parts: list["Thing"]


class Things:
    """Endpoints to be described."""

    @get("/things", auth="none")
    @described(query=("after",))
    async def all(self, request: Request) -> Response:
        """List what there is."""
        return Response(200)

    @put("/things/{name}")
    @described(takes=Wish)
    async def wish(self, request: Request, requester: Any) -> Thing:
        """Wish for a thing.

        It may not come.
        """
        return Thing("", [])


def test_an_operation_says_what_its_route_declares() -> None:
    made = document(collect(Things()), title="Things", version="1")

    assert made["info"] == {"title": "Things", "version": "1"}
    wish = made["paths"]["/things/{name}"]["put"]
    assert (wish["operationId"], wish["summary"]) == ("Things.wish", "Wish for a thing.")
    assert wish["security"] == [{"accessToken": []}]
    assert wish["requestBody"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Wish"}
    (parameter,) = wish["parameters"]
    assert (parameter["name"], parameter["in"], parameter["required"]) == ("name", "path", True)
    answer = wish["responses"]["200"]
    assert answer["description"] == "A thing."
    assert answer["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Thing"}
    assert made["components"]["schemas"]["Thing"]["properties"]["parts"]["items"]["$ref"].endswith("/Thing")


def test_what_is_no_json_of_one_shape_has_no_schema() -> None:
    listing = document(collect(Things()), title="Things", version="1")["paths"]["/things"]["get"]
    assert listing["responses"]["200"] == {"description": "Done."}
    assert "security" not in listing
    assert "requestBody" not in listing
    assert [parameter["name"] for parameter in listing["parameters"]] == ["after"]
