"""Codes for an app that signs people in itself, and one's own number as it is shown. The pages make accounts."""

from typing import Literal

from msgspec import Struct

from amanat.core.requester import Requester
from amanat.edge.openapi import described
from amanat.edge.request import Request
from amanat.edge.routes import get, post
from amanat.product.accounts.phone.codes import SIGN_IN, PhoneCodes
from amanat.product.accounts.phone.phones import Phones
from amanat.product.accounts.phone.work import Work, WorkChallenge


class CodeWanted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who wants a code: `language` is that of the text, `work` a proof of work where one is needed."""

    number: str
    purpose: Literal["sign-in"] = SIGN_IN
    language: Literal["id", "en"] = "id"
    work: str | None = None


class CodeSent(Struct, frozen=True, kw_only=True):
    """A code is on its way. `challenge` names it; another may be asked for after `resend_after_s`."""

    challenge: str
    resend_after_s: int


class OwnNumber(Struct, frozen=True):
    """One's own number as it is shown, `+62 \u2022\u2022\u2022 \u2022\u202234`; null where there is none."""

    masked: str | None


class PhoneRoutes:
    """`/_amanat/v1/phone`."""

    def __init__(self, codes: PhoneCodes, *, phones: Phones, work: Work) -> None:
        self._codes = codes
        self._phones = phones
        self._work = work

    @get("/_amanat/v1/phone", limit="profile")
    async def own_number(self, _request: Request, requester: Requester) -> OwnNumber:
        """Tell somebody which number is theirs, as it is shown."""
        return OwnNumber(await self._phones.masked(requester.user_id))

    @get("/_amanat/v1/phone/work", auth="none", limit="phone")
    async def get_work(self, _request: Request) -> WorkChallenge:
        """Give out a challenge for a proof of work."""
        return self._work.challenge()

    @post("/_amanat/v1/phone/code", auth="none", limit="phone")
    @described(takes=CodeWanted)
    async def send_code(self, request: Request) -> CodeSent:
        """Send a code to a phone; the answer is the same whether or not the number has an account."""
        wanted = await request.struct(CodeWanted)
        sent = await self._codes.request(
            wanted.number,
            purpose=wanted.purpose,
            address=request.client_address,
            language=wanted.language,
            work=wanted.work,
        )
        return CodeSent(challenge=sent.id, resend_after_s=sent.resend_after_s)
