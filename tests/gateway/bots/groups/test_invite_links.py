"""Links of a group, each with a token of its own: made, changed and revoked."""

import pytest

from amanat.gateway.bots.groups import invite_links
from amanat.gateway.bots.groups.group_model import NotAllowed
from amanat.gateway.bots.groups.invite_links import token_in
from amanat.gateway.bots.groups.link_model import LinkWish, NoSuchLink, TooManyLinks
from tests.gateway.bots.in_group import group_of
from tests.gateway.service.bot_at_work import BotAtWork

RULES = "m.room.join_rules"


@pytest.mark.parametrize(
    ("said", "token"),
    [
        ("link=AAAAAAAAAAAAAAAAAAAA_-", "AAAAAAAAAAAAAAAAAAAA_-"),
        ("link=short", None),
        ("link=AAAAAAAAAAAAAAAA AAAA", None),
        ("AAAAAAAAAAAAAAAAAAAAAA", None),
        ("boleh ikut?", None),
        (None, None),
        (5, None),
    ],
)
def test_what_is_said_with_a_request_may_be_a_token(said: object, token: str | None) -> None:
    assert token_in(said) == token


async def test_a_group_has_several_links_and_behind_the_last_it_is_closed(on_both: BotAtWork) -> None:
    group, links = await group_of(on_both), on_both.line.group.links
    before = (await group.state(RULES))["join_rule"]
    assert before == "invite"
    first = await links.make(group.chat, LinkWish(name="poster", member_limit=3))
    second = await links.make(group.chat, LinkWish(by_request=True))
    assert first.url != second.url
    assert (await group.state(RULES))["join_rule"] == "knock"
    changed = await links.change(group.chat, first.url, wish=LinkWish(name="brosur"))
    assert (changed.url, changed.wish) == (first.url, LinkWish(name="brosur"))
    assert (await links.revoke(group.chat, first.url)).is_revoked
    assert (await group.state(RULES))["join_rule"] == "knock", "the other one holds"
    for gone in (first.url, first.url.replace("link=", "link=x"), "https://example.org/"):
        with pytest.raises(NoSuchLink):
            await links.change(group.chat, gone, wish=LinkWish())
        with pytest.raises(NoSuchLink):
            await links.revoke(group.chat, gone)
    await links.revoke(group.chat, second.url)
    assert (await group.state(RULES))["join_rule"] == "invite"


async def test_what_somebody_else_opened_stays_open(at_work: BotAtWork) -> None:
    group, links = await group_of(at_work), at_work.line.group.links
    await group.ani.person.put(f"/rooms/{group.room_id}/state/{RULES}/", {"join_rule": "knock"})
    made = await links.make(group.chat, LinkWish())
    await links.revoke(group.chat, made.url)
    assert (await group.state(RULES))["join_rule"] == "knock"


async def test_a_primary_link_takes_the_place_of_the_one_before(at_work: BotAtWork) -> None:
    group, links = await group_of(at_work), at_work.line.group.links
    other = await links.make(group.chat, LinkWish())
    first = await links.make(group.chat, LinkWish(), is_primary=True)
    second = await links.make(group.chat, LinkWish(), is_primary=True)
    assert first.is_primary
    assert second.url != first.url
    with pytest.raises(NoSuchLink):
        await links.revoke(group.chat, first.url)
    assert await links.change(group.chat, other.url, wish=LinkWish(name="x"))


async def test_without_power_there_are_none_and_no_more_than_are_kept(
    at_work: BotAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    group, links = await group_of(at_work), at_work.line.group.links
    monkeypatch.setattr(invite_links, "MOST", 1)
    made = await links.make(group.chat, LinkWish())
    with pytest.raises(TooManyLinks):
        await links.make(group.chat, LinkWish())
    await group.empowers(at_work.person.user_id, 0)
    with pytest.raises(NotAllowed):
        await links.revoke(group.chat, made.url)
