"""How often an account and an address may ask: the one table. The classes are named in the routes' declarations.

An address may be a school or an office, so its rates are for some hundred people. What an attacker gains by asking
often (guessing passwords, finding people, draining one-time keys) has rates of its own.
"""

from typing import Final

from amanat.edge.rate_limit import Limit, Rate


def _limit(account: tuple[float, float] | None, address: tuple[float, float]) -> Limit:
    return Limit(
        account=None if account is None else Rate(per_second=account[0], burst=account[1]),
        address=Rate(per_second=address[0], burst=address[1]),
    )


LIMITS: Final = {
    # class: (account's requests per second, burst), (address's requests per second, burst)
    "default": _limit((20, 200), (500, 5000)),
    "read": _limit((20, 200), (500, 5000)),
    "send": _limit((10, 100), (300, 3000)),
    # matrix-nio asks again at once, for ever, with a token that is dead: its address pays.
    "sync": _limit((10, 100), (300, 3000)),
    "create_room": _limit((0.1, 20), (5, 200)),
    "join": _limit((0.5, 30), (20, 500)),
    "invite": _limit((0.5, 100), (20, 500)),
    "register": _limit(None, (0.05, 30)),
    # The account's rate also counts guesses at its password, whoever makes them.
    "login": _limit((0.1, 20), (2, 100)),
    "keys_claim": _limit((1, 60), (50, 1000)),
    "profile": _limit((5, 200), (100, 2000)),
    "directory": _limit((1, 30), (20, 300)),
    "media": _limit((5, 100), (100, 2000)),
    # Pages for people, whose account is not known before the page is made: the address alone counts.
    "pages": _limit(None, (20, 500)),
    "sign_in": _limit(None, (2, 100)),
    # Asked by whoever has no account yet; how many codes go out has budgets of its own (product/accounts/phone).
    "phone": _limit(None, (1, 60)),
    # Apps that are not signed in yet. A school that signs in at once is behind one address.
    "oauth": _limit(None, (5, 300)),
    # Codes of devices that somebody tries to let in, by account.
    "device_code": _limit((1 / 60, 10), (1, 50)),
    "login_token": _limit((1 / 60, 5), (1, 50)),
    # Apps that nobody knew: ten at once and ten an hour.
    "new_client": _limit(None, (1 / 360, 10)),
    # Two devices ask every second for two minutes.
    "rendezvous": _limit(None, (20, 500)),
    # A copy of everything takes a job of seconds and a file of megabytes.
    "export": _limit((0.05, 20), (1, 30)),
    # Anybody may read policies, before they have an account.
    "policies": _limit((2, 60), (20, 500)),
    # People look at their ledger now and then; each proof reads a day's tree.
    "ledger": _limit((2, 60), (50, 1000)),
    # A bot reads once for each number that somebody shares with it.
    "reading": _limit((10, 300), (50, 1000)),
    # Programs of partners, who have no account: their budgets by the day are the ledger's own.
    "partner": _limit(None, (20, 500)),
    # Adding and removing what opens an account.
    "credentials": _limit((0.1, 20), (2, 100)),
    # Nine numbers in a quarter of an hour: to try those of a country would take an account centuries.
    "find_by_number": _limit((0.01, 20), (0.5, 100)),
    "openid": _limit((0.05, 10), (2, 100)),
}
