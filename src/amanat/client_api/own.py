"""Paths that name a user and are for that user alone."""

from amanat.core.errors import Forbidden
from amanat.core.requester import Requester
from amanat.edge.request import Request


def check_own(request: Request, requester: Requester) -> None:
    """Refuse what is about another user than the requester."""
    if request.params["userId"] != requester.user_id:
        raise Forbidden("This is for that user alone.")
