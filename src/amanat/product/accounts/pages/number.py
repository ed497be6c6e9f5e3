"""The page of one's phone number: seen masked, changed by a code to the new one, and found by others only if wished."""

from typing import Final

from amanat.db.tx import Tx
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.product.accounts.credentials.notices import Kind, Notices
from amanat.product.accounts.pages.code_asking import AGAIN_BELOW, CodeAsking, Problem
from amanat.product.accounts.pages.findable import Findable
from amanat.product.accounts.pages.steps import CodeSent
from amanat.product.accounts.pages.visits import HOME, Visit, Visits, recently_signed_in, signed_in
from amanat.product.accounts.phone.codes import Phone
from amanat.product.accounts.phone.errors import NumberInUse
from amanat.product.accounts.phone.phones import Phones
from amanat.store.store import Store

PATH: Final = f"{HOME}number"
CHANGE: Final = f"{PATH}/change"
CODE: Final = f"{CHANGE}/code"
AGAIN: Final = f"{CODE}{AGAIN_BELOW}"


class NumberRoutes:
    """`/_amanat/account/number`."""

    def __init__(self, visits: Visits, *, asking: CodeAsking, numbers: "NumberChanges", findable: Findable) -> None:
        self.visits = visits
        self._asking = asking
        self._numbers = numbers
        self._findable = findable

    @get(PATH, auth="none", limit="pages")
    @signed_in
    async def show(self, visit: Visit) -> Response:
        """Show the number, and who may find its owner by it."""
        return visit.page(
            "number.html",
            number=await self._numbers.masked(visit.user_id),
            findable=await self._findable.is_on(visit.user_id),
            can_change=self._asking.available,
        )

    @post(PATH, auth="none", limit="pages")
    @signed_in
    async def switch(self, visit: Visit) -> Response:
        """Let others find one by the number, or no longer."""
        await self._findable.set(visit.user_id, on="findable" in visit.form)
        return visit.go(f"{PATH}?done=1")

    @get(CHANGE, auth="none", limit="pages")
    @recently_signed_in
    async def show_change(self, visit: Visit) -> Response:
        """Ask for another number."""
        return self._page(visit)

    @post(CHANGE, auth="none", limit="sign_in")
    @recently_signed_in
    async def send_code(self, visit: Visit) -> Response:
        """Have a code sent to it."""
        try:
            return visit.step(CODE, await self._asking.send(visit, visit.form.text("number"), and_then=None))
        except Problem as problem:
            return self._page(visit, problem)

    @post(AGAIN, auth="none", limit="sign_in")
    @recently_signed_in
    async def send_another(self, visit: Visit) -> Response:
        """Have another code sent."""
        sent = visit.told(CodeSent)
        try:
            return visit.step(CODE, await self._asking.send(visit, sent.number, and_then=None))
        except Problem as problem:
            return self._code_page(visit, sent, problem)

    @get(CODE, auth="none", limit="pages")
    @recently_signed_in
    async def show_code(self, visit: Visit) -> Response:
        """Ask for the code."""
        return self._code_page(visit, visit.told(CodeSent))

    @post(CODE, auth="none", limit="sign_in")
    @recently_signed_in
    async def take_code(self, visit: Visit) -> Response:
        """Take the code, and the number with it."""
        sent = visit.told(CodeSent)
        try:
            phone = await self._asking.take(visit, sent)
            await self._numbers.change(visit.user_id, phone)
        except Problem as problem:
            return self._code_page(visit, sent, problem)
        except NumberInUse:
            return self._code_page(visit, sent, Problem(visit.words("number.in_use")))
        return visit.go(f"{PATH}?done=1")

    def _page(self, visit: Visit, problem: Problem | None = None) -> Response:
        return visit.page(
            "number_change.html",
            status=200 if problem is None else 400,
            number=visit.form.text("number"),
            problems={} if problem is None else {"number": problem.sentence},
            work=self._asking.work(),
            work_now=problem is not None and problem.again,
        )

    def _code_page(self, visit: Visit, sent: CodeSent, problem: Problem | None = None) -> Response:
        return self._asking.page(visit, sent, problem=problem, path=CODE, change=CHANGE)


class NumberChanges:
    """Changes the number of an account, and tells its devices."""

    def __init__(self, store: Store, *, phones: Phones, notices: Notices) -> None:
        self._store = store
        self._phones = phones
        self._notices = notices

    async def masked(self, user_id: str) -> str | None:
        """Return an account's number as it is shown."""
        return await self._phones.masked(user_id)

    async def change(self, user_id: str, phone: Phone) -> None:
        """Give an account the number that its owner holds; raises NumberInUse."""

        def run(tx: Tx) -> None:
            self._phones.link(tx, phone, user_id=user_id)
            self._notices.add(tx, user_id, kind=Kind.NUMBER_CHANGED)

        await self._store.write(run, needs=[*self._phones.needs(user_id, phone), *self._notices.needs(user_id)])
