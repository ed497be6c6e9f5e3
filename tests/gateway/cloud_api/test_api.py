import hmac
from hashlib import sha256

from amanat.gateway.bots.api import Me, Webhook
from amanat.gateway.bots.model import Came, Chat, Membership, Person, Said, Update, Words
from amanat.gateway.cloud_api.api import CloudApi, signature

ME = Me(number=77, username="bot", name="Bot")
BUDI = Person(number=90, name="Büdi")
CHAT = Chat(number=90, room_id="!r", kind="private", title="", person=BUDI)


def test_what_is_drafted_is_ascii_as_meta_signs_it() -> None:
    heard = Came(said=Said(number=1, chat=CHAT, sender=BUDI, ts=1, body=Words(text="😀")))
    drafted = CloudApi().draft(heard, me=ME, position=1)
    assert drafted is not None
    assert b'"B\\u00fcdi"' in drafted.body
    assert b'"\\ud83d\\ude00"' in drafted.body
    assert drafted.kind == "messages"
    assert CloudApi().draft(Membership(chat=CHAT, person=None, is_in=True, ts=1), me=ME, position=1) is None


async def test_the_signature_is_over_the_bytes_that_are_sent() -> None:
    api, webhook = CloudApi(), Webhook(url="https://bot.example/hook", secret="geheim")
    update = Update(position=1, chat=90, kind="messages", body=b'{"a": 1}', ts=1)
    post = api.post(webhook, update, me=ME)
    assert post == api.post(webhook, update, me=ME)
    signed = hmac.new(b"geheim", post.body, sha256).hexdigest()
    assert (post.url, post.body) == (webhook.url, update.body)
    assert (
        post.headers["x-hub-signature-256"] == f"sha256={signed}" == f"sha256={signature(post.body, secret='geheim')}"
    )
    assert api.keeps_ms == 604_800_000
