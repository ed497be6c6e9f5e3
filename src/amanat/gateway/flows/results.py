"""What an effect brings: only the values that the flow has declared, as plain text of a bounded length."""

from collections.abc import Mapping
from typing import Final

from amanat.gateway.flows.model import RESULTS, Connector, Effect

MAX_LENGTH: Final = 500
"""A value stands inside a sentence."""


def value_names(step: Effect, connectors: Mapping[str, Connector]) -> tuple[str, ...]:
    """Return the variables that the good outcome of an effect sets, such as `application.status`."""
    connector = connectors.get(step.target)
    fields = RESULTS.get(step.kind) or (connector.gives if connector else ())
    return tuple(f"{step.target}.{field}" for field in fields)


def values_of(step: Effect, brought: Mapping[str, str], *, connectors: Mapping[str, Connector]) -> dict[str, str]:
    """Return the variables to set from what came back."""
    names = value_names(step, connectors)
    return {name: " ".join(brought.get(name.partition(".")[2], "").split())[:MAX_LENGTH] for name in names}
