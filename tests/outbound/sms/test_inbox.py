from amanat.outbound.sms.inbox import KEPT, Inbox


def inbox() -> Inbox:
    return Inbox(now_ms=lambda: 7)


async def test_a_text_lies_in_the_inbox_of_its_number() -> None:
    phones = inbox()
    await phones.send("+62811", "one", purpose="sign-in")
    await phones.send("+62822", "two", purpose="sign-in")
    await phones.send("+62811", "three", purpose="link")
    assert [text.text for text in phones.texts("+62811")] == ["three", "one"]
    assert [text.text for text in phones.texts()] == ["three", "two", "one"]
    assert (phones.texts()[0].purpose, phones.texts()[0].ts) == ("link", 7)


async def test_the_last_hundred_are_kept() -> None:
    phones = inbox()
    first = await phones.send("+62811", "first", purpose="sign-in")
    for number in range(KEPT):
        last = await phones.send("+62822", str(number), purpose="sign-in")
    assert len(phones.texts()) == KEPT
    assert (await phones.status(first), await phones.status(last)) == ("unknown", "delivered")


async def test_it_costs_nothing() -> None:
    assert await inbox().price("+62811") == 0
