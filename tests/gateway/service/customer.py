"""Somebody who writes to a bot of the Cloud API, and fills in forms, orders, and is sent templates meanwhile."""

from typing import Any

from amanat.gateway.bots.forms.form_words import WORDS
from amanat.gateway.bots.shop.orders import ORDER
from amanat.gateway.device.happenings import Received
from amanat.gateway.forms.model import FORM, FORM_ANSWER
from tests.gateway.service.bot_told import PRODUCT
from tests.gateway.service.guest import Guest

PRODUCTS = "id.amanat.products"
PASSED_ON = "Pesananmu diteruskan"
ASKED = WORDS["id"]["begin"], WORDS["id"]["check"], WORDS["id"]["sent"]
"""What the gateway says in its own words while it asks a form, once each."""


class Customer(Guest):
    """A guest who is served."""

    forms = orders = 0
    """How many were asked in the chat, and ordered by a number."""

    async def _act(self) -> None:
        await super()._act()
        await self._asks("template")
        form = await self._asks("form")
        await self._fills_in(form)
        await self._is_asked(form)
        await self._orders(await self._asks("shop"))

    async def _asks(self, wish: str) -> Received:
        """Write a word, and return what answers it."""
        word = self._next_word(f"-{wish}")
        await self._device.say(self._room_id, word)
        await self._all_is_answered()
        return next(each for each in reversed(self._answers()) if f"{word} > " in each.content["body"])

    async def _fills_in(self, form: Received) -> None:
        """Send a form as our app does."""
        assert FORM in form.content
        filled = {"screens": [{"id": "START", "values": {"nama": self._next_word()}}]}
        await self._replies(form, {"msgtype": "m.text", "body": "Nama: x", FORM_ANSWER: filled})
        await self._all_is_answered()

    async def _is_asked(self, form: Received) -> None:
        """Send it once more, from an app without forms: field by field."""
        self.forms += 1
        begin, check, _ = ASKED
        await self._replies(form, {"msgtype": "m.text", "body": "isi"})
        await self._hears(begin, times=self.forms)
        await self._device.say(self._room_id, self._next_word())
        await self._hears(check, times=self.forms)
        await self._say({"msgtype": "m.text", "body": "kirim"})
        await self._all_is_answered()

    async def _orders(self, offer: Received) -> None:
        """Order by a number, which is told without a word, and as our app does."""
        self.orders += 1
        await self._say({"msgtype": "m.text", "body": "1 x2"})
        await self._hears(PASSED_ON, times=self.orders)
        told = {"v": 1, "catalog_id": offer.content[PRODUCTS]["catalog_id"], "text": self._next_word()}
        told["items"] = [{"id": PRODUCT, "quantity": 2}]
        await self._replies(offer, {"msgtype": "m.text", "body": "x", ORDER: told})
        await self._all_is_answered()

    async def _replies(self, about: Received, content: dict[str, Any]) -> None:
        await self._say(content | {"m.relates_to": {"m.in_reply_to": {"event_id": about.event_id}}})

    async def _hears(self, text: str, *, times: int) -> None:
        await self._until(lambda: self._count(text) >= times or None, f"hears {text}")

    def _count(self, text: str) -> int:
        return sum(text in each for each in self._texts)

    def was_served_once(self) -> None:
        """Hold what the gateway said in its own words against what was done."""
        assert [self._count(text) for text in ASKED] == [self.forms] * 3, "a form is asked, and sent, once"
        assert self._count(PASSED_ON) == self.orders, "an order is passed on once"
