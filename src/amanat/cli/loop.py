"""The loop that every command's work runs on."""

from collections.abc import Coroutine
from typing import Any, TypeVar

import uvloop

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's work to its end, on the loop that servers run on."""
    return uvloop.run(work)
