"""The parameters of a request to the OAuth 2.0 API: a form, in which nothing stands twice (RFC 6749, 3.2)."""

from collections.abc import Mapping
from typing import Final

from amanat.core.errors import MatrixError
from amanat.edge.percent import parse_query
from amanat.edge.request import Request
from amanat.product.accounts.oauth.errors import OAuthError

MAX_BODY: Final = 16 * 1024
_KIND: Final = "application/x-www-form-urlencoded"


async def read_parameters(request: Request) -> Mapping[str, str]:
    """Read the form of a request; raises OAuthError. A parameter without a value is none."""
    if (request.header("content-type") or "").partition(";")[0].strip().lower() != _KIND:
        raise OAuthError("invalid_request", f"The body must be {_KIND}.")
    try:
        values = parse_query((await request.body(MAX_BODY)).decode("ascii"))
    except UnicodeDecodeError:
        raise OAuthError("invalid_request", "The body must be percent-encoded.") from None
    except MatrixError as error:
        raise OAuthError("invalid_request", error.error) from None
    twice = [name for name, given in values.items() if len(given) > 1]
    if twice:
        raise OAuthError("invalid_request", f"The parameter {twice[0]} is there more than once.")
    return {name: given[0] for name, given in values.items() if given[0]}


def needed(parameters: Mapping[str, str], name: str) -> str:
    """Return a parameter that a request cannot do without."""
    value = parameters.get(name)
    if value is None:
        raise OAuthError("invalid_request", f"The parameter {name} is missing.")
    return value
