"""Having a code sent and taking it, as pages do: what goes wrong becomes a sentence beside the field."""

from typing import Any, Final
from urllib.parse import urlencode

from amanat.core.errors import LimitExceeded
from amanat.core.phone_numbers import NumberRefused
from amanat.edge.responses import Response
from amanat.product.accounts.pages.steps import CodeSent
from amanat.product.accounts.pages.visits import Visit
from amanat.product.accounts.phone.codes import Phone, PhoneCodes
from amanat.product.accounts.phone.errors import Expired, SmsUnavailable, TooManyGuesses, WorkNeeded, WrongCode
from amanat.product.accounts.phone.work import Work, WorkChallenge

INBOX: Final = "/_amanat/lab/inbox"
AGAIN_BELOW: Final = "/again"
"""Below the page of a code: where another one is asked for."""


class Problem(Exception):
    """What is said beside the field. `again`: whether the page's script shows a proof of work and sends it again."""

    def __init__(self, sentence: str, *, again: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.again = again


class CodeAsking:
    """Asks for codes of one purpose, and takes them."""

    def __init__(self, codes: PhoneCodes, *, work: Work, purpose: str, rehearsed: bool) -> None:
        """`rehearsed`: texts go no further than the inbox of a lab or a demo."""
        self._rehearsed = rehearsed
        self._codes = codes
        self._work = work
        self._purpose = purpose

    @property
    def available(self) -> bool:
        """Whether this server sends texts."""
        return self._codes.available

    def work(self) -> WorkChallenge | None:
        """Return what a browser works on while a number is typed, if it has to."""
        challenge = self._work.challenge()
        return challenge if challenge.bits else None

    async def send(self, visit: Visit, number: str, *, and_then: str | None) -> CodeSent:
        """Have a code sent to what somebody typed; raises Problem."""
        if not number:
            raise Problem(visit.words("number.missing"))
        try:
            challenge = await self._codes.request(
                number,
                purpose=self._purpose,
                address=visit.request.client_address,
                language=visit.language,
                work=visit.form.raw("work") or None,
            )
        except NumberRefused:
            raise Problem(visit.words("number.refused")) from None
        except LimitExceeded as error:
            raise Problem(visit.words("number.too_soon", minutes=minutes_of(error))) from None
        except WorkNeeded:
            raise Problem(visit.words("number.work_script"), again=True) from None
        except SmsUnavailable:
            raise Problem(visit.words("number.unavailable")) from None
        return CodeSent(challenge.id, number, challenge.resend_after_s, and_then)

    async def take(self, visit: Visit, sent: CodeSent) -> Phone:
        """Take the code that somebody typed; raises Problem."""
        try:
            return await self._codes.verify(sent.challenge, visit.form.raw("code"), purpose=self._purpose)
        except WrongCode as error:
            raise Problem(visit.words("code.wrong", left=error.fields["guesses_left"])) from None
        except TooManyGuesses:
            raise Problem(visit.words("code.void")) from None
        except Expired:
            raise Problem(visit.words("code.expired")) from None

    def page(self, visit: Visit, sent: CodeSent, *, problem: Problem | None, path: str, change: str) -> Response:
        """Show where a code is typed: it goes to `path`, below which another is asked for; `change` leads back."""
        step = urlencode({"s": visit.request.query("s") or ""})
        return visit.page(
            "code.html",
            status=200 if problem is None else 400,
            number=sent.number,
            wait_s=sent.wait_s,
            problems={} if problem is None else {"code": problem.sentence},
            action=f"{path}?{step}",
            again=f"{path}{AGAIN_BELOW}?{step}",
            change=change,
            inbox=INBOX if self._rehearsed else None,
        )


def minutes_of(error: LimitExceeded) -> int:
    """Return how many minutes to wait, at least one."""
    waits: Any = error.fields.get("retry_after_ms", 0)
    return max(1, -(-int(waits) // 60_000))
