"""`paging` of a list: cursors, and the whole address of the next page where there is one. Pure."""

from collections.abc import Sequence
from typing import Any, TypeVar

from amanat.edge.request import Request

T = TypeVar("T")


def paging(request: Request, *, base_url: str, first: int | str, last: int | str, more: bool) -> dict[str, Any]:
    """Return it for a page between two cursors; `more`: something stands behind it."""
    told: dict[str, Any] = {"cursors": {"before": str(first), "after": str(last)}}
    return told | {"next": base_url + _next(request, str(last))} if more else told


def listed(
    request: Request, found: Sequence[T], *, base_url: str, page: int, largest: int
) -> tuple[Sequence[T], dict[str, Any]]:
    """Return the page of a whole list that is asked for, by places in it, and its `paging`; `page`: without a limit."""
    start = request.query_int("after", 0, minimum=0) if request.query("after") else 0
    some = found[start : start + request.query_int("limit", page, minimum=1, maximum=largest)]
    last = start + len(some)
    return some, paging(request, base_url=base_url, first=start, last=last, more=last < len(found))


def _next(request: Request, after: str) -> str:
    # A token that stood in the address does so again, as at Meta: clients follow it with no header.
    others = [each for each in request.query_string.split("&") if each and not each.startswith("after=")]
    return f"{request.path}?{'&'.join([*others, f'after={after}'])}"
