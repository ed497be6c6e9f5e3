"""Logs: one line per happening, with facts and opaque ids; never content, tokens, numbers or codes."""

import logging
import sys
from contextlib import suppress
from typing import Literal, TextIO, cast

import structlog

# The disk is full; the stream is closed, or its encoding has no such character.
_NOT_WRITTEN = (OSError, ValueError)


class _Lines:
    """Writes to a stream. A line that cannot be written is lost: it must not stop who tells of it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(*_NOT_WRITTEN):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(*_NOT_WRITTEN):
            self._stream.flush()


def configure(form: Literal["json", "console"], *, level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Write logs to standard error, as JSON for machines or in columns for a person."""
    stream = stream or sys.stderr
    # Where the package `rich` is installed, structlog's tracebacks would show every local variable: tokens, content.
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback)
    )
    # A console shows tracebacks itself; in JSON they must be text first.
    tracebacks = [structlog.processors.format_exc_info] if form == "json" else []
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *tracebacks,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Lines(stream))),
        cache_logger_on_first_use=True,
    )
    # What libraries say beside their errors is for their own developers.
    logging.basicConfig(stream=stream, level=logging.ERROR, format="%(levelname)s %(name)s %(message)s")
