import pytest

from amanat.core import otp
from amanat.outbound.sms.inbox import Inbox
from amanat.outbound.sms.sms import SmsFailed
from amanat.product.accounts.phone.code_texts import CodeTexts
from tests.product.accounts.phone.people import ANI


async def test_a_code_goes_out_bound_to_our_pages() -> None:
    inbox = Inbox(now_ms=lambda: 0)
    await CodeTexts(inbox, host="chat.example.id").send(ANI, "123456", language="en", purpose="sign-in")
    (sent,) = inbox.texts(ANI)
    assert sent.text == otp.sms_text("123456", host="chat.example.id", language="en")
    assert sent.purpose == "sign-in"


async def test_without_an_adapter_nothing_goes_out() -> None:
    texts = CodeTexts(None, host="chat.example.id")
    assert not texts.available
    with pytest.raises(SmsFailed):
        await texts.send(ANI, "123456", language="en", purpose="sign-in")
