import json
from urllib.parse import parse_qs
from xml.etree import ElementTree

import pytest

from amanat.outbound.http import HttpClient
from amanat.outbound.sms.http_template import HttpTemplate, SmsRequest
from amanat.outbound.sms.sms import SmsFailed
from tests.outbound.answering import Answering

NASTY = 'Kode "123" <456> & {number} 100% \\ \n@chat.example.id #123456'


async def test_a_body_of_json_holds_the_text_whole(client: HttpClient, other: Answering) -> None:
    body = '{"to": "{digits}", "msg": "{text}", "key": {"a": 1}}'
    sms = HttpTemplate(client, SmsRequest(url=f"{other.url}/send", body=body, headers={"X-Key": "k"}), price=350)
    await sms.send("+62811", NASTY, purpose="sign-in")
    (asked,) = other.asked
    assert json.loads(asked.body) == {"to": "62811", "msg": NASTY, "key": {"a": 1}}
    assert (asked.line, asked.headers["content-type"]) == ("POST /send HTTP/1.1", "application/json")
    assert asked.headers["x-key"] == "k"
    assert await sms.price("+62811") == 350


async def test_a_form_holds_the_text_whole(client: HttpClient, other: Answering) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    sms = HttpTemplate(client, SmsRequest(url=other.url, body="to={number}&text={text}", headers=headers), price=1)
    await sms.send("+62811", NASTY, purpose="sign-in")
    (asked,) = other.asked
    assert parse_qs(asked.body.decode()) == {"to": ["+62811"], "text": [NASTY]}


async def test_a_body_of_xml_holds_the_text_whole(client: HttpClient, other: Answering) -> None:
    request = SmsRequest(url=other.url, body='<sms to="{number}">{text}</sms>', headers={"content-type": "text/xml"})
    await HttpTemplate(client, request, price=1).send("+62811", NASTY, purpose="sign-in")
    read = ElementTree.fromstring(other.asked[0].body)
    assert (read.get("to"), read.text) == ("+62811", NASTY)


async def test_a_url_holds_the_text_whole(client: HttpClient, other: Answering) -> None:
    request = SmsRequest(method="GET", url=f"{other.url}/?to={{number}}&text={{text}}")
    await HttpTemplate(client, request, price=1).send("+62811", NASTY, purpose="sign-in")
    (asked,) = other.asked
    method, target, _ = asked.line.split(" ")
    assert (method, parse_qs(target[2:])) == ("GET", {"to": ["+62811"], "text": [NASTY]})


async def test_a_refusal_is_a_text_that_was_not_sent(client: HttpClient, other: Answering) -> None:
    other.status = 402
    sms = HttpTemplate(client, SmsRequest(url=other.url), price=1)
    with pytest.raises(SmsFailed, match="402") as failed:
        await sms.send("+62811", "text", purpose="sign-in")
    assert not failed.value.maybe_sent


async def test_an_answer_of_200_may_be_a_refusal_too(client: HttpClient, other: Answering) -> None:
    sms = HttpTemplate(client, SmsRequest(url=other.url, success='"status":"ok"'), price=1)
    other.body = b'{"status":"balance"}'
    with pytest.raises(SmsFailed):
        await sms.send("+62811", "text", purpose="sign-in")
    other.body = b'{"status":"ok"}'
    assert await sms.status(await sms.send("+62811", "text", purpose="sign-in")) == "unknown"


async def test_a_failure_names_neither_number_nor_text(client: HttpClient) -> None:
    sms = HttpTemplate(client, SmsRequest(url="http://127.0.0.1:1/?to={number}&text={text}", method="GET"), price=1)
    with pytest.raises(SmsFailed) as failed:
        await sms.send("+62811", "Kode 123456", purpose="sign-in")
    assert str(failed.value) == "no connection"
    assert failed.value.__suppress_context__
