"""The connectors of a service: the operator's file, read again when it changes, beside what its flow asks."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import structlog

from amanat.gateway.connectors.settings import BadConnectors, Settings, missing, read_settings
from amanat.gateway.flows.model import Flow

log = structlog.get_logger()

_Stamp: TypeAlias = tuple[int, int, int, int] | None


class ConnectorsFile:
    """`connectors.toml` of a service's folder. `held` is what it said last without a mistake."""

    def __init__(self, file: Path) -> None:
        """Read it; raises `BadConnectors`."""
        self._file = file
        self._seen = self._stamp()
        self.held = read_settings(file)

    def has_changed(self) -> bool:
        """Look again: whether something else is `held` now. A mistake keeps what was, and is told in the log, once."""
        stamp = self._stamp()
        if stamp == self._seen:
            return False
        self._seen = stamp
        try:
            held = read_settings(self._file)
        except BadConnectors as bad:
            log.error("connectors_not_taken", reason=str(bad))
            return False
        is_other = held != self.held
        self.held = held
        return is_other

    def _stamp(self) -> _Stamp:
        """Return what tells one state of the file from another; its rights are part of it."""
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino, found.st_mode


def unanswered(flow: Flow, held: Mapping[str, Settings]) -> list[str]:
    """Return a sentence for all that keeps a call of a flow from being answered."""
    return [
        sentence
        for name, connector in flow.connectors.items()
        if not connector.table
        for sentence in missing(name, held, needs=connector.needs, gives=connector.gives)
    ]
