"""What is wrong with an answer: the rules of the verdict, and the list of answers that are excused."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import schemathesis
from msgspec import DecodeError, Struct, convert, json
from requests import Request as AnyRequest
from schemathesis import Response
from schemathesis.core.failures import Failure, FailureGroup

from tools.conformance.specification import Operation, Specification

_ERRCODE: Final = re.compile(r"[A-Z][A-Z0-9._]*_[A-Z0-9_]+")
_NO_REQUEST: Final = AnyRequest("GET", "http://localhost").prepare()
"""`schemathesis` wants to know the request of a response, but does not ask it anything."""


class Exchange(Struct, frozen=True, kw_only=True):
    """One request and what it was answered."""

    method: str
    target: str
    sent: bytes
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The address without its query."""
        return self.target.partition("?")[0]

    def __str__(self) -> str:
        asked = f"{self.method} {self.target[:300]}\n    sent {self.sent[:300]!r}"
        return f"{asked}\n    got {self.status} {self.body[:400]!r}"


class Problem(Struct, frozen=True, kw_only=True):
    """A complaint about the answers of one operation, with the first exchange that gave rise to it."""

    operation: str
    status: int
    complaint: str
    exchange: Exchange

    def __str__(self) -> str:
        return f"{self.operation}, {self.status}: {self.complaint}\n    {self.exchange}"


class Excuse(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer outside the schema that has a reason. `says` is part of the complaint that it excuses."""

    operation: str
    status: int
    says: str
    reason: str

    def covers(self, problem: Problem) -> bool:
        """Whether this is the reason for a problem."""
        here = (problem.operation, problem.status) == (self.operation, self.status)
        return here and self.says in problem.complaint


class Judge:
    """Holds each answer against the schema of its operation, and remembers what it found."""

    def __init__(self, specification: Specification, *, excuses: Sequence[Excuse]) -> None:
        self._specification = specification
        self._excuses = excuses
        self._used: set[Excuse] = set()
        self.schema = schemathesis.openapi.from_dict(specification.document)
        self.judged = self.excused = 0
        self.succeeded: set[str] = set()
        self.problems: dict[tuple[str, int, str], Problem] = {}

    def hear(self, exchange: Exchange) -> None:
        """Judge one exchange."""
        operation = self._specification.find(exchange.method, exchange.path)
        self.judged += 1
        if operation is not None and exchange.status < 400:
            self.succeeded.add(operation.operation_id)
        for complaint in self._complaints(operation, exchange):
            name = operation.operation_id if operation else exchange.path
            self._complain(Problem(operation=name, status=exchange.status, complaint=complaint, exchange=exchange))

    def _complain(self, problem: Problem) -> None:
        """Note a problem once, unless it is excused."""
        for excuse in self._excuses:
            if excuse.covers(problem):
                self._used.add(excuse)
                self.excused += 1
                return
        self.problems.setdefault((problem.operation, problem.status, problem.complaint), problem)

    def verdict(self) -> list[str]:
        """Return all that must not be: problems, and excuses that nothing needed: the list may only shrink."""
        unused = [excuse for excuse in self._excuses if excuse not in self._used]
        stale = [f"{excuse.operation}, {excuse.status}: nothing needs this exception any more" for excuse in unused]
        return [*map(str, self.problems.values()), *stale]

    def _complaints(self, operation: Operation | None, exchange: Exchange) -> Iterator[str]:
        documented = operation is not None and exchange.status in operation.statuses
        if exchange.status == 401 and b'"flows"' not in exchange.body:
            # spec: client-server-api#using-access-tokens. It holds for operations whose own 401 is another thing.
            documented = False
        if exchange.status >= 500 and not documented:
            yield "the server failed"
        elif operation is not None and documented:
            yield from self._against_schema(operation, exchange)
        elif 400 <= exchange.status < 500:
            # spec: client-server-api#standard-error-response. Any endpoint may refuse for reasons that all share.
            yield from _not_an_error(exchange)
        elif operation is not None:
            yield "the specification does not know that status"

    def _against_schema(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        answer = Response(
            status_code=exchange.status,
            headers={name: [value] for name, value in exchange.headers.items()},
            content=exchange.body,
            request=_NO_REQUEST,
            elapsed=0.0,
            verify=False,
        )
        try:
            self.schema[operation.key][operation.method].validate_response(answer)
        except FailureGroup as group:
            yield from (_said(failure) for failure in group.exceptions)
        except Failure as failure:
            yield _said(failure)
        if exchange.status >= 400:
            yield from _not_an_error(exchange)


def _not_an_error(exchange: Exchange) -> Iterator[str]:
    """Say what a refusal lacks."""
    try:
        body: Any = json.decode(exchange.body)
    except DecodeError:
        yield "the refusal is not JSON"
        return
    if exchange.headers.get("content-type") != "application/json":
        yield "the refusal does not say that it is JSON"
    if exchange.status == 401 and "flows" in body:
        return  # spec: client-server-api#user-interactive-api-in-the-rest-api has no errcode at first.
    if not isinstance(body.get("errcode"), str) or not _ERRCODE.fullmatch(body["errcode"]):
        yield "the refusal has no errcode"
    if not isinstance(body.get("error"), str) or not body["error"]:
        yield "the refusal has no sentence"


def _said(failure: BaseException) -> str:
    """Return the first lines of a failure: what is wrong, and where."""
    message = getattr(failure, "message", None) or str(failure)
    return f"{getattr(failure, 'title', type(failure).__name__)}: " + " ".join(message.split())[:240]


class Exceptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The reviewed list: answers outside the schema, and, by reason, operations that are always refused."""

    exception: list[Excuse] = []
    refused: dict[str, list[str]] = {}


def read_exceptions(file: Path) -> Exceptions:
    """Read the reviewed list."""
    return convert(tomllib.loads(file.read_text()), Exceptions)
