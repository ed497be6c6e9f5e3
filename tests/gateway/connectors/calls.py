"""A call as a flow makes it."""

from collections.abc import Mapping

from amanat.gateway.connectors.source import Call

FAR_MS = 10**15


def call(arguments: Mapping[str, str], *gives: str, source: str = "application", deadline_ms: int = FAR_MS) -> Call:
    """Return one that waits as long as the source does."""
    return Call(
        request="conversation/1",
        source=source,
        arguments=arguments,
        gives=gives or ("status",),
        deadline_ms=deadline_ms,
    )
