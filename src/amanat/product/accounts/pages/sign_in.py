"""Signing in with a phone number, and signing up: the number, its code, and what the number opens.

Nothing before the code is verified depends on whether the number has an account.
"""

from typing import Final
from urllib.parse import urlencode

from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.product.accounts.pages.code_asking import AGAIN_BELOW, CodeAsking, Problem
from amanat.product.accounts.pages.number_holders import NumberHolders
from amanat.product.accounts.pages.sign_in_pin import PIN
from amanat.product.accounts.pages.steps import CodeSent, Proved
from amanat.product.accounts.pages.visits import HOME, SIGN_IN, Visit, Visits, shown
from amanat.product.accounts.pages.ways import SIGN_UP, Ways

CODE: Final = f"{SIGN_IN}/code"
AGAIN: Final = f"{CODE}{AGAIN_BELOW}"


class SignInRoutes:
    """`/_amanat/account/sign-in`."""

    def __init__(self, visits: Visits, *, asking: CodeAsking, holders: NumberHolders, ways: Ways) -> None:
        self.visits = visits
        self._asking = asking
        self._holders = holders
        self._ways = ways

    @get(SIGN_IN, auth="none", limit="pages")
    @shown
    async def show(self, visit: Visit) -> Response:
        """Ask for a number or, where no texts are sent, for what there is instead."""
        if visit.session.user_id is not None and visit.request.query("again") is None:
            return visit.go(visit.next or HOME)
        if not self._asking.available:
            query = visit.request.query_string
            return visit.go(f"{self._ways.without_texts}?{query}" if query else self._ways.without_texts)
        return self._page(visit)

    @post(SIGN_IN, auth="none", limit="sign_in")
    @shown
    async def send_code(self, visit: Visit) -> Response:
        """Have a code sent."""
        try:
            sent = await self._asking.send(visit, visit.form.text("number"), and_then=visit.next)
        except Problem as problem:
            return self._page(visit, problem)
        return visit.step(CODE, sent)

    @post(AGAIN, auth="none", limit="sign_in")
    @shown
    async def send_another(self, visit: Visit) -> Response:
        """Have another code sent, which voids the one before."""
        sent = visit.told(CodeSent)
        try:
            return visit.step(CODE, await self._asking.send(visit, sent.number, and_then=sent.next))
        except Problem as problem:
            return self._code_page(visit, sent, problem)

    @get(CODE, auth="none", limit="pages")
    @shown
    async def show_code(self, visit: Visit) -> Response:
        """Ask for the code."""
        return self._code_page(visit, visit.told(CodeSent))

    @post(CODE, auth="none", limit="sign_in")
    @shown
    async def take_code(self, visit: Visit) -> Response:
        """Take the code, and lead to what the number opens."""
        sent = visit.told(CodeSent)
        try:
            phone = await self._asking.take(visit, sent)
        except Problem as problem:
            return self._code_page(visit, sent, problem)
        owner = await self._holders.owner(phone)
        proved = Proved(phone.number, phone.number_hash, owner, sent.next)
        if owner is None:
            return visit.step(SIGN_UP, proved)
        if await self._holders.is_guarded(owner):
            return visit.step(PIN, proved)
        await self._holders.tell_entered(owner)
        await visit.sign_in(owner)
        return visit.go(sent.next or HOME)

    def _page(self, visit: Visit, problem: Problem | None = None) -> Response:
        return self._ways.page(
            visit,
            "sign_in.html",
            path=SIGN_IN,
            status=200 if problem is None else 400,
            number=visit.form.text("number"),
            problems={} if problem is None else {"number": problem.sentence},
            work=self._asking.work(),
            work_now=problem is not None and problem.again,
        )

    def _code_page(self, visit: Visit, sent: CodeSent, problem: Problem | None = None) -> Response:
        change = SIGN_IN if sent.next is None else f"{SIGN_IN}?{urlencode({'next': sent.next})}"
        return self._asking.page(visit, sent, problem=problem, path=CODE, change=change)
