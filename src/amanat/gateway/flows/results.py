"""What an effect brings: only the values that the flow has declared, as plain text of a bounded length."""

from collections.abc import Mapping
from typing import Final

from amanat.gateway.flows.model import OUTCOMES, Connector, Effect
from amanat.gateway.flows.session import Answered

MAX_LENGTH: Final = 500
"""A value stands inside a sentence."""


def value_names(step: Effect, outcome: str, *, connectors: Mapping[str, Connector]) -> tuple[str, ...]:
    """Return the variables that an outcome of an effect sets, such as `application.status`."""
    if step.kind == "call":
        connector = connectors.get(step.target)
        fields = connector.gives if connector and outcome == "found" else ()
    else:
        fields = OUTCOMES[step.kind].get(outcome, ())
    return tuple(f"{step.target}.{field}" for field in fields)


def values_of(step: Effect, answered: Answered, *, connectors: Mapping[str, Connector]) -> dict[str, str]:
    """Return the variables to set from what came back."""
    names = value_names(step, answered.outcome, connectors=connectors)
    brought = answered.values
    return {name: " ".join(brought.get(name.partition(".")[2], "").split())[:MAX_LENGTH] for name in names}
