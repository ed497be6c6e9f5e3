from io import StringIO

import pytest

from amanat.outbound.sms.console import Console


async def test_a_text_is_printed() -> None:
    terminal = StringIO()
    console = Console(terminal)
    name = await console.send("+62811", "Kode 123456", purpose="sign-in")
    assert terminal.getvalue() == "--- SMS to +62811 (sign-in)\nKode 123456\n---\n"
    assert (await console.status(name), await console.price("+62811")) == ("delivered", 0)


async def test_it_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    await Console().send("+62811", "Kode 123456", purpose="sign-in")
    assert capsys.readouterr().out == ""
