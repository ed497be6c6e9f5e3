"""What somebody typed into a form. The body is small, and is read once."""

from typing import Final
from urllib.parse import parse_qs

from amanat.core.errors import InvalidParam
from amanat.edge.request import Request

MAX_BODY: Final = 64 * 1024
"""A passkey's proof is the largest thing that comes: a few KB."""
MAX_FIELDS: Final = 50
CSRF: Final = "csrf"
"""The field that ties a form to the session it was made for."""


class Form:
    """The fields of a form that was sent; of several by the same name, the first."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        self._fields = fields

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def text(self, name: str) -> str:
        """Return what was typed into a field, without spaces around it; empty if there is no such field."""
        return self.raw(name).strip()

    def raw(self, name: str) -> str:
        """Return a field as it was sent: a password may begin with a space."""
        return self._fields.get(name, [""])[0]


async def read_form(request: Request) -> Form:
    """Read the body of a form; raises InvalidParam for what is none."""
    kind = (request.header("content-type") or "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise InvalidParam("This page takes forms alone.")
    body = await request.body(MAX_BODY)
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict")
    except ValueError:
        raise InvalidParam("The form cannot be read.") from None
    if any("\0" in value for values in fields.values() for value in values):
        raise InvalidParam("The form has a U+0000.")
    return Form(fields)
