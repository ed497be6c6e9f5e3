"""`/_amanat/v1/openapi.json` describes each endpoint of this server's own API."""

from typing import Any

from tests.server import Server

PATH = "/_amanat/v1/openapi.json"


async def test_every_endpoint_is_described_once(amanat: Server) -> None:
    described = (await amanat.request("GET", PATH)).json
    own = {
        (bound.route.method.lower(), path)
        for bound in amanat.amanat.client_app.routes
        for path in bound.route.paths
        if path.startswith("/_amanat/v1/") and path != PATH
    }
    assert described["openapi"] == "3.1.0"
    assert {(method, path) for path, item in described["paths"].items() for method in item} == own
    operations = [operation for item in described["paths"].values() for operation in item.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    assert all(operation["summary"].endswith(".") for operation in operations)


async def test_whoever_takes_a_body_says_of_what_shape(amanat: Server) -> None:
    described = (await amanat.request("GET", PATH)).json
    for path, item in described["paths"].items():
        for method, operation in item.items():
            assert ("requestBody" in operation) is (method in ("put", "post")), f"{method} {path}"


async def test_each_reference_leads_somewhere(amanat: Server) -> None:
    described = (await amanat.request("GET", PATH)).json
    for reference in _references(described):
        found: Any = described
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        assert found


def _references(value: Any) -> list[str]:
    if isinstance(value, list):
        return [found for item in value for found in _references(item)]
    if not isinstance(value, dict):
        return []
    own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
    return own + [found for item in value.values() for found in _references(item)]
