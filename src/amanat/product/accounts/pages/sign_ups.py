"""Making an account for somebody who comes with a number that they hold, or with a passkey."""

from msgspec import Struct
from msgspec.structs import replace

from amanat.core import canonical_json, handles, profile
from amanat.core.errors import Forbidden
from amanat.db.tx import Need, Tx
from amanat.handlers.accounts import Accounts, Names, NewAccount
from amanat.handlers.registration_tokens import RegistrationTokens
from amanat.product.accounts.credentials.notices import Kind, Notices
from amanat.product.accounts.pages.steps import Proved
from amanat.product.accounts.phone.codes import Phone
from amanat.product.accounts.phone.phones import Phones
from amanat.store.accounts import USERS
from amanat.store.profile import PROFILES, ProfileRow
from amanat.store.store import Store


class NotInvited(Forbidden):
    """This invitation is not good, or no longer."""


class Person(Struct, frozen=True, kw_only=True):
    """A person to be: their ids and what others will see."""

    names: Names
    display_name: str


class SignUps:
    """Makes accounts. Without a number, one brings one of `tokens`, where there are any to bring."""

    def __init__(
        self,
        store: Store,
        *,
        accounts: Accounts,
        phones: Phones,
        notices: Notices,
        tokens: RegistrationTokens | None,
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._phones = phones
        self._notices = notices
        self._tokens = tokens

    @property
    def needs_token(self) -> bool:
        """Whether somebody without a number must have been invited."""
        return self._tokens is not None

    async def person(self, handle: str, display_name: str, *, user_id: str | None = None) -> Person:
        """Describe somebody with an id of their own and this handle; raises InvalidUsername and UserInUse."""
        minted = user_id or self._accounts.names(None).user_id
        names = Names(user_id=minted, handle=handles.normalise(handle))
        await self._accounts.check_free(names)
        return Person(names=names, display_name=display_name)

    async def with_number(self, person: Person, proved: Proved) -> str:
        """Make an account that has a number; who had it before keeps all but that. Return the account's id."""
        user_id, phone = person.names.user_id, Phone(proved.number_hash, proved.number)

        def run(tx: Tx) -> None:
            self._create(tx, person)
            if self._phones.take_over(tx, phone, user_id=user_id) != proved.owner:
                # It was given away since: whoever pressed the button twice must not have two accounts.
                raise Forbidden("This number has got another owner meanwhile.")
            if proved.owner is not None:
                self._notices.add(tx, proved.owner, kind=Kind.NUMBER_CHANGED)

        needs = [*self._needs(person), *self._phones.needs(user_id, phone)]
        if proved.owner is not None:
            needs += self._notices.needs(proved.owner)
        await self._store.write(run, needs=needs)
        return user_id

    async def without_number(self, person: Person, *, token: str) -> str:
        """Make an account without a number; return its id."""
        token_hash = await self.invitation(token)

        def run(tx: Tx) -> None:
            self._create(tx, person)
            if self._tokens is not None:
                self._tokens.spend(tx, token_hash)

        token_needs = [] if self._tokens is None else self._tokens.needs(token_hash)
        await self._store.write(run, needs=[*self._needs(person), *token_needs])
        return person.names.user_id

    async def invitation(self, token: str) -> bytes:
        """Return what an invitation's token is stored as; raises NotInvited."""
        found = b"" if self._tokens is None else await self._tokens.find(token)
        if found is None:
            raise NotInvited
        return found

    # Inside the unit of work

    def _needs(self, person: Person) -> list[Need]:
        user_id = person.names.user_id
        return [*self._accounts.needs(person.names), (USERS, (user_id,)), (PROFILES, (user_id,))]

    def _create(self, tx: Tx, person: Person) -> None:
        user_id, name = person.names.user_id, person.display_name
        self._accounts.create(tx, NewAccount(names=person.names))
        user = tx.get(USERS, user_id)
        if name and user is not None:
            tx.put(PROFILES, ProfileRow(user_id, profile.DISPLAYNAME, canonical_json.encode(name)))
            tx.put(USERS, replace(user, search_name=profile.search_name(name)))
