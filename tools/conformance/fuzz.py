"""What `schemathesis` makes of an operation's schema, valid and not, always the same; and how it is sent."""

from random import Random
from typing import Any, Final, TypeAlias
from urllib.parse import quote, unquote

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from requests import PreparedRequest, Request
from schemathesis import Case as AnyCase
from schemathesis import GenerationMode

from tests.edge.asking import ask
from tests.server import Server
from tools.conformance.names import fill
from tools.conformance.world import World

Case: TypeAlias = AnyCase[Any]

BASE: Final = "http://localhost"
VALID, INVALID = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
_SPEAKERS: Final = ["alice"] * 8 + ["bob"] * 2 + ["carol", "nobody", "stranger"]
"""Who asks: mostly one who may; `nobody` has no token and `stranger` one that is not known."""
_PATIENCE: Final = ("timeout", "timeout_ms")
"""Parameters that make an answer wait; nothing would come."""


def draw(operation: Any, *, mode: GenerationMode, count: int) -> list[Case]:
    """Draw requests of one operation, the same in every run."""
    drawn: list[Case] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def keep(case: Case) -> None:
        drawn.append(case)

    try:
        keep()
    except Unsatisfiable:
        # Nothing of this operation can be invalid: it has no parameter, or any text is good.
        return drawn
    return drawn


def has_invalid(operation: Any) -> bool:
    """Whether an operation takes something that can be wrong: a path of plain strings cannot."""
    return bool(operation.body) or any(True for _ in operation.query)


async def send(case: Case, *, server: Server, world: World, number: int) -> None:
    """Send one drawn request, with the ids of this world in it, as one of its people."""
    speaker = Random(f"{case.operation.label} {number}").choice(_SPEAKERS)
    person = world.people.get(speaker)
    token = person.token if person else "not-a-token" if speaker == "stranger" else None
    request = _written(case, world=world, canonical=number % 2 == 1)
    assert request.url is not None
    body = request.body.encode() if isinstance(request.body, str) else request.body or b""
    assert isinstance(body, bytes)
    headers = {"Host": "localhost", "Content-Length": str(len(body))}
    if "Content-Type" in request.headers:
        headers["Content-Type"] = str(request.headers["Content-Type"])
    target = request.url.removeprefix(BASE)
    await ask(server.amanat.client_app, case.method, target, body=body, headers=headers, token=token)


def _written(case: Case, *, world: World, canonical: bool) -> PreparedRequest:
    """Put the ids into a request and write it as bytes."""
    filled = case.operation.Case(
        path_parameters={name: _filled(value, world) for name, value in case.path_parameters.items()},
        query={name: fill(value, world.ids) for name, value in _impatient(case.query).items()},
        body=fill(_canonical(case.body) if canonical else case.body, world.ids),
        media_type=case.media_type,
        headers={},
    )
    sent = filled.as_transport_kwargs(base_url=BASE)
    parts = {name: sent[name] for name in ("method", "params", "json", "data", "files") if name in sent}
    # The document tells two operations at one address apart by a space at the end.
    return Request(**parts, url=BASE + filled.formatted_path.strip()).prepare()


def _filled(value: Any, world: World) -> Any:
    """Fill a part of a path, which is drawn percent-encoded."""
    return quote(fill(unquote(value), world.ids), safe="") if isinstance(value, str) else value


def _canonical(value: Any) -> Any:
    """Round and bound the numbers of a body: most would be refused for those alone."""
    # spec: appendices#canonical-json
    if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
        return int(max(-(2.0**53) + 1, min(value, 2.0**53 - 1)))
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    return value


def _impatient(query: dict[str, Any]) -> dict[str, Any]:
    return {name: 0 if name in _PATIENCE and str(value).isdigit() else value for name, value in query.items()}
