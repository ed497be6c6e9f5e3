"""Whether all that a flow asks of other systems can be answered: its connectors beside the operator's file."""

from collections.abc import Mapping

from amanat.gateway.connectors.settings import Settings, missing
from amanat.gateway.flows.model import Flow


def unanswered(flow: Flow, held: Mapping[str, Settings]) -> list[str]:
    """Return a sentence for all that keeps a call of a flow from being answered."""
    return [
        sentence
        for name, connector in flow.connectors.items()
        if not connector.table
        for sentence in missing(name, held, needs=connector.needs, gives=connector.gives)
    ]
