"""`paging` of a list: cursors, and the whole address of the next page where there is one. Pure."""

from typing import Any

from amanat.edge.request import Request


def paging(request: Request, *, base_url: str, first: int | str, last: int | str, more: bool) -> dict[str, Any]:
    """Return it for a page between two cursors; `more`: something stands behind it."""
    told: dict[str, Any] = {"cursors": {"before": str(first), "after": str(last)}}
    return told | {"next": base_url + _next(request, str(last))} if more else told


def _next(request: Request, after: str) -> str:
    # A token that stood in the address does so again, as at Meta: clients follow it with no header.
    others = [each for each in request.query_string.split("&") if each and not each.startswith("after=")]
    return f"{request.path}?{'&'.join([*others, f'after={after}'])}"
